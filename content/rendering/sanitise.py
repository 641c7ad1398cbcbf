"""The last wall: lets through only the tags, attributes and classes that our renderer makes."""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3

_PLAIN_TAGS = """
p h2 h3 h4 h5 h6 em strong code br hr blockquote ul dl dt dd table thead tbody tr td summary
    kbd sub label"""
_FOOTNOTE_ID = r"fn(?:ref)?[0-9]*:[\w-]+"
_HEADING_ID = r"[a-z][a-z0-9-]*"
_ANY_TEXT = r"[^\x00-\x08]*"

# tag → attribute → the whole form its value must have.
_ALLOWED: Mapping[str, Mapping[str, str]] = {
    "a": {
        "href": rf"https?://\S+|mailto:\S+|\.\./[a-z0-9-]+/(?:#{_HEADING_ID})?"
        rf"|#(?:{_HEADING_ID}|{_FOOTNOTE_ID})",
        "class": "anchor|external|footnote-ref|footnote-backref",
        "rel": "noopener noreferrer",
        "aria-label": _ANY_TEXT,
    },
    "aside": {
        "class": "callout callout-(?:note|tip|exam|cost|danger)",
        "role": "note",
        "aria-label": _ANY_TEXT,
    },
    "details": {"open": ""},
    "div": {
        "class": "table-scroll|footnote",
        "role": "region",
        "tabindex": "0",
        "aria-label": _ANY_TEXT,
    },
    **{tag: {"id": _HEADING_ID} for tag in ("h2", "h3", "h4", "h5", "h6")},
    "img": {
        "src": r"\.\./media/[A-Za-z0-9][A-Za-z0-9._-]*",
        "alt": _ANY_TEXT,
        "loading": "lazy",
        "decoding": "async",
    },
    "input": {"type": "checkbox", "disabled": "", "checked": ""},
    "li": {"class": "task-list-item", "id": _FOOTNOTE_ID},
    "ol": {"start": "[0-9]{1,9}"},
    "p": {"class": "callout-title"},
    "span": {"class": "callout-kind"},
    "sup": {"id": _FOOTNOTE_ID},
    "td": {"class": "align-(?:center|right)"},
    "th": {"class": "align-(?:center|right)", "scope": "col"},
    "ul": {"class": "task-list"},
}
_FORMS = {
    (tag, attribute): re.compile(form)
    for tag, attributes in _ALLOWED.items()
    for attribute, form in attributes.items()
}


def _allow(tag: str, attribute: str, value: str) -> str | None:
    form = _FORMS.get((tag, attribute))
    return value if form and form.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(_PLAIN_TAGS.split()) | set(_ALLOWED),
    clean_content_tags={"script", "style"},
    attributes={tag: set(attributes) for tag, attributes in _ALLOWED.items()},
    attribute_filter=_allow,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)


def clean(markup: str) -> str:
    """The HTML without anything that could run, load from elsewhere, submit or pose as the page."""
    return _CLEANER.clean(markup)
