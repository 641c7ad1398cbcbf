"""Questions as Markdown: to read, to print, to paste into notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzes.export.asked import asked, matches, solution, task
from quizzes.export.model import Bundle, Choice, Item, Rich
from quizzes.export.words import words

_FENCE = re.compile(r"`+")
_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")


def write(bundle: Bundle) -> bytes:
    said = words(bundle.language)
    pieces = [f"# {_plain(bundle.title)}", _plain(bundle.course_title)]
    if not bundle.items:
        pieces.append(said.nothing)
    for number, item in enumerate(bundle.items, start=1):
        pieces.append(f"## {said.question.format(number)}")
        pieces += _question(item)
        if bundle.keys == "inline":
            pieces += _solution(item)
    if bundle.keys == "apart":
        pieces.append(f"# {said.key}")
        for number, item in enumerate(bundle.items, start=1):
            pieces.append(f"## {said.question.format(number)}")
            pieces += _solution(item)
    return ("\n\n".join(pieces) + "\n").encode()


def _question(item: Item) -> Iterator[str]:
    yield item.prompt.markdown
    yield f"*{task(item)}*"
    if item.kind != "short":
        yield "\n".join(f"- **{label}.** {one.text.markdown}" for label, one in asked(item))
    if item.kind == "matching":
        yield "\n".join(f"- **{number}.** {_plain(said)}" for number, said in matches(item))


def _solution(item: Item) -> Iterator[str]:
    said = words(item.language)
    if item.given is not None:
        given = "; ".join(one.markdown for one in item.given.words) or said.blank
        mark = said.was_right if item.given.is_right else said.was_wrong
        yield f"{said.joined.format(f'**{said.mine}**', given)} — {mark}"
    right = code(solution(item)) if item.kind == "short" else f"**{solution(item)}**"
    yield said.joined.format(f"**{said.answer}**", right)
    yield "\n".join(_reasons(item))
    for heading, text in ((said.why, item.explanation), (said.trap, item.trap)):
        if text:
            yield said.joined.format(f"**{heading}**", text.markdown)
    if item.link:
        yield f"[{said.read}](<{item.link}>)"


def _reasons(item: Item) -> Iterator[str]:
    labels = {one.letter: label for label, one in asked(item)}
    for choice in item.choices:
        mark = "✓" if choice in item.right else "✗"
        what = f"**{labels[choice.letter]}**" if choice.letter in labels else _forms(choice)
        yield f"- {mark} {what} {_inside(choice.reason)}".rstrip()


def _forms(choice: Choice) -> str:
    return " / ".join(code(one) for one in choice.forms) or code(choice.shown)


def _inside(text: Rich) -> str:
    """Return a text as part of an item of a list."""
    return text.markdown.replace("\n", "\n  ")


def code(text: str) -> str:
    """Return a text as code, however many backticks it has."""
    longest = max((len(one) for one in _FENCE.findall(text)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
