"""How a card looks in Anki: its fields, its two sides, its style by day and by night."""

from __future__ import annotations

FIELDS = ("Id", "Prompt", "Choices", "Answer", "Why", "Mine")

# tex2jax_ignore keeps MathJax away from \( and $ in commands.
FRONT = """\
<div class="gantry tex2jax_ignore">
<div class="prompt">{{Prompt}}</div>
{{Choices}}
</div>"""

BACK = """\
<div class="gantry tex2jax_ignore">
<div class="prompt">{{Prompt}}</div>
<hr id="answer">
{{Mine}}
{{Answer}}
{{Why}}
</div>"""

CSS = """\
.card {
  --paper: #fbfcfe; --words: #1d2636; --quiet: #55637a; --line: #d5deea; --code: #eef2f8;
  --right: #14693f; --right-paper: #e6f5ec; --accent: #2450b8;
  background: var(--paper); color: var(--words); margin: 0; text-align: start;
  font: 1.0625rem/1.7 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP",
    "Yu Gothic UI", Meiryo, sans-serif;
}
.card.nightMode, .nightMode .card {
  --paper: #131a27; --words: #e6ebf4; --quiet: #9fadc4; --line: #2c3950; --code: #1d2739;
  --right: #7fd6a4; --right-paper: #16312a; --accent: #9dbcff;
}
.gantry { max-width: 42rem; margin: 0 auto; padding: 1.25rem; overflow-wrap: anywhere; }
.gantry p { margin: 0 0 0.75em; }
.gantry .task, .gantry .mark, .gantry .read { color: var(--quiet); font-size: 0.9em; }
.gantry .choices { list-style: none; margin: 0 0 1.25em; padding: 0; }
.gantry .choices > li {
  border: 1px solid var(--line); border-radius: 0.5rem; margin: 0 0 0.5rem;
  padding: 0.5rem 0.875rem;
}
.gantry .matches > li { border-style: dashed; }
.gantry .solved > .right { background: var(--right-paper); border-color: var(--right); }
.gantry .solved > .right > .mark { color: var(--right); font-weight: 600; }
.gantry .label { font-variant-numeric: tabular-nums; }
.gantry .reason { color: var(--quiet); font-size: 0.9em; margin-block-start: 0.25rem; }
.gantry .answer { font-size: 1.1em; }
.gantry .heading { color: var(--quiet); font-size: 0.8em; margin: 0; letter-spacing: 0.04em; }
.gantry .trap, .gantry .mine {
  border-inline-start: 3px solid var(--accent); padding-inline-start: 0.875rem;
  margin-block-end: 1em;
}
.gantry a { color: var(--accent); }
.gantry code {
  background: var(--code); border-radius: 0.25rem; padding: 0.1em 0.3em;
  font: 0.9em ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", monospace;
}
.gantry pre {
  background: var(--code); border-radius: 0.5rem; overflow-x: auto; padding: 0.75rem 1rem;
  white-space: pre; overflow-wrap: normal; line-height: 1.5;
}
.gantry pre code { background: none; padding: 0; }
.gantry table { border-collapse: collapse; margin-block-end: 1em; }
.gantry td, .gantry th { border: 1px solid var(--line); padding: 0.25rem 0.625rem; }
.gantry img { max-width: 100%; height: auto; border-radius: 0.5rem; }
#answer { border: 0; border-block-start: 1px solid var(--line); margin: 1.25rem 0; }
"""
