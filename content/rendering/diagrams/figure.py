"""Wraps a drawing for a page: caption, a view that scrolls sideways on phones, text version."""

from __future__ import annotations

from html import escape
from typing import Final, NamedTuple

from content.rendering.diagrams.svg import Drawing, draw, name_of, one_line, split_caption

# Wider drawings scroll inside their view on a phone, so the view must take the keyboard's focus.
PHONE_COLUMNS: Final = 46


class _Words(NamedTuple):
    text_version: str
    scrolls: str  # with {name}


_WORDS: Final = {
    "ja": _Words("図のテキスト版", "{name}（横にスクロールできます）"),
    "en": _Words("Text version", "{name} (scrolls sideways)"),
}


def figure(text: str, *, uid: str, title: str, description: str, language: str) -> str:
    """A clean drawing as a whole <figure>; raises DrawingError as `draw` does.

    Without a title the first line 【…】 of the drawing is the caption; without both there is none.
    """
    drawing = draw(text, uid=uid, title=title, description=description, language=language)
    caption = split_caption(text)[0]
    name = name_of(title, caption, language)
    is_named = bool(one_line(title) or one_line(caption))
    words = _WORDS.get(language, _WORDS["en"])
    return "".join(
        (
            '<figure class="diagram">',
            f"<figcaption>{escape(name)}</figcaption>" if is_named else "",
            _view(drawing, words.scrolls.replace("{name}", name)),
            f'<details class="diagram-text"><summary>{words.text_version}</summary>',
            f"<p>{escape(one_line(description))}</p>" if one_line(description) else "",
            drawing.outline,
            "</details></figure>",
        )
    )


def _view(drawing: Drawing, label: str) -> str:
    if drawing.columns <= PHONE_COLUMNS:
        return f'<div class="diagram-view">{drawing.svg}</div>'
    return (
        f'<div class="diagram-view diagram-scroll" tabindex="0" role="group" '
        f'aria-label="{escape(label)}">{drawing.svg}</div>'
    )
