"""What makes a question unfair, ambiguous or unanswerable, told to its author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from content.catalog.decode import Found, Key, in_words
from content.catalog.folding import Quantity, folded, in_smallest
from content.catalog.quiz.schema import ChoiceTable, QuestionTable

# How many choices a kind has, and how many of them are right.
CHOICES = {"single": (3, 6), "multiple": (5, 8), "ordering": (3, 7), "matching": (3, 7)}
LONGEST_SHORT = 30  # characters: up to here lengths tell nothing
TELLTALE = 1.5  # times longer than every other choice
FIELDS: Mapping[str, tuple[str, ...]] = {
    "single": ("text",),
    "multiple": ("text",),
    "ordering": ("text",),
    "matching": ("text", "match"),
}


def faults(table: QuestionTable, domains: frozenset[int] | None) -> Iterator[Found]:
    """Yield what is wrong within one question, by key; texts are looked at elsewhere."""
    if domains is not None and int(table.task.partition(".")[0]) not in domains:
        what = f"task {table.task} belongs to no domain of the exam in course.toml"
        yield Found(("task",), what, "correct the task or add the domain")
    yield from _counts(table)
    for place, choice in enumerate(table.choice):
        yield from _fields(table.kind, place, choice)
    if table.kind == "short":
        yield from _collisions(table.choice)
    else:
        yield from _twins(table, "text")
    if table.kind == "matching":
        yield from _twins(table, "match")
    if table.kind in ("single", "multiple"):
        for language in table.prompt:
            yield from _telltale_lengths(table.choice, language)


def _counts(table: QuestionTable) -> Iterator[Found]:
    count, right = len(table.choice), sum(one.right for one in table.choice)
    least, most = CHOICES.get(table.kind, (1, 10))
    if not least <= count <= most:
        what = f"a {table.kind} question has {count} choices"
        yield Found(("choice",), what, f"write {least} to {most}")
    wanted = _wanted_right(table.kind, right, count)
    if wanted:
        what = f"{right} choices of a {table.kind} question are right"
        yield Found(("choice",), what, wanted)


def _wanted_right(kind: str, right: int, count: int) -> str | None:
    if kind in ("single", "short"):
        return None if right == 1 else "mark exactly one with right = true"
    if kind == "multiple":
        return None if 2 <= right <= count - 2 else "mark two or more, and leave two or more wrong"  # noqa: PLR2004
    return "leave right out: the order or the match is the answer" if right else None


def _fields(kind: str, place: int, choice: ChoiceTable) -> Iterator[Found]:
    """Yield what a choice lacks for its kind of question, and what it has in vain."""
    given = {
        name for name in ("text", "match", "forms", "number") if getattr(choice, name) is not None
    }
    if kind == "short":
        if given not in ({"forms"}, {"number"}):
            what = "a choice of a short question has either forms or a number"
            yield Found(("choice", place), what, "write one of the two, and no text")
        return
    wanted = set(FIELDS[kind])
    for name in sorted(wanted - given):
        yield Found(
            ("choice", place, name), f"a {kind} choice has no {name}", f"add {name}.ja = '…'"
        )
    for name in sorted(given - wanted):
        yield Found(("choice", place, name), f"a {kind} choice has {name}", "remove it")


def _collisions(choices: Sequence[ChoiceTable]) -> Iterator[Found]:
    """Yield spellings that are the same answer once they are folded."""
    seen: dict[str | Quantity, int] = {}
    for place, choice in enumerate(choices):
        for answer in answers(choice):
            if answer in seen:
                what = f"{answer if isinstance(answer, str) else choice.number} is accepted twice"
                yield Found(("choice", place), what, "each answer, however written, stands once")
            seen[answer] = place
        for form in choice.forms or ():
            if not folded(form):
                yield Found(("choice", place, "forms"), "a form is empty when folded", "remove it")


def answers(choice: ChoiceTable) -> list[str | Quantity]:
    """Return what a typed answer is compared with."""
    if choice.number is not None:
        return [in_smallest(choice.number, choice.unit)]
    return [folded(form) for form in choice.forms or ()]


def _twins(table: QuestionTable, name: str) -> Iterator[Found]:
    for language in table.prompt:
        seen: set[str] = set()
        for place, choice in enumerate(table.choice):
            text = folded((getattr(choice, name) or {}).get(language, ""))
            if text and text in seen:
                key: Key = ("choice", place, name, language)
                yield Found(key, f"{in_words(key)} says the same as another", "rewrite one of them")
            seen.add(text)


def _telltale_lengths(choices: Sequence[ChoiceTable], language: str) -> Iterator[Found]:
    right = [len((one.text or {}).get(language, "")) for one in choices if one.right]
    wrong = [len((one.text or {}).get(language, "")) for one in choices if not one.right]
    if not right or not wrong or max(right + wrong) <= LONGEST_SHORT:
        return
    if min(right) > TELLTALE * max(wrong) or max(right) * TELLTALE < min(wrong):
        what = f"the length of the right choice gives it away in {language}"
        yield Found(("choice",), what, "make the choices alike in length")
