"""Turns a chapter's Markdown into sanitised HTML, plain words and what its author must mend.

Raise VERSION whenever the output of `page.render` changes: rendered pages are cached under it.
"""

from __future__ import annotations

VERSION = "2"
