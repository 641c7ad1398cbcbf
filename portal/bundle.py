"""Serves the stylesheets in static/css, one a subject, as the one file css/site.css."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"


def joined(folder: Path) -> str:
    """Return the stylesheets of the folder in the order of their names.

    `00-layers.css` comes first and names the layers, so the order of the others does not matter.
    """
    sheets = sorted(folder.glob("*.css"))
    return "\n".join(f"/* {sheet.name} */\n{sheet.read_text('utf-8')}" for sheet in sheets)


class BundleFinder(BaseFinder):
    """Finds css/site.css: the same bytes in development, in tests and in collectstatic."""

    def __init__(self, app_names: object = None, *args: object, **kwargs: object) -> None:
        self.sources = Path(settings.BASE_DIR) / "static" / "css"
        self.folder = Path(tempfile.mkdtemp(prefix="gantry-css-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.storage = FileSystemStorage(location=self.folder)

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> Any:  # noqa: FBT001, FBT002 - Django's signature; Any: its own return
        if path != NAME:
            return [] if find_all else None
        found = str(self.written())
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        self.written()
        yield NAME, self.storage

    def written(self) -> Path:
        """Write the bundle if a stylesheet changed, whole or not at all, and return its path."""
        target, text = self.folder / NAME, joined(self.sources)
        if not target.exists() or target.read_text("utf-8") != text:
            target.parent.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self.folder, delete=False
            ) as draft:
                draft.write(text)
            Path(draft.name).chmod(0o644)
            Path(draft.name).replace(target)
        return target
