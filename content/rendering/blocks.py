"""Turns a fence into its finished block: a listing, or a drawing made from text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from content.rendering import code, diagrams
from content.rendering.draft import Draft
from content.rendering.fences import Fence
from content.rendering.plain import words_of

_INFO = re.compile(r"^(?P<name>[^\s{}]*)\s*(?:\{(?P<braced>.*)\}|(?P<bare>[^{}\s][^{}]*)?)$")
_OPTION = re.compile(r"""\s*([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))\s*""")
_RANGE = re.compile(r"^(\d{1,5})(?:-(\d{1,5}))?$")
_OPTIONS_OF_CODE = ("title", "hl_lines")
_OPTIONS_OF_DIAGRAM = ("title", "desc")
_MAX_BLOCKS = 1_000  # Each of them is drawn or coloured, which costs about a millisecond.
_HOW_TO_DRAW = "close every box, keep it within the allowed width, or use a text block"


def build(fence: Fence, draft: Draft) -> str:
    """Keep the finished block of a fence in the draft; return the mark that stands for it."""
    name, options = _read_info(fence, draft)
    if len(draft.blocks) >= _MAX_BLOCKS:
        draft.report(fence.line, "this chapter has too many blocks of code", "split the chapter")
        return draft.block(fence.line, code.figure(fence.body), fence.body)
    if name == "diagram":
        return _drawing(fence, options, draft)
    return _listing(fence, name, options, draft)


def _read_info(fence: Fence, draft: Draft) -> tuple[str, dict[str, str]]:
    found = _INFO.match(fence.info)
    written = (found["braced"] or found["bare"] or "") if found else fence.info
    options: dict[str, str] = {}
    place = 0
    while option := _OPTION.match(written, place):
        options[option[1]] = option[2] or option[3] or option[4] or ""
        place = option.end()
    if not found or written[place:].strip():
        draft.report(
            fence.line,
            f"the words after the fence cannot be read: {fence.info[:80]}",
            'write them as ```bash {title="push.sh" hl_lines="2 3"}',
        )
    return (found["name"] if found else ""), options


def _check_options(
    fence: Fence, options: Mapping[str, str], known: tuple[str, ...], draft: Draft
) -> None:
    for name in options:
        if name not in known:
            draft.report(
                fence.line,
                f"this block has an unknown option {name}",
                f"use only {' and '.join(known)}",
            )


def _listing(fence: Fence, name: str, options: Mapping[str, str], draft: Draft) -> str:
    _check_options(fence, options, _OPTIONS_OF_CODE, draft)
    language = name.lower() or code.PLAIN
    try:
        code.check_language(language)
    except code.UnknownLanguageError:
        draft.report(
            fence.line,
            f"no colours are known for the language {name}",
            f"name a language that Pygments knows, or {code.PLAIN}",
        )
        language = code.PLAIN
    title = options.get("title", "")
    marked = _marked_lines(fence, options.get("hl_lines", ""), draft)
    drawn = code.figure(fence.body, language=language, title=title, marked=marked)
    return draft.block(fence.line, drawn, "\n".join(filter(None, (title, fence.body))))


def _marked_lines(fence: Fence, written: str, draft: Draft) -> set[int]:
    count = fence.body.count("\n") + 1
    marked: set[int] = set()
    for part in written.replace(",", " ").split():
        found = _RANGE.match(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= count:
            draft.report(
                fence.line,
                f"hl_lines names {part[:20]}, which is no line of this block",
                f"name lines from 1 to {count}, such as 2 or 2-3",
            )
            continue
        marked.update(range(first, last + 1))
    return marked


def _drawing(fence: Fence, options: Mapping[str, str], draft: Draft) -> str:
    _check_options(fence, options, _OPTIONS_OF_DIAGRAM, draft)
    if not options.get("title"):
        draft.report(
            fence.line,
            "this diagram has no title",
            'write it after the fence: ```diagram {title="…" desc="…"}',
        )
    title = options.get("title") or draft.words.diagram
    draft.drawing_count += 1
    try:
        drawn = diagrams.figure(
            fence.body,
            uid=f"{draft.prefix}{draft.drawing_count}",
            title=title,
            description=options.get("desc", ""),
            language=draft.language,
        )
    except Exception as error:  # noqa: BLE001 a drawing that fails must not take the page along
        draft.report(fence.line, f"this diagram cannot be drawn: {error}", _HOW_TO_DRAW)
        drawn = f'<pre class="diagram-source" tabindex="0">{html.escape(fence.body)}</pre>'
        return draft.block(fence.line, drawn, f"{title}\n{fence.body}")
    # The outline below a picture says the same words, in order.
    return draft.block(fence.line, drawn, words_of(drawn, leaving_out=("svg", "summary")))
