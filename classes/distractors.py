"""Who picked what: the choices of one question, by thirds of the learners it was asked.

Learners are ranked by what they earned with the other questions of the attempt; who earned the same
stays together. Thirds rather than the best and worst 27 percent, so that in a small class
everybody is counted (Kelley's 27 is for large samples).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from classes import firsts
from classes.models import Classroom
from content.catalog.folding import folded
from content.catalog.model import in_language
from content.catalog.questions import Question
from content.rendering.model import Html
from quizzes import bank, grading, keys, moments
from quizzes.grading import NOTHING, Picked

TEXTS = 10  # of wrong texts that are named; the others are counted
LONGEST = 80  # letters of a text that are shown
PLACED = ("ordering", "matching")  # each choice is given something, right or wrong
EXACT = 9  # digits of a rest: what differs later was earned alike
Thirds = tuple[int, int, int]  # lower, middle, upper


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one learner picked, and the third they are in."""

    picked: Picked
    third: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A choice as it was asked, with the key that counts; `solution` is its place or match."""

    letter: str
    html: Html
    label: str
    is_right: bool
    reason: Html
    solution: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """How many of each third, lower first, picked a choice (put it right, wrote it).

    `instead` is what those who put it wrong chose most often, `instead_count` of them.
    """

    label: str
    is_right: bool | None
    counts: Thirds
    letter: str = ""
    instead: str = ""
    instead_count: int = 0

    @property
    def count(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Table:
    """`sizes` are the learners of each third, lower first; the last of `rows` picked nothing."""

    sizes: Thirds
    choices: Sequence[Shown]
    rows: Sequence[Row]
    is_regraded: bool


def table(room: Classroom, quiz: str, asked: Question, language: str) -> Table:
    """Return the table of a question that was asked. One query, one more for a key that is gone."""
    found = firsts.answers_to(room, quiz, asked.digest).values_list(
        "picked", "credit", "is_scored", "attempt__points", "attempt__out_of", "key_version"
    )
    picks, rests, versions = [], [], Counter[str]()
    for picked, credit, is_scored, points, out_of, key in found:
        picks.append(picked)
        rests.append(_rest(points or 0.0, credit or 0.0, out_of, is_scored=is_scored))
        versions[key or asked.digest] += 1
    thirds = moments.thirds(Counter(rests))
    sheets = [Sheet(picked, thirds[rest]) for picked, rest in zip(picks, rests, strict=True)]
    digest = max(versions, key=lambda one: (versions[one], one), default=asked.digest)
    reading = _Reading(asked, bank.version(room.course, digest), sheets, language)
    return Table(
        sizes=_counts(sheets, lambda _: True),
        choices=reading.choices(),
        rows=[*reading.rows(), Row("", None, _counts(sheets, grading.is_blank))],
        is_regraded=digest != asked.digest,
    )


def _rest(points: float, credit: float, out_of: int, *, is_scored: bool) -> float:
    """Return the share that was earned of the other questions."""
    others = out_of - is_scored
    earned = points - credit if is_scored else points
    return round(earned / others, EXACT) if others else 0.0


def _counts(sheets: Iterable[Sheet], is_meant: Callable[[Picked], bool]) -> Thirds:
    found = Counter(one.third for one in sheets if is_meant(one.picked))
    return found[0], found[1], found[2]


class _Reading:
    """What was picked, laid beside the key. Choices have a place as asked and one in the key."""

    def __init__(
        self, asked: Question, key: Question, sheets: Sequence[Sheet], language: str
    ) -> None:
        self.asked = asked
        self.key = key
        self.sheets = sheets
        self.language = language
        self.places = keys.same_choices(asked, key) or range(len(asked.choices))

    @property
    def order(self) -> Sequence[int]:
        """Return the choices as their author wrote them; steps in their right order."""
        every = range(len(self.places))
        is_ordering = self.asked.kind == "ordering"
        return sorted(every, key=self.places.__getitem__) if is_ordering else every

    def choices(self) -> list[Shown]:
        return [self._shown(number, place) for number, place in enumerate(self.order)]

    def _shown(self, number: int, place: int) -> Shown:
        meant = self.key.choices[self.places[place]]
        texts = self.asked.choices[place].texts
        return Shown(
            letter=_letter(number),
            html=Html(in_language(texts, self.language) if texts else ""),
            label=self._label(place),
            is_right=meant.is_right or self.asked.kind in PLACED,
            reason=Html(in_language(meant.reasons, self.language) if meant.reasons else ""),
            solution=self._solution(place),
        )

    def _label(self, place: int) -> str:
        choice = self.asked.choices[place]
        return in_language(choice.labels, self.language) if choice.labels else choice.shown

    def _solution(self, place: int) -> str:
        """Return the right place or match of a choice, in words."""
        if self.asked.kind == "ordering":
            return str(self.places[place] + 1)
        matches = self.key.choices[self.places[place]].matches
        return in_language(matches, self.language) if self.asked.kind == "matching" else ""

    def rows(self) -> list[Row]:
        if self.asked.kind == "short":
            return self._typed()
        make = self._put if self.asked.kind in PLACED else self._chosen
        return [make(_letter(number), place) for number, place in enumerate(self.order)]

    def _chosen(self, letter: str, place: int) -> Row:
        counts = _counts(self.sheets, lambda picked: isinstance(picked, list) and place in picked)
        is_right = self.key.choices[self.places[place]].is_right
        return Row(self._label(place), is_right, counts, letter)

    def _put(self, letter: str, place: int) -> Row:
        """Return how many put a step or a match right, and what they put most often instead."""
        right = self._solution(place)
        counts = _counts(self.sheets, lambda picked: self._given(picked, place) == right)
        given = Counter(self._given(one.picked, place) for one in self.sheets)
        wrong = {said: count for said, count in given.items() if said not in ("", right)}
        instead = min(wrong, key=lambda said: (-wrong[said], said), default="")
        label = self._label(place)
        return Row(label, None, counts, letter, instead, wrong.get(instead, 0))

    def _given(self, picked: Picked, place: int) -> str:
        """Return the place or match that was given to a choice, in words; empty for none."""
        if not isinstance(picked, list) or place >= len(picked) or picked[place] == NOTHING:
            return ""
        if self.asked.kind == "ordering":
            return str(picked[place] + 1)
        return self._solution(picked[place]) if picked[place] < len(self.places) else ""

    def _typed(self) -> list[Row]:
        """Return the right answers as one row, then the most frequent wrong texts."""
        said: defaultdict[str, list[Sheet]] = defaultdict(list)
        for sheet in self.sheets:
            if isinstance(sheet.picked, str) and sheet.picked.strip():
                said[sheet.picked].append(sheet)
        right, wrong = list[Sheet](), defaultdict[str, list[Sheet]](list)
        for text, sheets in said.items():
            is_right = grading.mark(self.key, text).credit == 1
            (right if is_right else wrong[folded(text)]).extend(sheets)
        often = sorted(wrong, key=lambda text: (-len(wrong[text]), text))
        named = [_texts(_spelling(wrong[text]), wrong[text]) for text in often[:TEXTS]]
        rest = [sheet for text in often[TEXTS:] for sheet in wrong[text]]
        shown = next((one.shown for one in self.key.choices if one.is_right), "")
        rows = [_texts(shown, right, is_right=True), *named]
        return [*rows, _texts("…", rest)] if rest else rows


def _texts(label: str, sheets: Iterable[Sheet], *, is_right: bool = False) -> Row:
    return Row(label, is_right, _counts(sheets, lambda _: True))


def _spelling(sheets: Iterable[Sheet]) -> str:
    """Return a text as it was typed most often, cut where it is long."""
    found = Counter(" ".join(str(one.picked).split()) for one in sheets)
    text = min(found, key=lambda one: (-found[one], one))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _letter(number: int) -> str:
    return chr(ord("A") + number)
