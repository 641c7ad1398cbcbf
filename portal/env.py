"""Reads settings from the environment and stops the start with one sentence when a value is bad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


class BadSettingError(SystemExit):
    """A setting cannot be used. Ends the process with the sentence, without a traceback."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it was declared where it is read: what a table of all settings shows.

    A default that differs from machine to machine is told in words, in parentheses.
    """

    name: str
    default: str
    meaning: str
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Env:
    """The environment, read as typed values. An empty value counts as not set.

    Reading a setting declares it: `declared` tells all of them, in the order they were read.
    """

    values: Mapping[str, str]
    declared: dict[str, Setting] = field(default_factory=dict, compare=False)

    def text(self, name: str, default: str = "", *, meaning: str) -> str:
        self.declare(name, default, meaning)
        return self.given(name) or default

    def given(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def declare(self, name: str, default: object, meaning: str, *, is_secret: bool = False) -> None:
        self.declared[name] = Setting(name, str(default), meaning, is_secret)

    def words(self, name: str, default: tuple[str, ...] = (), *, meaning: str) -> tuple[str, ...]:
        self.declare(name, ",".join(default), meaning)
        value = self.given(name)
        return tuple(word.strip() for word in value.split(",") if word.strip()) or default

    def flag(self, name: str, *, default: bool, meaning: str) -> bool:
        self.declare(name, str(default).lower(), meaning)
        value = self.given(name).lower()
        if not value:
            return default
        if value not in TRUE | FALSE:
            raise self.bad(name, "true or false")
        return value in TRUE

    def integer(self, name: str, default: int, *, least: int, most: int, meaning: str) -> int:
        self.declare(name, default, meaning)
        value = self.given(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise self.bad(name, f"a whole number from {least} to {most}")
        return int(value)

    def choice(self, name: str, default: str, options: tuple[str, ...], *, meaning: str) -> str:
        value = self.text(name, default, meaning=meaning)
        if value not in options:
            raise self.bad(name, "one of " + ", ".join(options))
        return value

    def folder(
        self, name: str, default: Path, *, shown: str, meaning: str, must_exist: bool = False
    ) -> Path:
        """Return an absolute path; `shown` says the default in words that hold everywhere."""
        self.declare(name, shown, meaning)
        path = Path(self.given(name) or default).expanduser()
        if not path.is_absolute() or (must_exist and not path.is_dir()):
            kind = "the absolute path of an existing folder" if must_exist else "an absolute path"
            raise BadSettingError(f"{name} is {str(path)!r}; it should be {kind}.")
        return path

    def secret(self, name: str, *, meaning: str, shown: str = "") -> str:
        """Return NAME, or what stands in the file that NAME_FILE points at, or an empty text.

        `shown` says in words what the site does without it.
        """
        self.declare(name, shown, meaning, is_secret=True)
        file_name = f"{name}_FILE"
        path = self.given(file_name)
        if not path:
            return self.given(name)
        if self.given(name):
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
        return BadSettingError(f"{name} is {self.given(name)!r}; it should be {wanted}.")
