"""GIFT: a text that Moodle and other tools read, one question a paragraph.

Found by importing into Moodle 4.5 and gift-pegjs: a blank line ends a question and a line that
begins with // is dropped, so that every line break is written \\n; the name of a category is not
escaped. GIFT knows no order: steps are matched with their numbers, which both tools read.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizzes.export import parts
from quizzes.export.asked import accepted
from quizzes.export.elements import as_text, blocks, flat, html
from quizzes.export.model import Bundle, Item, Rich
from quizzes.export.moodle import WHOLE, category_of, fraction, tags_of
from quizzes.export.plain import one_line

_ESCAPES = str.maketrans({one: f"\\{one}" for one in "\\~=#{}:"} | {"\n": "\\n"})


def write(bundle: Bundle) -> bytes:
    pieces = [f"// {_comment(bundle.course_title)}: {_comment(bundle.title)}"]
    category = None
    for item in bundle.items:
        if item.chapter != category:
            category = item.chapter
            pieces.append(f"$CATEGORY: {_comment(category_of(bundle, item))}")
        pieces.append(_question(item))
    return ("\n\n".join(pieces) + "\n").encode()


def can_hold(item: Item) -> bool:
    """Tell whether GIFT can say the answers: -> in one to type would make it a pair."""
    return item.kind != "short" or not any("->" in form for form, _ in accepted(item))


def escaped(text: str) -> str:
    """Return a text in which nothing is a sign of GIFT."""
    return text.translate(_ESCAPES)


def _comment(text: str) -> str:
    return " ".join(text.split())


def _question(item: Item) -> str:
    tags = " ".join(f"[tag:{one}]" for one in tags_of(item))
    stem = escaped(html(*blocks(item.prompt, as_text)))
    lines = [f"// [id:{item.id}] {tags}", f"::{item.id}::[html]{stem} {{"]
    lines += [f"\t{one}" for one in _answers(item)]
    why = parts.why(item, as_text)
    if why:
        lines.append(f"\t####[html]{escaped(html(*why))}")
    return "\n".join([*lines, "}"])


def _answers(item: Item) -> Iterator[str]:
    if item.kind == "short":
        for form, choice in accepted(item):
            share = "=%100%" if choice.is_right else "=%0%"
            typed = escaped(form.replace("*", r"\*"))
            yield f"{share}{typed}{_feedback(choice.reason)}"
    elif item.kind == "ordering":
        for place, choice in enumerate(item.choices, start=1):
            yield f"={place}. -> {escaped(one_line(choice.text))}"
    elif item.kind == "matching":
        for choice in item.choices:
            yield f"={_html(choice.text)} -> {escaped(choice.match)}"
    else:
        yield from _choices(item)


def _choices(item: Item) -> Iterator[str]:
    for choice in item.choices:
        if item.kind == "single":
            sign = "=" if choice.is_right else "~"
        else:
            share = WHOLE / len(item.right) if choice.is_right else -WHOLE
            sign = f"~%{fraction(share)}%"
        yield f"{sign}{_html(choice.text)}{_feedback(choice.reason)}"


def _feedback(text: Rich) -> str:
    return f"#{_html(text)}" if text else ""


def _html(text: Rich) -> str:
    inner = html(flat(text)).removeprefix("<span>").removesuffix("</span>")
    return f"[html]{escaped(inner)}"
