"""Draws a block of code: Pygments classes, a file name, marked lines; no style and no script."""

from __future__ import annotations

import html
from collections.abc import Collection

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

PLAIN = "text"

# Colouring costs time for each token; a listing longer than this is not read in colour anyway.
_COLOURED_CHARACTERS = 60_000
_COLOURED_COLUMNS = 2_000


class UnknownLanguageError(ValueError):
    """Pygments knows no language of that name."""


def check_language(name: str) -> None:
    """Raise UnknownLanguageError unless code in this language can be coloured."""
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        raise UnknownLanguageError(name) from None


def figure(
    body: str, *, language: str = PLAIN, title: str = "", marked: Collection[int] = ()
) -> str:
    """The `<figure class="code">` of a listing.

    `title` is a file name shown above it, `marked` the numbers of lines to stress, from 1.
    An unknown language is shown as plain text.
    """
    if language == PLAIN and not marked:
        coloured = html.escape(body)
    else:
        formatter = HtmlFormatter(nowrap=True, hl_lines=sorted(marked))
        coloured = highlight(body, _lexer(body, language), formatter)
    caption = f"<figcaption>{html.escape(title)}</figcaption>" if title else ""
    return (
        f'<figure class="code" data-language="{html.escape(language)}">{caption}'
        f'<div class="code-scroll"><pre tabindex="0"><code>{coloured}</code></pre></div></figure>'
    )


def _lexer(body: str, language: str) -> Lexer:
    longest = max(map(len, body.split("\n")))
    if len(body) > _COLOURED_CHARACTERS or longest > _COLOURED_COLUMNS:
        return TextLexer(stripnl=False)
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)
