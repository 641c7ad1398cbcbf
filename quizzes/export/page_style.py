"""The style of the page to print and of the PDF: A4, black on white, no question cut in two."""

from __future__ import annotations

STYLE = """\
:root { color-scheme: light; }
* { box-sizing: border-box; }
@page {
  size: A4; margin: 18mm 17mm 20mm;
  @top-right { content: string(title); font: 8pt system-ui, "Noto Sans CJK JP", sans-serif;
    color: #55637a; }
  @bottom-center { content: counter(page) " / " counter(pages);
    font: 8pt system-ui, "Noto Sans CJK JP", sans-serif; color: #55637a; }
}
@page :first { @top-right { content: none; } }
html { font: 10pt/1.65 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP",
  "Yu Gothic UI", Meiryo, "DejaVu Sans", sans-serif; color: #16202f; background: #fff; }
body { margin: 0; overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; }
@media screen { main { padding: 2rem 1.25rem 4rem; } html { font-size: 1rem; } }
header { margin-block-end: 2em; }
h1 { font-size: 1.7em; line-height: 1.3; margin: 0 0 0.25em; string-set: title content(); }
h2 { font-size: 1.05em; margin: 0 0 0.5em; break-after: avoid; }
.course, .count, .facts, .task, .mark, .read { color: #55637a; font-size: 0.9em;
  font-weight: 400; }
.facts { margin-inline-start: 0.5em; }
p { margin: 0 0 0.7em; orphans: 3; widows: 3; }
.question { margin-block-end: 2em; padding-block-end: 1.2em; border-block-end: 1px solid #dde4ee; }
.question:last-child { border: 0; }
.key { break-before: page; }
.choices { list-style: none; margin: 0 0 1em; padding: 0; }
.choices > li { border: 1px solid #d5deea; border-radius: 5px; margin: 0 0 0.4em;
  padding: 0.4em 0.8em; break-inside: avoid; }
.matches > li { border-style: dashed; }
.solved > .right { border-color: #14693f; background: #eef8f2; }
.solved > .right > .mark { color: #14693f; font-weight: 600; }
.reason { color: #46536a; font-size: 0.92em; }
.heading { font-size: 0.82em; color: #55637a; margin: 0; letter-spacing: 0.04em;
  break-after: avoid; }
.trap, .mine { border-inline-start: 3px solid #2450b8; padding-inline-start: 0.9em;
  margin-block-end: 0.9em; break-inside: avoid; }
.mine ul, .mine ol { margin: 0.2em 0 0.4em; padding-inline-start: 1.4em; }
.blank { border-block-end: 1px solid #8391a7; block-size: 2em; max-inline-size: 22em; }
a { color: #2450b8; }
code { background: #eef2f8; border-radius: 3px; padding: 0.1em 0.25em;
  font: 0.9em ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK JP",
  monospace; }
pre { background: #eef2f8; border-radius: 5px; padding: 0.7em 0.9em; line-height: 1.5;
  white-space: pre-wrap; margin: 0 0 1em; }
pre code { background: none; padding: 0; }
table { border-collapse: collapse; margin-block-end: 1em; }
td, th { border: 1px solid #d5deea; padding: 0.25em 0.6em; text-align: start; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
blockquote { margin: 0 0 1em; padding-inline-start: 1em; border-inline-start: 3px solid #d5deea; }
svg, img { display: block; max-width: 100%; height: auto; margin-block-end: 1em; }
"""
