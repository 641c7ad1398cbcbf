"""Fills a classroom with learners who do not exist, and takes them away again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from classes import classrooms
from classes.models import Assignment, Classroom, Kind, Mark, Membership
from classes.simulated import diary, people, plan
from classes.simulated.diary import Diary, World
from classes.simulated.people import Person
from content.catalog.model import Course
from content.models import Place, SectionRead
from labs.models import Run
from quizzes import bank
from quizzes.models import Answer, Attempt, Override, QuestionVersion

NAME = "デモのクラス / Demonstration"
DOMAIN = "gantry.invalid"  # RFC 2606: no such domain will ever exist, no mail can go there
WEEKS = 8  # of history
AHEAD = 3  # weeks of work that is still to come
BATCH = 100  # learners at a time: what is in memory does not grow with the class
MARKED_EVERY = 12  # one learner in so many has a mark by a person
MARKED_REASON = "架空の記録：口頭で確認 / Simulated: shown in person"

Counts = Counter[str]  # rows by the words for them


def create(course: Course, by: User, *, learners: int, seed: int, now: datetime) -> Classroom:
    """Make a classroom that `by` teaches, and fill it. Nobody can join it."""
    with transaction.atomic():
        zone = by.time_zone or "Asia/Tokyo"
        room = classrooms.create(by, NAME, course.slug, zone, now - timedelta(weeks=WEEKS))
        classrooms.set_open(room, is_open=False)
        fill(room, course, learners=learners, seed=seed, now=now, by=by)
    return room


def fill(
    room: Classroom,
    course: Course,
    *,
    learners: int,
    seed: int,
    now: datetime,
    by: User | None = None,
) -> Counts:
    """Put simulated learners into a classroom with their work up to `now`; return what was made.

    The same seed, course and moment make the same rows. A site has the learners of a seed once:
    IntegrityError otherwise, and nothing is changed. `by` gave the marks.
    """
    begin = now - timedelta(weeks=WEEKS)
    counts: Counts = Counter()
    with transaction.atomic():
        room.is_simulated = True
        room.save(update_fields=["is_simulated"])
        exams = _assign(room, course, begin, counts)
        bank.keep(course.slug, course.questions.values())
        shared = diary.world(course, plan.tasks(course), exams, seed, now)
        numbers = iter(range(learners))
        while batch := list(islice(numbers, BATCH)):
            _fill_batch(room, shared, [people.person(seed, one) for one in batch], counts, by)
    return counts


def remove() -> Counts:
    """Take away simulated classrooms and learners with all their work, and nothing else."""
    counts: Counts = Counter()
    with transaction.atomic():
        asked: set[str] = set()
        while batch := list(_simulated().order_by("pk").values_list("pk", flat=True)[:BATCH]):
            _remove_batch(batch, asked, counts)
        _count(counts, Classroom.objects.filter(is_simulated=True).delete())
        used = Answer.objects.filter(Q(version=OuterRef("pk")) | Q(key_version=OuterRef("pk")))
        unused = QuestionVersion.objects.filter(~Exists(used), pk__in=asked)
        _count(counts, unused.delete())
    return counts


def _simulated() -> QuerySet[User]:
    return User.objects.filter(is_simulated=True)


def _remove_batch(batch: Sequence[int], asked: set[str], counts: Counts) -> None:
    answers = Answer.objects.filter(attempt__user__in=batch)
    asked.update(answers.order_by().values_list("version", flat=True).distinct())
    # From the leaves up, so that Django need not load a row to look for what hangs on it.
    _count(counts, Override.objects.filter(answer__attempt__user__in=batch).delete())
    _count(counts, answers.delete())
    _count(counts, User.objects.filter(pk__in=batch).delete())


def _count(counts: Counts, deleted: tuple[int, dict[str, int]]) -> None:
    counts.update(deleted[1])


def _fill_batch(
    room: Classroom, shared: World, persons: Sequence[Person], counts: Counts, by: User | None
) -> None:
    users = User.objects.bulk_create([_user(one, shared.seed) for one in persons])
    begin = shared.now - timedelta(weeks=WEEKS)
    members = Membership.objects.bulk_create(
        [
            _member(room, user, who, shared.seed, begin)
            for user, who in zip(users, persons, strict=True)
        ]
    )
    diaries = []
    for member, who in zip(members, persons, strict=True):
        one = Diary(shared, who, member.user_id)
        one.live(people.sittings(shared.seed, who, member.joined_at, shared.now, room.time_zone))
        diaries.append(one)
    _save(diaries, counts)
    marks = list(_marks(members, diaries, by))
    Mark.objects.bulk_create(marks)
    counts.update(learners=len(users), marks=len(marks))


def _save(diaries: Sequence[Diary], counts: Counts) -> None:
    sections = [row for one in diaries for row in one.sections]
    attempts = [row for one in diaries for row in one.attempts]
    answers = [row for one in diaries for row in one.answers]
    runs = [row for one in diaries for row in one.runs]
    SectionRead.objects.bulk_create(sections)
    Place.objects.bulk_create([one.place for one in diaries if one.place])
    Attempt.objects.bulk_create(attempts)
    Answer.objects.bulk_create(answers)
    Run.objects.bulk_create(runs)
    counts.update(
        sections=len(sections), attempts=len(attempts), answers=len(answers), runs=len(runs)
    )


def _user(who: Person, seed: int) -> User:
    username = f"simulated-{seed}-{who.number + 1:05}"
    return User(
        username=username,
        email=f"{username}@{DOMAIN}",
        display_name=who.name,
        language=who.language,
        password=make_password(None),  # unusable: nobody can sign in with it
        is_simulated=True,
    )


def _member(room: Classroom, user: User, who: Person, seed: int, begin: datetime) -> Membership:
    hours = people.chance(seed, "joined", who.number).uniform(0, 72)
    return Membership(
        classroom=room,
        user=user,
        role=Membership.Role.LEARNER,
        time_factor=who.time_factor,
        joined_at=begin + timedelta(hours=hours),
    )


def _marks(
    members: Sequence[Membership], diaries: Sequence[Diary], by: User | None
) -> Iterator[Mark]:
    """Give some who did not get a lab to hold a mark for it: they showed it in person."""
    for member, one in zip(members, diaries, strict=True):
        failed = next((run for run in one.runs if run.status == Run.Status.FAIL), None)
        if failed is not None and one.who.number % MARKED_EVERY == 0:
            yield Mark(
                membership=member,
                kind=Kind.LAB,
                slug=failed.lab,
                percent=100,
                reason=MARKED_REASON,
                by=by,
                at=failed.finished_at + timedelta(hours=1),
            )


def _assign(
    room: Classroom, course: Course, begin: datetime, counts: Counts
) -> dict[str, int | None]:
    """Set all chapters with their quizzes and labs week by week, and an exam at the end.

    Returns the minutes of the exams.
    """
    exams: dict[str, int | None] = {}
    rows, last = [], max(1, len(course.chapters))
    for place, chapter in enumerate(course.chapters, start=1):
        due = _evening(room, begin, -(-place * (WEEKS + AHEAD) // last))
        rows.append(_set(room, Kind.CHAPTER, chapter.slug, begin, due))
        rows += [
            _set(room, Kind.QUIZ, one.slug, begin, due, mode="practice", feedback="each")
            for one in course.quizzes
            if one.chapter == chapter.slug
        ]
        rows += [
            _set(room, Kind.LAB, one.slug, begin, due + timedelta(weeks=1))
            for one in course.labs
            if one.paragraph.chapter == chapter.slug
        ]
    for quiz in course.quizzes:
        if quiz.is_drawn and course.exam:
            exams[quiz.slug] = quiz.minutes or course.exam.minutes
            due = _evening(room, begin, WEEKS + AHEAD + 1)
            rows.append(_set(room, Kind.QUIZ, quiz.slug, begin, due, mode="exam", feedback="end"))
    Assignment.objects.bulk_create(rows, ignore_conflicts=True)
    counts.update(assignments=len(rows))
    return exams


def _set(
    room: Classroom, kind: Kind, slug: str, at: datetime, due: datetime, **terms: str
) -> Assignment:
    return Assignment(classroom=room, kind=kind, slug=slug, created_at=at, due_at=due, **terms)


def _evening(room: Classroom, begin: datetime, weeks: int) -> datetime:
    """Return the last minute of a day, as the class's clocks show it."""
    day = begin.astimezone(ZoneInfo(room.time_zone)) + timedelta(weeks=weeks)
    return day.replace(hour=23, minute=59, second=0, microsecond=0)
