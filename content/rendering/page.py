"""Renders a chapter's Markdown into a page of sections, and says what its author must mend."""

from __future__ import annotations

import html
import re
from itertools import repeat

from content.rendering import (
    blocks,
    callouts,
    details,
    fences,
    footnotes,
    headings,
    limits,
    raw_html,
    sanitise,
    tree,
)
from content.rendering.draft import Draft
from content.rendering.model import Heading, Html, Page, Problem, Reference, Section
from content.rendering.plain import join_wide_lines, words_of

__all__ = ["Heading", "Html", "Page", "Problem", "Reference", "Section", "render"]

_SIMPLIFY = "nest lists and quotations less deeply, and leave out text that is no Markdown"
_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n(?: *\n)+")


def render(source: str, *, language: str, prefix: str = "d") -> Page:
    """The page of a chapter's body (Markdown without front matter) in a language ("ja", "en").

    `prefix` begins the ids of its drawings, so that several texts may stand on one page.
    Never raises on any text: what is wrong stands in `problems`, with lines of `source` from 1,
    and the page shows as much as it can.
    """
    draft = Draft(_tidy(source), language, prefix)
    if limits.is_too_long(source, draft):
        return _unrendered(draft, f"<p>{draft.words.too_long}</p>", "")
    try:
        return _page(_to_html(draft), draft)
    except Exception as error:  # noqa: BLE001 one chapter's text must not stop a course
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else repr(error)
        draft.report(1, f"this chapter cannot be laid out: {reason}", _SIMPLIFY)
        shown = html.escape(draft.source)
        return _unrendered(draft, f"<p>{draft.words.failed}</p><pre>{shown}</pre>", draft.source)


def _tidy(source: str) -> str:
    """The source with one kind of line break and without characters that no page may hold."""
    whole = source.encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


def _to_html(draft: Draft) -> str:
    lines = fences.extract(draft.source, draft, blocks.build)
    lines = raw_html.strip(lines, draft)
    lines = details.mark(lines, draft)
    lines = headings.mark(lines, draft)
    lines = callouts.mark(lines, draft)
    lines = limits.keep_paragraphs_short(lines, draft)
    footnotes.check(lines, draft)
    return join_wide_lines(sanitise.clean(tree.to_html(lines, draft)))


def _page(markup: str, draft: Draft) -> Page:
    parts = _split(markup, draft)
    words = [words_of(part) for part in parts]
    prose = draft.without_marks("".join(words))
    return Page(
        intro=Html(_with_blocks(parts[0], draft)),
        intro_text=_text(words[0], draft),
        sections=tuple(map(_section, parts[1:], words[1:], repeat(draft))),
        links=tuple(draft.links),
        images=tuple(draft.images),
        problems=tuple(sorted(draft.problems)),
        characters=len(_SPACES.sub("", prose)),
    )


def _split(markup: str, draft: Draft) -> list[str]:
    """The intro, then the HTML of each section."""
    parts, done = [], 0
    for found in re.finditer(rf"<p>{draft.pattern.pattern}</p>\s*", markup):
        if found[1] == headings.SECTION:
            parts.append(markup[done : found.start()])
            done = found.end()
    return [*parts, markup[done:]]


def _section(part: str, words: str, draft: Draft) -> Section:
    first, *rest = [
        Heading(id=found[2], title=words_of(found[3])) for found in _HEADING.finditer(part)
    ]
    return Section(
        id=first.id,
        title=first.title,
        html=Html(_with_blocks(part, draft)),
        text=_text(words, draft),
        headings=tuple(rest),
    )


def _with_blocks(part: str, draft: Draft) -> str:
    def put(found: re.Match[str]) -> str:
        block = draft.block_of(found)
        return block.html if block else ""

    mark = draft.pattern.pattern
    return draft.pattern.sub(put, re.sub(rf"<p>((?:{mark}\s*)+)</p>", r"\1", part)).strip()


def _text(words: str, draft: Draft) -> str:
    def put(found: re.Match[str]) -> str:
        block = draft.block_of(found)
        return f"\n{block.text}\n" if block else ""

    return _BLANK_LINES.sub("\n", draft.pattern.sub(put, words)).strip()


def _unrendered(draft: Draft, markup: str, text: str) -> Page:
    return Page(
        intro=Html(markup),
        intro_text=text,
        sections=(),
        links=(),
        images=(),
        problems=tuple(sorted(draft.problems)),
        characters=0,
    )
