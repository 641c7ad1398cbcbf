"""Rules for small JSON documents that no model of botocore describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Document = Any  # whatever JSON can hold

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
EVENT_FIELDS = frozenset(
    {
        "version",
        "id",
        "detail-type",
        "source",
        "account",
        "time",
        "region",
        "resources",
        "detail",
        "$or",
    }
)
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
EVENT_OPERATORS = frozenset(
    {
        "prefix",
        "suffix",
        "anything-but",
        "numeric",
        "exists",
        "equals-ignore-case",
        "wildcard",
        "cidr",
    }
)
_WIDGETS = frozenset({"metric", "log", "text", "alarm", "explorer"})
_IMAGE = re.compile(r"[\w./:@<>-]+")


def event_pattern_faults(document: Document) -> list[str]:
    """Return what is wrong with a pattern of EventBridge."""
    unknown = [f"an event has no field {name!r}" for name in document if name not in EVENT_FIELDS]
    return [*unknown, *_pattern(document, "pattern")]


def _pattern(node: Document, where: str) -> Iterator[str]:
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from _pattern(inner, f"{where}.{name}")
    elif not isinstance(node, list) or not node:
        yield f"{where}: a pattern's leaf is a list of what may match, in brackets"
    else:
        for one in node:
            yield from _matcher(one, where)


def _matcher(one: Document, where: str) -> Iterator[str]:
    if isinstance(one, dict) and where.endswith(".$or"):
        yield from _pattern(one, where)
    elif isinstance(one, dict):
        for name in one.keys() - EVENT_OPERATORS:
            yield f"{where}: EventBridge has no operator {name!r}"
    elif isinstance(one, list):
        yield f"{where}: a list inside a list matches nothing"


def dashboard_faults(document: Document) -> list[str]:
    """Return what is wrong with the body of a CloudWatch dashboard."""
    found: list[str] = []
    for number, widget in enumerate(document["widgets"]):
        if widget.get("type") not in _WIDGETS:
            found.append(f"widgets[{number}]: {widget.get('type')!r} is no type of widget")
        if not isinstance(widget.get("properties"), dict):
            found.append(f"widgets[{number}]: a widget needs properties")
        if not 1 <= widget.get("x", 0) + widget.get("width", 6) <= 24:
            found.append(f"widgets[{number}]: the grid is 24 columns wide")
    return found


def image_definitions_faults(document: Document) -> list[str]:
    """Return what is wrong with the file of the pipeline's ECS standard action."""
    return [
        f"[{number}]: holds exactly name and imageUri"
        for number, one in enumerate(document)
        if one.keys() != {"name", "imageUri"} or not _IMAGE.fullmatch(one["imageUri"])
    ]


def image_detail_faults(document: Document) -> list[str]:
    """Return what is wrong with the file of the pipeline's CodeDeployToECS action."""
    known = {"ImageURI", "ImageSizeInBytes", "ImageDigest", "Version", "ImagePushedAt"}
    known |= {"RegistryId", "RepositoryName", "ImageTags"}
    return [f"{name!r} is no key of imageDetail.json" for name in document.keys() - known]
