"""Reads the files of labs/ into labs, or tells everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from content.catalog.decode import Found, Key, decode
from content.catalog.draft import Render
from content.catalog.labs.build import build, check_texts, lab_texts, slug_of
from content.catalog.labs.schema import CheckTable, LabFile
from content.catalog.labs_model import Lab
from content.catalog.manifest import Manifest
from content.catalog.problems import Problem, of_content, of_shape
from content.catalog.translations import untranslated
from content.catalog.validate import Drafts, Links

FOLDER = "labs"
STEM = re.compile(r"([0-9]{2}-)?[a-z][a-z0-9-]*")


@dataclass(slots=True)
class LabReading:
    """The labs of a course on their way; `problems` grow with every file."""

    manifest: Manifest
    drafts: Drafts
    render: Render
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, LabFile] = field(default_factory=dict)  # by stem
    texts: dict[str, str] = field(default_factory=dict)  # by path inside the course
    _checks: dict[str, str] = field(default_factory=dict)  # the path that has an id, by id
    _slugs: dict[str, str] = field(default_factory=dict)  # the path that has a slug, by slug

    @property
    def links(self) -> Links:
        return Links(self.manifest, self.drafts)

    def read_all(self, files: Mapping[str, tuple[str, str]]) -> None:
        """Read files by stem (the name without .toml): the path told to people, and the text."""
        for stem, (path, text) in files.items():
            self._read(stem, text, path)
        for stem, file in self.files.items():
            path, text = files[stem]
            self.problems += of_content(path, text, self._need_faults(stem, file, files.keys()))

    def labs(self) -> tuple[Lab, ...]:
        """Return the labs, numbered files first; call without faults."""
        return tuple(
            build(stem, self.files[stem], self.links, self.render) for stem in sorted(self.files)
        )

    def _read(self, stem: str, text: str, path: str) -> None:
        self.texts[f"{FOLDER}/{stem}.toml"] = text
        decoded = decode(text, LabFile)
        if decoded.table is None:
            self.problems += of_shape(path, decoded.faults)
            return
        self.files[stem] = decoded.table
        self.problems += of_content(path, text, self._name_faults(stem, path))
        self.problems += of_content(path, text, self._lab_faults(decoded.table))
        for place, table in enumerate(decoded.table.check):
            found = self._check_faults(table, path)
            moved = (Found(("check", place, *one.key), one.what, one.mend) for one in found)
            self.problems += of_content(path, text, moved)

    def _name_faults(self, stem: str, path: str) -> Iterator[Found]:
        if not STEM.fullmatch(stem):
            what = "the file's name cannot stand in an address"
            yield Found((), what, "rename it like 01-push-image.toml or cleanup.toml")
        first = self._slugs.setdefault(slug_of(stem), path)
        if first != path:
            what = f"{first} is a lab of the same name"
            yield Found((), what, "let them differ in more than the number")

    def _lab_faults(self, file: LabFile) -> Iterator[Found]:
        if not file.check:
            yield Found((), "the file has no check", "add a [[check]]")
        lab = file.lab
        places: list[tuple[Key, Mapping[str, str]]] = [
            (("title",), lab.title),
            (("summary",), lab.summary),
            (("cost",), lab.cost),
        ]
        missing = list(untranslated(places, self.manifest.languages))
        found = [*missing, *self._section_faults(lab.section)]
        if not missing:
            for language in self.manifest.languages:
                found += lab_texts(lab, language, self.render).faults()
        yield from (Found(("lab", *one.key), one.what, one.mend) for one in found)

    def _check_faults(self, table: CheckTable, path: str) -> Iterator[Found]:
        if table.id in self._checks:
            what = f"{self._checks[table.id]} has a check with the id {table.id} already"
            yield Found(("id",), what, "choose another id")
        self._checks[table.id] = path
        yield from self._section_faults(table.section)
        places: list[tuple[Key, Mapping[str, str]]] = [
            (("title",), table.title),
            (("why",), table.why),
            (("mend",), table.mend),
        ]
        missing = list(untranslated(places, self.manifest.languages))
        yield from missing
        yield from _command_faults(table.command or "")
        if not missing:
            for language in self.manifest.languages:
                yield from check_texts(table, language, self.render).faults()

    def _section_faults(self, section: str) -> Iterator[Found]:
        if not self.manifest.is_listing_whole:
            return
        fault = self.links.fault(section, stem="", language=self.manifest.languages[0])
        if fault:
            yield Found(("section",), *fault)

    def _need_faults(self, stem: str, file: LabFile, there: Iterable[str]) -> Iterator[Found]:
        key: Key = ("lab", "needs")
        for need in file.lab.needs:
            if need not in there:
                yield Found(key, f"there is no lab {need}", "name a file of labs/ without .toml")
        if stem in self._before(stem):
            yield Found(key, f"{stem} needs itself, perhaps by way of others", "break the circle")

    def _before(self, stem: str) -> set[str]:
        """Return all that has to be done before a lab, at any depth."""
        found: set[str] = set()
        ahead = [stem]
        while ahead:
            file = self.files.get(ahead.pop())
            needs = set(file.lab.needs) - found if file else set[str]()
            found |= needs
            ahead += needs
        return found


def _command_faults(command: str) -> Iterator[Found]:
    key: Key = ("command",)
    if "```" in command:
        yield Found(key, "the command holds a fence", "write the bare command")
    if any(line.startswith(("$ ", "> ")) for line in command.split("\n")):
        yield Found(key, "the command begins with a prompt", "write what is typed")
