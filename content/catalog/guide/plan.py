"""Gives every chapter its file and every heading its level, title and id."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from content.catalog.guide.blocks import Block, Heading
from content.catalog.guide.fault import GuideError
from content.catalog.guide.log import Log
from content.catalog.guide.names import (
    Name,
    Taken,
    anchor,
    appendix_name,
    chapter_name,
    is_id,
    plain,
    question_number,
    section_name,
    slug,
)
from content.catalog.guide.outline import Outline, Part
from content.catalog.manifest import PAGES

SECTION = 2  # marks
DEEPEST_WITH_ID = 3
_MOST_CHAPTERS = 99


@dataclass(frozen=True, slots=True)
class Place:
    """Where a heading stands in the course: `id` is empty below `###`."""

    level: int
    title: str
    id: str


@dataclass(slots=True)
class Plan:
    """A chapter to be written: `places` by the line of each heading."""

    stem: str
    label: str
    title: str
    heading: Heading
    blocks: Sequence[Block]
    places: dict[int, Place] = field(default_factory=dict)
    lone_id: str = ""  # the id of the only section, when the guide has none in this chapter

    @property
    def is_appendix(self) -> bool:
        return self.label.isalpha()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: the chapter's stem, and a section's id or nothing."""

    stem: str
    id: str


def plans(found: Outline, log: Log) -> list[Plan]:
    """Name the chapters of a guide and everything in them."""
    made: list[Plan] = []
    slugs, titles = Taken(), Counter[str]()
    for address in PAGES:
        slugs.reserve(address)
    for part, (label, name) in zip(found.parts, _labels(found.parts, log), strict=True):
        title = plain(name.title) or label
        titles[title] += 1
        if titles[title] > 1:
            log.note(part.heading.line, f"another chapter is called {title!r} too")
        fallback = f"{'appendix' if label.isalpha() else 'chapter'}-{label.lower()}"
        own = name.own_id if is_id(name.own_id) else ""
        chosen = slugs.free(own or slug(title) or fallback)
        stem = f"{label.lower() if label.isalpha() else label.zfill(2)}-{chosen}"
        plan = Plan(stem, label, title, part.heading, part.blocks)
        _place_headings(plan, name.number, log)
        made.append(plan)
    return made


def targets(found: Outline, made: Sequence[Plan]) -> dict[str, Target]:
    """Return where each in-page link of the guide leads now, by what stands after its `#`."""
    places: dict[int, Target] = {}
    for plan in made:
        places[plan.heading.line] = Target(plan.stem, "")
        nearest = ""
        for block in plan.blocks:
            if isinstance(block, Heading):
                place = plan.places.get(block.line)
                nearest = (place.id if place else "") or nearest
                places[block.line] = Target(plan.stem, nearest)
    led: dict[str, Target] = {}
    seen: Counter[str] = Counter()
    for heading in found.headings:
        name = section_name(heading.text, "")
        base = anchor(heading.text)
        count = seen[base]
        seen[base] += 1
        target = places.get(heading.line)
        if target is not None:
            led.setdefault(f"{base}-{count}" if count else base, target)
            if name.own_id:
                led[name.own_id] = target
    return led


def _labels(parts: Sequence[Part], log: Log) -> Iterator[tuple[str, Name]]:
    """Yield a number or letter for each part, the guide's own as long as they ascend."""
    number, letters = 0, list(string.ascii_uppercase)
    for part in parts:
        appendix = appendix_name(part.heading.text)
        if appendix is not None:
            yield _letter(part, appendix, letters, log), appendix
            continue
        name = chapter_name(part.heading.text)
        wished = int(name.number or 0)
        number = wished if wished > number else number + 1
        if name.number and wished != number:
            log.note(
                part.heading.line,
                f"chapter {wished} follows {number - 1}: it became chapter {number}",
            )
        elif not name.number:
            log.note(part.heading.line, f"a chapter without a number: it became {number}")
        if number > _MOST_CHAPTERS:
            mend = "join some of them, or split the guide"
            raise GuideError(part.heading.line, f"more than {_MOST_CHAPTERS} chapters", mend)
        yield str(number), name


def _letter(part: Part, name: Name, letters: list[str], log: Log) -> str:
    if not letters:
        raise GuideError(part.heading.line, "more than 26 appendices", "join some of them")
    letter = name.number if name.number in letters else letters[0]
    if name.number and letter != name.number:
        log.note(part.heading.line, f"appendix {name.number} is there twice: it became {letter}")
    letters.remove(letter)
    return letter


def _place_headings(plan: Plan, number: str, log: Log) -> None:
    taken = Taken()
    inside = [block for block in plan.blocks if isinstance(block, Heading)]
    names = {heading.line: section_name(heading.text, number) for heading in inside}
    owners = {
        line: name.own_id
        for line, name in names.items()
        if is_id(name.own_id) and taken.reserve(name.own_id)
    }
    section, ordinals, levels = "", Counter[str](), _Levels(log)
    for heading in inside:
        name, own = names[heading.line], owners.get(heading.line, "")
        if name.own_id and not own:
            log.note(heading.line, f"the id {name.own_id!r} cannot be used here: a new one stands")
        level = levels.of(heading)
        if level <= DEEPEST_WITH_ID:
            parent = section if level == DEEPEST_WITH_ID else f"s-{plan.label.lower()}"
            ordinals[parent] += 1
            own = own or taken.free(_id(name, f"{parent}-{ordinals[parent]}"))
        section = own if level == SECTION else section
        plan.places[heading.line] = Place(level, name.title or own, own)
    if not section:
        plan.lone_id = taken.free(slug(plan.title) or f"s-{plan.label.lower()}")


class _Levels:
    """Gives headings their levels in the course, one below the heading they stand under."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.above: list[int] = []  # the guide's levels of the headings that are still open

    def of(self, heading: Heading) -> int:
        if heading.folded:
            if heading.level <= DEEPEST_WITH_ID:
                self.log.note(heading.line, "a heading inside <details> has four marks now")
            return max(heading.level, DEEPEST_WITH_ID + 1)
        while self.above and self.above[-1] >= heading.level:
            self.above.pop()
        self.above.append(heading.level)
        level = len(self.above) + 1
        if level < heading.level - 1:
            self.log.note(heading.line, f"a heading that skipped a level: it has {level} marks now")
        return level


def _id(name: Name, fallback: str) -> str:
    if is_id(name.own_id):
        return name.own_id
    asked = question_number(name.title)
    if asked is not None:
        return f"q{asked}"
    dotted = f"s-{name.number.replace('.', '-').lower()}" if name.number else fallback
    return slug(name.title) or dotted
