"""The pictures a course shows: on disk, inside its folder, and small enough."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from content.catalog.draft import Draft
from content.catalog.files import FileError, MissingFileError, read_bytes
from content.catalog.problems import Problem
from content.rendering.model import Reference


class Pictures:
    """Reads every picture once. `digests` holds the sha256 of those that can be shown."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.digests: dict[str, str] = {}
        self._folder = folder
        self._root = root
        self._faults: dict[str, FileError | None] = {}

    def problems(self, drafts: Iterable[Draft]) -> Iterator[Problem]:
        """Yield what is wrong with the pictures the chapters show."""
        for draft in drafts:
            for image in draft.page.images if draft.page else ():
                fault = self._fault(image)
                if fault is not None:
                    what = f"the picture {image.target} {fault.what}"
                    yield draft.problem(image.line, what, fault.mend)

    def _fault(self, image: Reference) -> FileError | None:
        if image.target not in self._faults:
            self._faults[image.target] = self._read(image.target)
        return self._faults[image.target]

    def _read(self, target: str) -> FileError | None:
        try:
            data = read_bytes(self._folder / target, self._root)
        except MissingFileError:
            return FileError("is not there", "put the file into images, or correct its name")
        except FileError as error:
            return error
        self.digests[target] = hashlib.sha256(data).hexdigest()
        return None
