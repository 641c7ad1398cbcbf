"""Reads the files of a course, and nothing that lies outside its folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

MAX_BYTES = 2 * 1024 * 1024
MARK = "\ufeff"  # byte order mark, which some editors put in front of UTF-8


class FileError(Exception):
    """A file cannot be used: what is wrong, how to mend it, the line when it is known."""

    def __init__(self, what: str, mend: str, line: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.line = line


class MissingFileError(FileError):
    """There is no such file."""


def shown(name: str) -> str:
    """Return a file's name so that it can be printed, whatever bytes it is made of."""
    return name.encode(errors="replace").decode()


def is_inside(path: Path, root: Path) -> bool:
    """Tell whether `path`, with its links followed, lies in `root` (itself without links)."""
    # realpath, not resolve(): twice as quick, and links in circles are no exception.
    return os.path.realpath(path).startswith(str(root).rstrip(os.sep) + os.sep)


def read_bytes(path: Path, root: Path) -> bytes:
    """Return a file's bytes, or raise FileError; a large file is refused before it is read."""
    if not is_inside(path, root):
        raise FileError("leads outside the course folder", "put the file itself here, not a link")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FileError("is not a file", "put a file here")
        if status.st_size > MAX_BYTES:
            size = f"{status.st_size / 1024 / 1024:.1f} MB"
            raise FileError(f"is too large ({size})", "make it smaller: 2 MB is the most")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFileError("is missing", "add the file") from None
    except OSError as error:
        raise FileError(
            f"cannot be read ({error.strerror})", "let the user that runs the portal read it"
        ) from None


def read_text(path: Path, root: Path) -> str:
    r"""Return a file's text with `\n` line ends, or raise FileError."""
    data = read_bytes(path, root)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"is not UTF-8 text: byte {error.start + 1} is 0x{data[error.start]:02X}"
        raise FileError(what, "save the file as UTF-8", line) from None
    return text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")


def toml_in(folder: Path, root: Path) -> Iterator[Path]:
    """Yield every TOML file directly in `folder`; none when there is no such folder."""
    if folder.is_dir() and is_inside(folder, root):
        for path in folder.iterdir():
            if path.suffix == ".toml" and not path.name.startswith("."):
                yield path


def markdown_below(folder: Path, root: Path) -> Iterator[Path]:
    """Yield every Markdown file below `folder`, links to folders not followed."""
    if not is_inside(folder, root):
        return
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith((".md", ".markdown")) and not name.startswith("."):
                yield Path(where) / name
