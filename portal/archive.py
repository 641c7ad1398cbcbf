"""The file a backup is: a ZIP of one text a table and a manifest that says what must be in them."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from portal.tables import Tally

FORMAT, FORMAT_VERSION = "gantry-backup", 1
MANIFEST = "manifest.json"
LEVEL = 6
LARGEST_MANIFEST = 8 * 1024 * 1024
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError)


class UnusableArchive(Exception):  # noqa: N818 - said as the command tells it
    """The file is no backup, or not a whole one. The message says which."""


class Table(msgspec.Struct, frozen=True):
    label: str
    columns: list[str]
    rows: int
    sum: str

    @property
    def member(self) -> str:
        return f"tables/{self.label}.jsonl"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    format_version: int
    version: str
    taken_at: str
    database: str
    migrations: list[tuple[str, str]]
    tables: list[Table]


class Writer:
    """Takes tables one by one; the manifest goes in last."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.tables: list[Table] = []

    def add(self, label: str, columns: list[str], lines: Iterable[str]) -> None:
        tally = Tally()
        with self.archive.open(f"tables/{label}.jsonl", "w", force_zip64=True) as file:
            for line in tally.passing(lines):
                file.write(f"{line}\n".encode())
        self.tables.append(Table(label, columns, tally.rows, tally.sum))

    def finish(self, manifest: Manifest) -> None:
        self.archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write a file that only its owner reads; it has its name only once it is whole and on disk."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a rename, never takes the place of another file
    finally:
        draft.unlink(missing_ok=True)


class Reader:
    """An archive whose every line has been read and agrees with its manifest."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.archive, self.manifest = archive, manifest

    def lines(self, table: Table) -> Iterator[str]:
        with self.archive.open(table.member) as file:
            for line in io.TextIOWrapper(file, "utf-8", newline="\n"):
                yield line.removesuffix("\n")


@contextmanager
def reading(path: Path, accept: Callable[[Manifest], None]) -> Iterator[Reader]:
    """Open a backup; `accept` may refuse its manifest. Raises UnusableArchive before it yields."""
    try:
        archive = zipfile.ZipFile(path)
    except (*DAMAGED, OSError) as error:
        raise UnusableArchive(
            f"{path} is not a whole backup of Gantry ({error}); copy it again, or take another."
        ) from error
    with archive:
        manifest = _manifest(path, archive)
        accept(manifest)
        reader = Reader(archive, manifest)
        for table in manifest.tables:
            _compare(path, reader, table)
        yield reader


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    foreign = f"{path} is not a backup of Gantry; take one that `manage.py backup` wrote."
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise UnusableArchive(foreign)
        text = archive.read(MANIFEST)
        kind = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        version = msgspec.json.decode(kind["format_version"], type=int)
        is_ours = msgspec.json.decode(kind["format"]) == FORMAT
        if is_ours and version > FORMAT_VERSION:
            raise UnusableArchive(
                f"{path} was written by a newer Gantry; restore it with that one, or upgrade."
            )
        manifest = msgspec.json.decode(text, type=Manifest)
    except (KeyError, msgspec.DecodeError) as error:
        raise UnusableArchive(foreign) from error
    except DAMAGED as error:
        raise UnusableArchive(f"{path} is damaged ({error}); take another backup.") from error
    members = sorted([MANIFEST, *(table.member for table in manifest.tables)])
    if not is_ours or sorted(archive.namelist()) != members:
        raise UnusableArchive(foreign)
    return manifest


def _compare(path: Path, reader: Reader, table: Table) -> None:
    tally = Tally()
    try:
        for line in reader.lines(table):
            tally.add(line)
    except DAMAGED as error:
        raise UnusableArchive(
            f"{path} is damaged in {table.label} ({error}); take another backup."
        ) from error
    if (tally.rows, tally.sum) != (table.rows, table.sum):
        raise UnusableArchive(
            f"{path} is damaged: {table.label} is not what its manifest says; take another backup."
        )
