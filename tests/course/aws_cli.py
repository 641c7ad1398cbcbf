"""Lets the real AWS CLI read a command: it parses and converts everything and sends nothing."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any
from unittest import mock

from tests.course import (
    models,
    queries,
)  # first: it loads the real botocore before awscli brings its own

# isort: split
from awscli import clidriver, paramfile
from awscli.customizations import waiters
from awscli.customizations.commands import BasicCommand
from awscli.customizations.ecs import executecommand

# Commands and options that only version 2 has; the library is version 1.
V2_COMMANDS: Mapping[tuple[str, str], str] = {
    ("logs", "tail"): (
        "--since --filter-pattern --format --log-stream-names --log-stream-name-prefix --follow"
    ),
    ("sso", "login"): "--no-browser",
    ("configure", "sso"): "",
}
V2_GLOBALS = "--region --profile --output --query"
V2_OPTIONS = {"--no-cli-pager": 0, "--cli-binary-format": 1}

_CHOICES = re.compile(r"Invalid choice, valid choices are:.*?(?=Invalid choice:|\Z)", re.DOTALL)

# Whatever in the CLI would send a request.
_CALLERS = (
    clidriver.CLIOperationCaller,
    waiters.WaiterCaller,
    executecommand.ExecuteCommandCaller,
)

_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "example",
    "AWS_SECRET_ACCESS_KEY": "example",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True, slots=True)
class Call:
    """A request the CLI would have sent."""

    service: str
    operation: str
    parameters: Mapping[str, Any]  # whatever the operation takes
    query: dict[str, Any] | None = None  # jmespath's tree of --query


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command: why the CLI refused it, or what it would have sent."""

    faults: tuple[str, ...]
    calls: tuple[Call, ...]


class UnknownFileError(paramfile.ResourceLoadingError):  # type: ignore[misc]  # untyped base
    """A command reads a file that no block of the chapter shows."""


def read_command(words: Sequence[str], files: Mapping[str, str]) -> Outcome:
    """Return what the AWS CLI makes of `words`, without the leading "aws".

    `files` are the contents of what may stand behind file://, by name.
    """
    named = {word.rpartition("/")[2] for word in words if "://" in word}
    return _read(tuple(words), tuple((name, files[name]) for name in named & files.keys()))


@cache
def _read(words: tuple[str, ...], files: tuple[tuple[str, str], ...]) -> Outcome:
    known = V2_COMMANDS.get((words[0], words[1])) if len(words) > 1 else None
    if known is not None:
        return Outcome(tuple(_read_v2(words[2:], known)), ())
    _FILES.clear()
    _FILES.update(files)
    calls: list[Call] = []
    errors = io.StringIO()
    # A skeleton is made for every operation that the driver has seen: show it only this one.
    driver = _new_driver() if "--generate-cli-skeleton" in words else _driver()
    with _nothing_sent(calls), contextlib.redirect_stderr(errors):
        try:
            code = driver.main(_without_v2_options(words))
        except SystemExit as stop:
            code = stop.code
    if code:
        return Outcome((_said(errors.getvalue()) or f"the CLI ends with {code}",), tuple(calls))
    return Outcome(tuple(fault for call in calls for fault in _model_faults(call)), tuple(calls))


def _said(text: str) -> str:
    """Return the error in one line, without the usage and the list of all that is allowed."""
    behind_usage = text.rpartition("<subcommand> help\n")[2]
    told = _CHOICES.sub("Invalid choice. ", behind_usage.rpartition("error: ")[2])
    return " ".join(told.split())


# What stands behind file:// for the command that is being read.
_FILES: dict[str, str] = {}


def _file(prefix: str, path: str, **_: str) -> str | bytes:
    name = path.removeprefix(prefix).rpartition("/")[2]
    if name not in _FILES:
        raise UnknownFileError(f"{path}: no block of the chapter above or below is titled {name}")
    return _FILES[name].encode() if prefix == "fileb://" else _FILES[name]


@cache
def _driver() -> Any:  # Any: awscli has no types
    return _new_driver()


def _new_driver() -> Any:
    paramfile.LOCAL_PREFIX_MAP.update({"file://": (_file, {}), "fileb://": (_file, {})})
    with mock.patch.dict(os.environ, _ENVIRONMENT):
        driver = clidriver.create_clidriver()
    driver.session.set_stream_logger = lambda *_, **__: None
    # Told of every command, the plugins would register once more each time.
    emit, told = driver._emit_session_event, list[bool]()
    driver._emit_session_event = lambda parsed: None if told else told.append(not emit(parsed))
    return driver


def _model_faults(call: Call) -> list[str]:
    model = models.service(call.service).operation_model(call.operation)
    asked = queries.query_faults(call.query, model.output_shape) if call.query else []
    if model.input_shape is None:
        return asked
    # botocore makes these up itself where they are left out.
    tokens = dict.fromkeys(model.idempotent_members, models.TOKEN)
    return asked + models.faults({**tokens, **call.parameters}, model.input_shape)


@contextlib.contextmanager
def _nothing_sent(calls: list[Call]) -> Iterator[None]:
    """Stand in for everything that would talk to AWS, and note what it was asked to do."""

    def invoke(
        _: object, service: str, operation: str, parameters: Any, parsed_globals: Any
    ) -> int:
        sent = {name: one for name, one in parameters.items() if name != "PaginationConfig"}
        query = parsed_globals.query
        calls.append(Call(service, operation, sent, query.parsed if query else None))
        return 0

    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, _ENVIRONMENT))
        # A text in backticks without quotes is old jmespath, and common in commands.
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        for caller in _CALLERS:
            stack.enter_context(mock.patch.object(caller, "invoke", invoke))
        stack.enter_context(mock.patch.object(BasicCommand, "__call__", _parsing_only()))
        # A shortened option works until AWS adds another one that begins alike.
        shortened = mock.patch.object(
            argparse.ArgumentParser, "_get_option_tuples", return_value=[]
        )
        stack.enter_context(shortened)
        yield


def _parsing_only() -> Callable[..., Any]:
    """Return what a command written by hand (`ecs deploy`, `s3 cp`) is called with here."""
    original = BasicCommand.__call__

    def call(self: Any, args: list[str], parsed_globals: SimpleNamespace) -> Any:
        is_group = bool(self.SUBCOMMANDS) or isinstance(self, waiters.WaitCommand)
        if not is_group or self.NAME == "configure":
            self._run_main = lambda *_: 0
        return original(self, args, parsed_globals)

    return call


def _without_v2_options(words: Sequence[str]) -> list[str]:
    kept: list[str] = []
    rest = iter(words)
    for word in rest:
        if word not in V2_OPTIONS:
            kept.append(word)
        elif V2_OPTIONS[word]:
            next(rest, None)
    return kept


def _read_v2(words: Sequence[str], options: str) -> Iterator[str]:
    """Yield the options that are not in the table."""
    known = {*options.split(), *V2_GLOBALS.split()}
    for word in words:
        if word.startswith("--") and word not in known:
            yield f"Unknown options: {word}"
