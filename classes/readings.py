"""Figures of item analysis in words: what each is, how it is read, and when nothing can be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classes.items import Analysis, Item
from quizzes.statistics import ENOUGH, Flag, Interval

FLAGS: dict[Flag, tuple[Any, Any]] = {  # Any: lazy texts
    "negative": (
        gettext_lazy("Negative discrimination"),
        gettext_lazy(
            "Those who did well elsewhere got this question wrong more often. Check the key "
            "first, then whether a wrong choice can be defended."
        ),
    ),
    "low": (
        gettext_lazy("Low discrimination"),
        gettext_lazy(
            "Below 20 %, and surely below 40 %: being right here says little about the rest. It "
            "may ask something else, or be ambiguous."
        ),
    ),
    "dubious": (
        gettext_lazy("Dubious efficiency"),
        gettext_lazy(
            "Below 15 %: of what a question this easy or hard could tell about learners, it tells "
            "almost nothing."
        ),
    ),
    "easy": (
        gettext_lazy("Too easy"),
        gettext_lazy(
            "Nearly everybody got it right (more than 95 %): it tells nobody apart. As a check "
            "of the basics it may still be wanted."
        ),
    ),
    "hard": (
        gettext_lazy("Too hard"),
        gettext_lazy(
            "Less was earned than by guessing: something in it leads away from the right "
            "answer. Look at the choice that most picked."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure: its name, its value (or why there is none), and a sentence on reading it."""

    term: str
    value: str
    sentence: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class FlagWords:
    title: str
    sentence: str


def of_flags(flags: Sequence[Flag]) -> list[FlagWords]:
    return [FlagWords(str(FLAGS[one][0]), str(FLAGS[one][1])) for one in flags]


def percent(value: float, digits: int = 0) -> str:
    return f"{value:.{digits}f} %"


def interval(found: Interval) -> str:
    return _("%(low)s to %(high)s %%") % {
        "low": f"{found.low:.0f}",
        "high": f"{found.high:.0f}",
    }


def few() -> str:
    return _("too few to say")


def of_quiz(found: Analysis) -> list[Reading]:
    """Return the figures of a quiz that was sat."""
    figures = found.figures
    if figures is None:
        return []
    whole = 100 / found.out_of if found.out_of else 0.0
    return [
        Reading(
            _("Mean"),
            percent(whole * figures.mean),
            _("Of the points there are. From 50 to 75 % a quiz has room to tell learners apart."),
        ),
        Reading(
            _("Median"),
            percent(whole * figures.median),
            _("Half of the learners have as much or less. Far from the mean, a few stand out."),
        ),
        _judged(
            figures.n,
            _("Standard deviation"),
            None if figures.sd is None else percent(whole * figures.sd, 1),
            _("How far learners are apart. Usual is 12 to 18 %; with less, chance decides more."),
        ),
        _judged(
            figures.n,
            _("Skewness"),
            None if figures.skewness is None else f"{figures.skewness:.2f}",
            _("Below 0, a few lie far behind; above 0, a few far ahead; at 0, it is even."),
        ),
        _judged(
            figures.n,
            _("Kurtosis"),
            None if figures.kurtosis is None else f"{figures.kurtosis:.2f}",
            _("Above 0, more learners lie far out than in a normal distribution; 0 to 1 is usual."),
        ),
        *_reliability(found),
    ]


def _reliability(found: Analysis) -> list[Reading]:
    assert found.figures is not None
    figures, whole = found.figures, 100 / found.out_of if found.out_of else 0.0
    why = "" if found.is_same else _("not defined here")
    error = None if figures.standard_error is None else whole * figures.standard_error
    return [
        _judged(
            figures.n,
            _("Reliability"),
            None if figures.reliability is None else percent(figures.reliability),
            _(
                "How well the questions agree on who knows more (coefficient of internal "
                "consistency, Cronbach's alpha). 75 % and more is held to be satisfactory, less "
                "than 64 % not; short quizzes have less."
            ),
            why,
        ),
        _judged(
            figures.n,
            _("Error ratio"),
            None if figures.error_ratio is None else percent(figures.error_ratio),
            _("How much of the differences between learners is chance: the less, the better."),
            why,
        ),
        _judged(
            figures.n,
            _("Standard error"),
            None if error is None else percent(error, 1),
            _("By how much a learner's points may miss what they know, in two of three cases."),
            why,
        ),
    ]


def _judged(n: int, term: str, value: str | None, sentence: str, why: str = "") -> Reading:
    """Return a figure that says something only from enough learners on."""
    if why or n < ENOUGH or value is None:
        return Reading(
            term, why or (few() if n < ENOUGH else _("not defined")), sentence, is_known=False
        )
    return Reading(term, value, sentence)


def of_item(item: Item) -> list[Reading]:
    """Return the figures of a question."""
    figures, weight = item.figures, item.weight
    return [
        Reading(
            _("Facility"),
            f"{percent(figures.facility)} ({interval(figures.facility_interval)})",
            _("How much of the credit was earned: the lower, the harder."),
        ),
        Reading(
            _("By guessing"),
            percent(item.guess),
            _("What picking at random would earn on average."),
        ),
        _judged(
            figures.n,
            _("Standard deviation"),
            None if figures.sd is None else percent(figures.sd),
            _("At most about 50 %, where half of the learners are right."),
        ),
        _judged(
            figures.n,
            _("Discrimination"),
            discrimination(item),
            _(
                "Do those who are right here do better with the other questions? Below 0 they do "
                "worse; 20 % and more is useful. The range is a guide: it supposes more even "
                "numbers than right and wrong."
            ),
        ),
        _judged(
            figures.n,
            _("Efficiency"),
            None if figures.efficiency is None else percent(figures.efficiency),
            _("Discrimination against the most that a question this easy or hard could reach."),
        ),
        *([_weight(figures.n, weight.intended, weight.effective)] if weight else []),
    ]


def discrimination(item: Item) -> str | None:
    """Return the discrimination with its interval."""
    found, inside = item.figures.discrimination, item.figures.discrimination_interval
    if found is None:
        return None
    return f"{percent(found)} ({interval(inside)})" if inside else percent(found)


def _weight(n: int, intended: float, effective: float | None) -> Reading:
    value = None
    if effective is not None:
        value = _("%(effective)s, meant %(intended)s") % {
            "effective": percent(effective, 1),
            "intended": percent(intended, 1),
        }
    sentence = _(
        "Its part in what makes learners differ, and the part meant. None where right answers go "
        "with fewer points."
    )
    return _judged(n, _("Weight"), value, sentence)
