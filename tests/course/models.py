"""Holds values against botocore's models: names, types, required members, ranges and choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

# The real botocore and s3transfer must be loaded before the AWS CLI, which brings older copies of
# both and makes the whole process use them where none is loaded yet.
import botocore.session
import s3transfer  # type: ignore[import-untyped]  # noqa: F401
from botocore import xform_name
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.validate import ParamValidator

_MISSING_ON_TOP = re.compile(r"Missing required parameter in input:")

# What botocore makes up for a member that only has to be different each time.
TOKEN = "00000000-0000-4000-8000-000000000000"


@cache
def session() -> botocore.session.Session:
    """Return the session that every check shares."""
    return botocore.session.Session()


@cache
def service(name: str) -> ServiceModel:
    """Return the model of a service by botocore's name for it."""
    return session().get_service_model(name)


@cache
def services() -> frozenset[str]:
    """Return every service botocore knows."""
    return frozenset(session().get_available_services())


@cache
def operation(service_name: str, command: str) -> OperationModel | None:
    """Return the operation behind a command of the AWS CLI: ("ecs", "run-task")."""
    if service_name not in services():
        return None
    model = service(service_name)
    names = (one for one in model.operation_names if xform_name(one, "-") == command)
    name = next(names, None)
    return model.operation_model(name) if name else None


def shape_at(service_name: str, operation_name: str, path: str = "") -> Shape:
    """Return a shape of an operation's input; in `path` "[]" leads into a list: "a.b[].c"."""
    shape = service(service_name).operation_model(operation_name).input_shape
    for step in filter(None, re.split(r"\.|(\[\])", path)):
        shape = shape.member if step == "[]" else shape.members[step]
    return shape


def faults(value: Any, shape: Shape) -> list[str]:  # Any: whatever the JSON holds
    """Return what is wrong with a value of this shape, one sentence each."""
    report = ParamValidator().validate(value, shape).generate_report()
    return [*filter(None, report.split("\n")), *_bad_choices(value, shape, shape.name)]


def fragment_faults(value: dict[str, Any], shape: Shape) -> list[str]:
    """Return what is wrong with some members of a structure; those left out are not missed."""
    return [fault for fault in faults(value, shape) if not _MISSING_ON_TOP.match(fault)]


def _bad_choices(value: Any, shape: Shape, where: str) -> Iterator[str]:
    """Yield values that the model's enumerations, patterns and lengths do not allow."""
    if shape.type_name == "structure" and isinstance(value, dict):
        for name in value.keys() & shape.members.keys():
            yield from _bad_choices(value[name], shape.members[name], f"{where}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for number, one in enumerate(value):
            yield from _bad_choices(one, shape.member, f"{where}[{number}]")
    elif shape.type_name == "map" and isinstance(value, dict):
        for name, one in value.items():
            yield from _bad_choices(one, shape.value, f"{where}.{name}")
    elif isinstance(value, str | int | float):
        yield from _bad_scalar(value, shape, where)


def _bad_scalar(value: str | float, shape: Shape, where: str) -> Iterator[str]:
    choices = getattr(shape, "enum", None)
    if choices and value not in choices:
        yield f"{where}: {value!r} is none of {', '.join(choices)}"
    limit = shape.metadata.get("max")
    size = len(value) if isinstance(value, str) else value
    if limit is not None and size > limit:
        yield f"{where}: {value!r} is over the model's maximum of {limit}"
