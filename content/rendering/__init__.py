"""Turns a chapter's Markdown into sanitised HTML, plain words and what its author must mend.

Raise VERSION whenever the output of `page.render` changes: rendered pages are cached under it.
"""

from __future__ import annotations

from content.rendering.model import Page

VERSION = "2"


def render(source: str, *, language: str, prefix: str = "d") -> Page:
    """Return `page.render(source, ...)`, importing the renderer at the first call.

    It costs 14 MiB and a fifth of a second; a site whose pages are all kept never needs it.
    """
    from content.rendering import page  # noqa: PLC0415 - see above

    return page.render(source, language=language, prefix=prefix)
