"""A class at a glance: what was done week by week, how far everybody is, what is hard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, IntegerField, QuerySet, Sum, Value, When

from classes import activity, firsts
from classes.models import Classroom, Kind
from classes.standing import Standing
from classes.work import WHOLE, Column
from content.catalog.labs_model import Lab, LabCheck
from content.catalog.model import Course
from content.catalog.questions import Question
from content.models import SectionRead
from labs.models import Run
from quizzes import bank
from quizzes.models import Answer, Attempt

WEEKS = 10  # shown, this one included
ACTIVE = timedelta(days=7)
BINS = 10  # of ten percent each; everything done is in the last
MISSED = 8  # questions that are named
FEW = 5  # learners: with fewer, a share right says nothing about the question
FAILED = 6  # labs that are named


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday, on the class's clocks; `answers` were in quizzes handed in."""

    begin: date
    sections: int
    answers: int
    labs: int


@dataclass(frozen=True, slots=True)
class Due:
    """The work that is due next, and how many learners have done it."""

    column: Column
    done: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """`done` and `set_count` are cells: learners times pieces of work that are set."""

    learners: int
    active: int
    done: int
    set_count: int
    overdue: int
    due: Sequence[Due]


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `asked` answers."""

    right: float
    asked: int

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.asked) if self.asked else 0


@dataclass(frozen=True, slots=True)
class Missed:
    """A question in a quiz, as it is asked today or was asked before."""

    question: Question
    quiz: str
    share: Share


@dataclass(frozen=True, slots=True)
class Stumble:
    """A lab: of `tried` learners `failed` failed it at least once, `at` this check most often."""

    lab: Lab
    tried: int
    failed: int
    check: LabCheck | None
    at: int


@dataclass(frozen=True, slots=True)
class Questions:
    """What first attempts say: the share right of each domain, and the questions missed most."""

    domains: Mapping[int, Share]
    missed: Sequence[Missed]


def numbers(known: Standing, now: datetime) -> Numbers:
    assigned = [one for one in known.columns if one.assignment]
    active = [
        one.user_id
        for one in known.members
        if (last := known.activities.get(one.user_id, activity.NONE).last_at)
        and now - last <= ACTIVE
    ]
    done = Counter(
        key
        for mine in known.cells.values()
        for key, cell in mine.items()
        if cell.state in ("done", "late")
    )
    size = len(known.members)
    past = [one for one in assigned if one.due_at and one.due_at < now]
    coming = [(one.due_at, one) for one in assigned if one.due_at and one.due_at >= now]
    first = min((at for at, _ in coming), default=None)
    return Numbers(
        learners=size,
        active=len(active),
        done=sum(done[one.key] for one in assigned),
        set_count=size * len(assigned),
        overdue=sum(size - done[one.key] for one in past),
        due=[Due(one, done[one.key]) for at, one in coming if at == first],
    )


def reading_shares(course: Course, known: Standing) -> list[int]:
    """Return the percent of the course that each learner has read."""
    total = activity.section_count(course)
    read = [known.activities.get(one.user_id, activity.NONE).read for one in known.members]
    return [100 * one // total if total else 0 for one in read]


def quiz_shares(known: Standing) -> list[int]:
    """Return the mean of the quiz results of each learner who has any, in percent."""
    found = []
    for mine in known.cells.values():
        got = [
            cell.percent
            for (kind, _), cell in mine.items()
            if kind == Kind.QUIZ and cell.percent is not None
        ]
        if got:
            found.append(round(sum(got) / len(got)))
    return found


def binned(percents: Iterable[int]) -> list[int]:
    """Return how many are in each tenth."""
    found = Counter(min(one * BINS // 100, BINS - 1) for one in percents)
    return [found[place] for place in range(BINS)]


def weeks(room: Classroom, known: Standing, now: datetime) -> list[Week]:
    """Return the weeks up to now, the oldest first. Two queries."""
    begins = _mondays(room, now)
    read = SectionRead.objects.filter(user__in=activity.user_ids(room), course=room.course)
    sat = Attempt.objects.closed().filter(
        user__in=activity.user_ids(room), course=room.course, mode__in=WHOLE
    )
    sections = _by_week(read, "read_at", begins, Count("pk"))
    answers = _by_week(sat, "closed_at", begins, Sum("out_of"))
    held = Counter(
        _place(cell.done_at, begins)
        for mine in known.cells.values()
        for (kind, _), cell in mine.items()
        if kind == Kind.LAB and cell.done_at
    )
    return [
        Week(begin.date(), sections.get(place, 0), answers.get(place, 0), held[place])
        for place, begin in enumerate(begins)
    ]


def _mondays(room: Classroom, now: datetime) -> list[datetime]:
    """Return when the weeks begin on the class's clocks, which may be set forward between them."""
    here = now.astimezone(ZoneInfo(room.time_zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    monday = here - timedelta(days=here.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def _place(at: datetime, begins: Sequence[datetime]) -> int:
    return sum(at >= one for one in begins) - 1


def _by_week(
    rows: QuerySet[SectionRead] | QuerySet[Attempt],
    field: str,
    begins: Sequence[datetime],
    figure: Count | Sum,
) -> Mapping[int, int]:
    """Let the database count by week. It compares moments: its own weeks know no time zone of ours.

    A function of Django's that cuts weeks would be called by SQLite once a row, in Python.
    """
    last = len(begins) - 1
    ends = [
        When(**{f"{field}__lt": end}, then=Value(place)) for place, end in enumerate(begins[1:])
    ]
    week = Case(*ends, default=Value(last), output_field=IntegerField())
    found = rows.filter(**{f"{field}__gte": begins[0]}).order_by().annotate(week=week)
    return dict(found.values_list("week").annotate(figure=figure).values_list("week", "figure"))


def tallied(room: Classroom) -> QuerySet[Answer, tuple[str, str, int, float | None]]:
    """Return quiz, version, answers and sum of credits of first closed attempts."""
    return (
        firsts.answers(room)
        .order_by()
        .values_list("attempt__quiz", "version_id")
        .annotate(asked=Count("pk"), right=Sum("credit"))
        .values_list("attempt__quiz", "version_id", "asked", "right")
    )


def questions(room: Classroom, course: Course) -> Questions:
    """Return what first closed attempts say, counted by the database. At most two queries."""
    counted = [
        (quiz, digest, Share(right or 0.0, asked)) for quiz, digest, asked, right in tallied(room)
    ]
    versions = bank.versions(course.slug, {digest for _, digest, _ in counted})
    known = [
        Missed(versions[digest], quiz, share)
        for quiz, digest, share in counted
        if digest in versions
    ]
    return Questions(_domains(course, known), _most_missed(known))


def _domains(course: Course, known: Iterable[Missed]) -> Mapping[int, Share]:
    right: defaultdict[int, float] = defaultdict(float)
    asked: Counter[int] = Counter()
    for one in known:
        right[one.question.domain] += one.share.right
        asked[one.question.domain] += one.share.asked
    numbers = [one.number for one in course.exam.domains] if course.exam else sorted(asked)
    return {number: Share(right[number], asked[number]) for number in numbers}


def _most_missed(known: Iterable[Missed]) -> list[Missed]:
    judged = [one for one in known if one.share.asked >= FEW and one.share.right < one.share.asked]
    judged.sort(key=lambda one: (one.share.right / one.share.asked, -one.share.asked))
    return judged[:MISSED]


def stumbles(room: Classroom, course: Course) -> list[Stumble]:
    """Return the labs that most learners failed at least once, and at which check. Two queries."""
    labs = {one.slug: one for one in course.labs}
    runs = Run.objects.filter(user__in=activity.user_ids(room), course=room.course)
    tried = dict(runs.order_by().values_list("lab").annotate(count=Count("user", distinct=True)))
    failed: defaultdict[str, set[int]] = defaultdict(set)
    at: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen: set[tuple[int, str, str]] = set()
    rows = runs.filter(status=Run.Status.FAIL).order_by()
    for user, slug, verdicts in rows.values_list("user", "lab", "verdicts").iterator(1000):
        failed[slug].add(user)
        for one in verdicts:
            key = user, slug, one["check"]
            if one["status"] == "fail" and key not in seen:
                seen.add(key)
                at[slug][one["check"]] += 1
    found = [
        _stumble(labs[slug], tried.get(slug, 0), len(users), at[slug])
        for slug, users in failed.items()
        if slug in labs
    ]
    return sorted(found, key=lambda one: (-one.failed, one.lab.slug))[:FAILED]


def _stumble(lab: Lab, tried: int, failed: int, at: Mapping[str, int]) -> Stumble:
    required = [one for one in lab.checks if one.level == "required" and at.get(one.id)]
    check = max(required, key=lambda one: at[one.id], default=None)
    return Stumble(lab, tried, failed, check, at[check.id] if check else 0)
