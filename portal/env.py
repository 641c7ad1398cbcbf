"""Reads settings from the environment and stops the start with one sentence when a value is bad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


class BadSettingError(SystemExit):
    """A setting cannot be used. Ends the process with the sentence, without a traceback."""


@dataclass(frozen=True, slots=True)
class Env:
    """The environment, read as typed values. An empty value counts as not set."""

    values: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def words(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.text(name)
        return tuple(word.strip() for word in value.split(",") if word.strip()) or default

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value not in TRUE | FALSE:
            raise self.bad(name, "true or false")
        return value in TRUE

    def integer(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise self.bad(name, f"a whole number from {least} to {most}")
        return int(value)

    def choice(self, name: str, default: str, options: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in options:
            raise self.bad(name, "one of " + ", ".join(options))
        return value

    def folder(self, name: str, default: Path, *, must_exist: bool = False) -> Path:
        path = Path(self.text(name, str(default))).expanduser()
        if not path.is_absolute() or (must_exist and not path.is_dir()):
            kind = "the absolute path of an existing folder" if must_exist else "an absolute path"
            raise BadSettingError(f"{name} is {str(path)!r}; it should be {kind}.")
        return path

    def secret(self, name: str) -> str:
        """Return NAME, or what stands in the file that NAME_FILE points at, or an empty text."""
        file_name = f"{name}_FILE"
        path = self.text(file_name)
        if not path:
            return self.text(name)
        if self.text(name):
            raise BadSettingError(f"{name} and {file_name} are both set; it should be only one.")
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSettingError(
                f"{file_name} is {path!r}; it should be a readable text file ({error})."
            ) from error
        if not value:
            raise BadSettingError(
                f"{file_name} is {path!r}, which is empty; it should hold {name}."
            )
        return value

    def bad(self, name: str, wanted: str) -> BadSettingError:
        return BadSettingError(f"{name} is {self.text(name)!r}; it should be {wanted}.")
