"""What one simulated learner did from the first day to now, as rows that are not saved yet."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from classes.simulated import answering, building
from classes.simulated.people import Person, chance
from classes.simulated.plan import Task, sitting_minutes
from content import progress
from content.catalog.model import Course
from content.models import Place, SectionRead
from labs.models import Run
from quizzes import bank, drawing
from quizzes.drawing import Drawn
from quizzes.models import Answer, Attempt

if TYPE_CHECKING:
    from random import Random

SKIPPED = {"section": 0.02, "quiz": 0.1, "lab": 0.25}  # of tasks, by those who are not ahead
CONTENT = 0.65  # whoever reaches this share does not answer a quiz again
AGAIN = 0.5  # of the others do, in the next sitting
TRIES = {"quiz": 3, "lab": 6}
LEARNED = 0.5  # logits gained from one attempt to the next
LEFT_OPEN = 0.5  # of the stalled leave the last quiz half done
PACE = {"ahead": 1.5, "falling": 1.1}  # times the usual length of a sitting


@dataclass(frozen=True, slots=True)
class World:
    """What all learners of a class share. `exams` are the minutes of quizzes set as exams."""

    course: Course
    tasks: Sequence[Task]
    hashes: Mapping[tuple[str, str], str]
    exams: Mapping[str, int | None]
    seed: int
    now: datetime


def world(
    course: Course, tasks: Sequence[Task], exams: Mapping[str, int | None], seed: int, now: datetime
) -> World:
    hashes = {
        (chapter.slug, section): progress.text_hash(course, chapter, section)
        for chapter in course.chapters
        for section in chapter.section_ids
    }
    return World(course, tasks, hashes, exams, seed, now)


class Diary:
    """Rows of one learner. Attempts come with their answers, whose foreign key is set on saving."""

    def __init__(self, shared: World, who: Person, user_id: int) -> None:
        self.world = shared
        self.who = who
        self.user_id = user_id
        self.sections: list[SectionRead] = []
        self.attempts: list[Attempt] = []
        self.answers: list[Answer] = []
        self.runs: list[Run] = []
        self.tries: Counter[str] = Counter()
        self._drawn = chance(shared.seed, "diary", who.number)

    @property
    def place(self) -> Place | None:
        """Return where the learner was last."""
        if not self.sections:
            return None
        last = self.sections[-1]
        return Place(
            user_id=self.user_id,
            course=last.course,
            chapter=last.chapter,
            section=last.section,
            seen_at=last.read_at,
        )

    def live(self, sittings: Sequence[datetime]) -> None:
        """Work through the course, sitting by sitting, until the last one is over."""
        queue = deque(self.world.tasks)
        usual = sitting_minutes(self.world.tasks) * PACE.get(self.who.temper, 1.0)
        for start in sittings:
            minutes, at = usual * self._drawn.lognormvariate(0, 0.35), start
            again: list[Task] = []
            while queue and minutes > 0 and at < self.world.now - timedelta(hours=1):
                task = queue.popleft()
                spent = self._do(task, at, again, is_last=start == sittings[-1])
                minutes, at = minutes - spent, at + timedelta(minutes=spent)
            queue.extendleft(reversed(again))

    def _do(self, task: Task, at: datetime, again: list[Task], *, is_last: bool) -> float:
        """Do a task, note when it is to be done again, and return the minutes it took."""
        is_first = not self.tries[task.kind + task.slug]
        is_skipped = self._drawn.random() < SKIPPED[task.kind]
        if is_first and is_skipped and self.who.temper != "ahead":
            return 0.0
        minutes = min(task.minutes, 90) * self._drawn.uniform(0.7, 1.3)
        if task.kind == "section":
            self._read(task, at + timedelta(minutes=minutes))
            return minutes
        self.tries[task.kind + task.slug] += 1
        is_done = self._sit(task, at, is_last) if task.kind == "quiz" else self._build(task, at)
        if not is_done and self.tries[task.kind + task.slug] < TRIES[task.kind]:
            again.append(task)
        return minutes

    def _read(self, task: Task, at: datetime) -> None:
        self.sections.append(
            SectionRead(
                user_id=self.user_id,
                course=self.world.course.slug,
                chapter=task.slug,
                section=task.section,
                text_hash=self.world.hashes[task.slug, task.section],
                read_at=at,
            )
        )

    def _build(self, task: Task, at: datetime) -> bool:
        """Verify a lab once; return whether the learner is done with it."""
        lab, number = self.world.course.lab(task.slug), self.tries["lab" + task.slug]
        is_stuck = self.who.temper == "stuck" and lab.slug == self._stuck_at()
        failing = building.failing(lab, self.world.seed, self.who, number, is_stuck=is_stuck)
        self.runs.append(
            Run(
                user_id=self.user_id,
                course=self.world.course.slug,
                lab=lab.slug,
                way="sandbox",
                region="ap-northeast-1",
                status=Run.Status.FAIL if failing else Run.Status.PASS,
                verdicts=building.verdicts(lab, failing),
                started_at=at,
                finished_at=at + timedelta(seconds=self._drawn.randint(2, 12)),
            )
        )
        return failing is None

    def _stuck_at(self) -> str:
        """Return the lab at which a stuck learner never gets on: the first after one held."""
        held = [one.lab for one in self.runs if one.status == "pass"]
        after = [one.lab for one in self.runs if held and one.lab != held[0]]
        tried = [one.slug for one in self.world.tasks if one.kind == "lab"]
        if after:
            return after[0]
        return next((one for one in tried if held and one not in held), "")

    def _sit(self, task: Task, at: datetime, is_last: bool) -> bool:  # noqa: FBT001 - private
        """Answer a quiz; return whether the learner is content with the result."""
        number = self.tries["quiz" + task.slug]
        is_left = is_last and self.who.temper == "stalled" and self._drawn.random() < LEFT_OPEN
        paper = self._paper(task.slug, number)
        attempt = self._attempt(task.slug, number, paper, at)
        seconds = self._answer(attempt, paper, is_left=is_left)
        self.attempts.append(attempt)
        if is_left:
            return True
        attempt.closed_at = min(at + timedelta(seconds=seconds), attempt.deadline or self.world.now)
        attempt.closed_by = Attempt.ClosedBy.LEARNER
        mine = self.answers[-len(paper) :]
        attempt.points = sum(one.credit or 0.0 for one in mine if one.is_scored)
        is_content = attempt.points >= CONTENT * attempt.out_of or attempt.mode == "exam"
        return is_content or self._drawn.random() > AGAIN

    def _paper(self, slug: str, number: int) -> Sequence[Drawn]:
        course = self.world.course
        quiz = course.quiz(slug)
        seed = chance(self.world.seed, "paper", self.who.number, slug, number).getrandbits(62)
        if quiz.is_drawn and course.exam:
            return drawing.exam(
                bank.questions_of(course, quiz),
                course.exam,
                seed,
                unscored=slug in self.world.exams,
            )
        return drawing.shuffled(quiz.questions, seed)

    def _attempt(self, slug: str, number: int, paper: Sequence[Drawn], at: datetime) -> Attempt:
        is_exam = slug in self.world.exams
        minutes = self.world.exams.get(slug)
        length = timedelta(minutes=minutes * float(self.who.time_factor)) if minutes else None
        return Attempt(
            user_id=self.user_id,
            course=self.world.course.slug,
            quiz=slug,
            mode=Attempt.Mode.EXAM if is_exam else Attempt.Mode.PRACTICE,
            number=number,
            feedback=Attempt.Feedback.END if is_exam else Attempt.Feedback.EACH,
            language=self.who.language,
            seed=chance(self.world.seed, "attempt", self.who.number, slug, number).getrandbits(62),
            started_at=at,
            deadline=at + length if length else None,
            out_of=sum(one.is_scored for one in paper),
        )

    def _answer(self, attempt: Attempt, paper: Sequence[Drawn], *, is_left: bool) -> int:
        """Answer all questions, or the first half of them; return the seconds it took."""
        ability = self.who.ability_at(attempt.started_at, self.world.now)
        ability += LEARNED * (attempt.number - 1)
        seconds = 0
        for place, one in enumerate(paper, start=1):
            is_seen = not is_left or place <= len(paper) // 2
            row = _row(attempt, place, one)
            if is_seen:
                row.seconds = _seconds(self._drawn)
                seconds += row.seconds
                behaviour = answering.item(one.question, self.world.seed)
                row.picked = answering.pick(one.question, behaviour, ability, self._drawn)
                row.credit = answering.credit(one.question, row.picked)
            if row.picked is not None:
                row.answered_at = attempt.started_at + timedelta(seconds=seconds)
            self.answers.append(row)
        return seconds


def _row(attempt: Attempt, place: int, one: Drawn) -> Answer:
    return Answer(
        attempt=attempt,
        position=place,
        version_id=one.question.digest,
        order=list(one.order),
        is_scored=one.is_scored,
    )


def _seconds(drawn: Random) -> int:
    return drawn.randint(*answering.SECONDS)
