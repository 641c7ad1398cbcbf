"""From an empty account through chapter 9 as printed, with the labs looking on after each step.

The chapter is run here once for both: what the labs say of it, and whether it reaches its end.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from labs.aws.run import verify
from labs.aws.session import Access, Clients, Keys
from labs.checks.model import Verdict
from labs.checks.registry import CHECKS
from tests.course.blocks import COURSE, Block, a_block
from tests.course.exercises.account import QUESTIONS, holdings
from tests.course.exercises.chapter import hands_on
from tests.course.exercises.session import REGION, Session, Transcript, practice_session

pytestmark = pytest.mark.exercises

LIMIT = 420
COUNTS = "clean-8-check.sh"

# Where the chapter pauses, and what has been done by then.
STEPS = {
    "exercise-1": "prepared",
    "exercise-2": "push-image",
    "exercise-3": "cluster",
    "exercise-4": "task-definition",
    "exercise-5": "service",
    "exercise-6": "ecs-exec",
    "codedeploy": "native",
    "exercise-7": "blue-green",
    "clean-up": "auto-scaling",
}
DONE = list(STEPS.values())
# The chapter makes the task role with its policy beforehand, and names it in exercise 3.
EARLIER = dict.fromkeys(("exec-task-role", "exec-permissions"), "task-definition")
# Who went the native way of exercise 6 is not asked for the parts of CodeDeploy.
CODEDEPLOY = ("bg-app", "bg-dg-style", "bg-dg-lb")

Seen = Mapping[str, Verdict]  # by check


@dataclass(frozen=True, slots=True)
class Journey:
    """What there was to see, by what had just been done, and what the terminals showed."""

    seen: Mapping[str, Seen]
    shown: Transcript
    made: Mapping[str, list[str]]
    cleaned: Transcript
    left: Mapping[str, list[str]]
    is_folder_left: bool


def test_each_step_of_the_course_turns_its_checks(tmp_path):
    chapter = hands_on("ja")
    with practice_session(tmp_path) as session:
        went = travel(session)

    assert not wrong(went.seen), "\n".join(wrong(went.seen))
    assert "None" not in went.shown.text, "a variable holds nothing"
    assert went.shown.of("lower-minimum.sh").strip() == "2"
    assert went.made.keys() == {*QUESTIONS, "services"}, "the clean-up had less to do"
    assert went.cleaned.of(COUNTS).strip() == chapter.printed_after(COUNTS).strip()
    assert went.left == {}
    assert not went.is_folder_left


def travel(session: Session) -> Journey:
    """Do all exercises in one terminal, and clean up in another; look at every step."""
    chapter = hands_on("ja")
    *parts, _ = chapter.parts(*STEPS)
    with looking(session) as look:
        seen = {"nothing": look()}
        pauses = [Pause(session.folder, done) for done in DONE]
        blocks = [
            one for part, pause in zip(parts, pauses, strict=True) for one in (*part, pause.block)
        ]
        with under_way(session, blocks, pauses) as terminal:
            for pause in pauses:
                pause.reach(terminal)
                seen[pause.name] = look()
                pause.end()
        made = holdings(session)
        cleaned = session.run(chapter.clean_up, limit=LIMIT)
        seen["cleanup"] = look()
    is_folder_left = (session.home / "ecs-handson").exists()
    return Journey(seen, terminal.result(), made, cleaned, holdings(session), is_folder_left)


@contextmanager
def looking(session: Session) -> Iterator[Callable[[], Seen]]:
    """Yield what a learner's button does, for all labs at once."""
    keys = Keys(access_key=session.keys.access_key_id, secret_key=session.keys.secret_access_key)
    with Clients(Access(region=REGION, keys=keys, endpoint=session.address)) as clients:
        yield lambda: {one.check: one for one in verify(CHECKS.values(), clients).verdicts}


@dataclass(frozen=True, slots=True)
class Pause:
    """A place at which the terminal waits for the test."""

    folder: Path
    name: str

    @property
    def block(self) -> Block:
        reached, ended = self._files
        text = f"touch '{reached}'\nuntil [ -e '{ended}' ]; do sleep 0.05; done"
        return a_block(text, title=f"pause after {self.name}")

    def reach(self, terminal: Future[Transcript]) -> None:
        """Wait until the terminal is here; raise ExerciseError when it stopped before."""
        while not self._files[0].exists():
            if terminal.done():
                terminal.result()
                raise AssertionError(f"the terminal never came to {self.name}")
            time.sleep(0.05)

    def end(self) -> None:
        self._files[1].touch()

    @property
    def _files(self) -> tuple[Path, Path]:
        return self.folder / f"{self.name}.reached", self.folder / f"{self.name}.ended"


@contextmanager
def under_way(
    session: Session, blocks: Iterable[Block], pauses: Iterable[Pause]
) -> Iterator[Future[Transcript]]:
    """Run the blocks in the background; at the end no pause holds them back."""
    with ThreadPoolExecutor(1) as pool:
        try:
            yield pool.submit(session.run, blocks, limit=LIMIT)
        finally:
            for pause in pauses:
                pause.end()


def levels() -> dict[str, str]:
    """Return how much each check of each lab matters, by the check."""
    files = (COURSE / "labs").glob("*.toml")
    tables = [tomllib.loads(one.read_text("utf-8")) for one in files]
    return {check["id"]: check["level"] for table in tables for check in table["check"]}


def wrong(seen: Mapping[str, Seen]) -> list[str]:
    """Return where a check could not tell, or a required one did not say what it must."""
    level = levels()
    return [
        f"after {done}: {verdict}"
        for done, verdicts in seen.items()
        for check, verdict in verdicts.items()
        if verdict.status == "unknown"
        or (level[check] == "required" and verdict.status not in wanted(check, done))
    ]


def wanted(check: str, done: str) -> set[str]:
    """Return what a required check may say after a step."""
    lab = CHECKS[check].lab
    if lab == "cleanup":
        begun = {"pass"} if done in {"nothing", "cleanup"} else {"pass", "fail"}
        return {"fail"} if done == DONE[-1] else begun
    if lab not in DONE:  # of a later chapter
        return {"fail", "skip"}
    if check in CODEDEPLOY and done == "native":
        return {"skip"}
    native = "native" if lab == "blue-green" and check not in CODEDEPLOY else lab
    first = DONE.index(EARLIER.get(check, native))
    return {"pass"} if done in DONE[first:] else {"fail", "skip"}
