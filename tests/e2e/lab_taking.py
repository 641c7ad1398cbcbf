"""How a learner does a lab: connects the practice account, types in a terminal, verifies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.course.exercises.chapter import hands_on
from tests.course.exercises.session import STAND_INS

LABS = "/labs/aws-ecs-ecr"
PUSH_IMAGE = f"{LABS}/push-image/"
EXERCISE_1 = ("repository.sh", "build.sh", "scan.sh")
DELETE_IMAGE = "aws ecr batch-delete-image --repository-name handson-app --image-ids imageTag=v1"
LIMIT = 180  # seconds a few commands may take on a busy machine


@dataclass(frozen=True, slots=True)
class Terminal:
    """Terminals in one home, each opened with the lines of the page and the chapter's first."""

    home: Path
    exports: str

    def run(self, *commands: str) -> str:
        """Run commands in a new terminal that knows nothing else; return what they print."""
        script = "\n".join([self.exports, printed("session.sh"), *commands])
        tools = Path(sys.executable).parent
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-euo", "pipefail", "-c", script],
            cwd=self.home,
            env={
                "HOME": str(self.home),
                "PATH": f"{STAND_INS}:{tools}:{os.defpath}",
                "LANG": "C.UTF-8",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def do_exercise_1(self) -> None:
        self.run(*map(printed, EXERCISE_1))


def printed(title: str) -> str:
    """Return a listing of the chapter as it is printed."""
    return next(block.text for block in hands_on("en").exercises if block.title == title)


def connect_practice(page: Page, site: str) -> None:
    page.goto(f"{site}/labs/connection/?lang=en")
    page.get_by_role("button", name="Use the practice account").click()
    expect(page.locator("figure.code pre")).to_contain_text("export AWS_ENDPOINT_URL=")


def terminal_of(page: Page, home: Path) -> Terminal:
    """Open a terminal with the lines that stand on the page."""
    return Terminal(home, str(page.locator("figure.code pre").text_content()))


def verify(page: Page) -> None:
    """Press the button and wait for the new report."""
    page.locator("#report").evaluate("element => { element.dataset.old = '1' }")
    page.get_by_role("button", name="Verify my account").click()
    expect(page.locator("#report:not([data-old])")).to_be_visible()


def check(page: Page, words: str) -> Locator:
    return page.locator("#report details", has=page.locator("summary", has_text=words))


def report_says(page: Page, words: str) -> None:
    expect(page.locator("#report-title")).to_have_text(re.compile(words))


def console_errors(page: Page) -> list[str]:
    """Return a list that fills with what the page's console calls an error."""
    errors: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type == "error":
            errors.append(line.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors
