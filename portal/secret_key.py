"""Makes and keeps a secret key outside the repository, for sites that were given none."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from portal.env import BadSettingError

LEAST = 50  # characters, as Django asks of a key


def kept_in(folder: Path) -> str:
    """Return the key kept in `folder`; make it (readable by its owner only) when there is none."""
    path = folder / "secret_key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _make(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettingError(
            f"PORTAL_DATA_DIR is {str(folder)!r}; it should be a folder we can write to ({error})."
        ) from error
    if not key:
        raise BadSettingError(f"{path} is empty; delete it and start again, a new key is made.")
    return key


def _make(path: Path) -> None:
    """Write a new key under a name of its own and link it into place: the first process wins."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123 - the mode must hold from the first byte
        file.write(secrets.token_urlsafe(LEAST))
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
