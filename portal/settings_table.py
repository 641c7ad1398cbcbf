"""All settings in one table of Markdown, as they are declared where they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings

from labs.sandbox_settings import DECLARED as PRACTICE_ACCOUNT
from portal import server
from portal.env import Env, Setting

BEGIN = "<!-- settings: written by manage.py settings_table -->"
END = "<!-- end of settings -->"


class NoMarkersError(Exception):
    """The text does not say where the table stands."""


def groups() -> dict[str, list[Setting]]:
    """Return every setting there is, by who reads it; none is in two groups."""
    asked = Env({})
    server.read(asked)
    practice = [Setting(name, *told) for name, told in PRACTICE_ACCOUNT.items()]
    return {
        "Site": list(settings.SETTINGS_DECLARED.values()),
        "Server": list(asked.declared.values()),
        "Practice account": practice,
    }


def names() -> Iterator[str]:
    """Return every name that may stand in the environment, those of files with secrets as well."""
    for group in groups().values():
        for setting in group:
            yield setting.name
            if setting.is_secret:
                yield f"{setting.name}_FILE"


def table() -> str:
    """Return the table: a heading for each group, a row for each setting."""
    lines: list[str] = []
    for title, group in groups().items():
        lines += [f"| **{title}** | default | what for |", "|---|---|---|"]
        lines += [_row(setting) for setting in group]
        lines.append("")
    return "\n".join(lines)


def put_into(text: str) -> str:
    """Return a document with the table as it is now; raise NoMarkersError."""
    head, begin, rest = text.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not (begin and end):
        raise NoMarkersError
    return f"{head}{begin}\n{table()}{end}{tail}"


def _row(setting: Setting) -> str:
    file = ", `_FILE`" if setting.is_secret else ""
    return _cells(f"`{setting.name}`{file}", _default(setting.default), setting.meaning)


def _default(default: str) -> str:
    """Return values as code, and words as they are."""
    return default[1:-1] if default.startswith("(") else f"`{default}`" if default else ""


def _cells(*cells: str) -> str:
    escaped: Iterable[str] = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
