"""Runs blocks of a chapter as a reader would: in a terminal, one after the other, on an AWS."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from labs.sandbox_client import Keys
from tests.course.blocks import Block
from tests.labs.sandbox.process import running

STAND_INS = Path(__file__).with_name("stand_ins")
REGION = "ap-northeast-1"
OUTPUT_LIMIT_KIB = 1024
LINES_SHOWN = 25

_MARK = "=== block "


class ExerciseError(Exception):
    """The commands stopped before the end; the message names the block and shows its last words."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a terminal has shown, with a mark before each block."""

    text: str

    @property
    def last_block(self) -> str:
        return self.text.rpartition(_MARK)[2].partition("\n")[0] or "(before the first block)"

    def of(self, title: str) -> str:
        """Return what one block printed."""
        for part in self.text.split(_MARK)[1:]:
            heading, _, printed = part.partition("\n")
            if heading.partition(" ")[2] == title:
                return printed
        raise LookupError(f"no block {title} was run")


@dataclass(frozen=True, slots=True)
class Session:
    """An AWS of one's own, an empty home, and terminals that know only these."""

    address: str
    keys: Keys
    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of ours: no settings, no programs but the system's and the stand-ins."""
        tools = Path(sys.executable).parent
        return {
            "HOME": str(self.home),
            "TMPDIR": str(self.folder),
            "PATH": f"{STAND_INS}:{tools}:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": self.keys.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.keys.secret_access_key,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
        }

    def run(self, blocks: Iterable[Block], *, limit: float) -> Transcript:
        """Run the blocks in one new terminal, at most `limit` seconds; raise ExerciseError."""
        script, shown = self.folder / "script.sh", self.folder / "shown.txt"
        script.write_text(_script(blocks), encoding="utf-8")
        status = self._shell(script, shown, limit)
        transcript = Transcript(shown.read_text(encoding="utf-8", errors="replace"))
        if status != 0:
            raise ExerciseError(self._failure(transcript, status, limit))
        return transcript

    def _shell(self, script: Path, shown: Path, limit: float) -> int | None:
        with (
            shown.open("wb") as output,
            subprocess.Popen(
                ["bash", "--noprofile", "--norc", "-euo", "pipefail", script],
                cwd=self.home,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            ) as shell,
        ):
            try:
                return shell.wait(limit)
            except subprocess.TimeoutExpired:
                return None
            finally:
                # Everything the script started is in its group, also what it left running.
                with suppress(ProcessLookupError):
                    os.killpg(shell.pid, signal.SIGKILL)

    def _failure(self, transcript: Transcript, status: int | None, limit: float) -> str:
        how = f"took more than {limit:g} s" if status is None else f"ended with status {status}"
        log = (self.folder / "sandbox.log").read_text(encoding="utf-8", errors="replace")
        shown = "\n".join(transcript.text.splitlines()[-LINES_SHOWN:])
        said = "\n".join(log.splitlines()[-LINES_SHOWN:]) or "nothing"
        return f"{transcript.last_block} {how}\n{shown}\nThe practice AWS logged: {said}"


@contextmanager
def practice_session(folder: Path) -> Iterator[Session]:
    """Start a practice account of one's own on a free port; it ends with the block."""
    with running(folder) as sandbox:
        session = Session(sandbox.address, sandbox.open_account("reader"), folder)
        session.home.mkdir()
        yield session


def _script(blocks: Iterable[Block]) -> str:
    parts = [f"ulimit -f {OUTPUT_LIMIT_KIB}"]
    for block in blocks:
        parts += [f"echo {shlex.quote(f'{_MARK}{block.id} {block.title}')}", block.text]
    return "\n".join(parts) + "\n"
