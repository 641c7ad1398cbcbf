"""Keeps rendered pages on disk, so that a second start renders no Markdown."""

from __future__ import annotations

import hashlib
import logging
import re
import tempfile
from importlib.metadata import version
from pathlib import Path

import msgspec

from content import rendering
from content.catalog.draft import Render
from content.rendering.model import Html, Page

logger = logging.getLogger(__name__)

# A new sanitiser or highlighter must reach pages that are already kept.
TOOLS = ("markdown", "nh3", "pygments", "pymdown-extensions", "wcwidth")
NAME = re.compile(r"[0-9a-f]{64}\.msgpack")


class PageStore:
    """Renders like `render`, unless the page is already kept in `folder`.

    Pages are found by a hash of their source: whoever writes a course decides what is kept for
    that very text, and for no other. Without a folder to write to, pages are rendered each time.
    `shipped` may hold pages that came with the release; it is only read.
    """

    def __init__(self, folder: Path, render: Render, shipped: Path | None = None) -> None:
        self._folder = folder
        self._folders = [folder] if shipped is None else [shipped, folder]
        self._render = render
        self._made_by = "\0".join((rendering.VERSION, *(version(tool) for tool in TOOLS)))
        self._used: set[str] = set()
        self._is_told = False

    def __call__(self, source: str, *, language: str, prefix: str = "d") -> Page:
        seed = f"{self._made_by}\0{language}\0{prefix}\0{source}"
        key = hashlib.sha256(seed.encode()).hexdigest()
        name = f"{key}.msgpack"
        self._used.add(name)
        for folder in self._folders:
            kept = self._read(folder / name)
            if kept is not None:
                return kept
        page = self._render(source, language=language, prefix=prefix)
        self._write(self._folder / name, page)
        return page

    def forget_unused(self) -> None:
        """Remove the pages that nobody asked for since this store was made."""
        try:
            for path in self._folder.iterdir():
                if NAME.fullmatch(path.name) and path.name not in self._used:
                    path.unlink(missing_ok=True)
        except FileNotFoundError:
            return  # nothing was kept: all pages came with the release
        except OSError as error:
            self._tell(self._folder, error)

    def _read(self, path: Path) -> Page | None:
        try:
            return msgspec.msgpack.decode(path.read_bytes(), type=Page, dec_hook=_from_text)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:  # msgspec's errors are ValueErrors
            self._tell(path, error)
            return None

    def _write(self, path: Path, page: Page) -> None:
        """Write beside the place and rename: nobody ever reads half a page."""
        draft: Path | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                draft = Path(file.name)
                file.write(msgspec.msgpack.encode(page, enc_hook=_to_text))
            draft.chmod(0o644)  # commands are often run by another user than the site
            draft.replace(path)
        except OSError as error:
            if draft is not None:
                draft.unlink(missing_ok=True)
            self._tell(path, error)

    def _tell(self, path: Path, error: Exception) -> None:
        """Log the first trouble only: the next page would have the same."""
        if not self._is_told:
            self._is_told = True
            logger.warning("Rendered anew, the kept page cannot be used: %s: %s", path, error)


def _to_text(value: object) -> str:
    assert isinstance(value, Html), "all else a page holds is known to msgspec"
    return str(value)


def _from_text(kind: type, value: object) -> Html:
    if not isinstance(value, str):
        raise TypeError(f"a {kind.__name__} cannot be made of a {type(value).__name__}")
    return Html(value)
