"""Gives properties of the template to the API behind them, by botocore's models."""

from __future__ import annotations

from typing import Any

from botocore.model import Shape

from tests.course import models
from tests.deploy.template import Node


def typed(value: Node, shape: Shape) -> Node:
    """Return a value as the API has it: CloudFormation takes every scalar as a text as well."""
    if isinstance(value, dict) and shape.type_name == "structure":
        return {
            name: typed(one, shape.members[name]) if name in shape.members else one
            for name, one in value.items()
        }
    if isinstance(value, list) and shape.type_name == "list":
        return [typed(one, shape.member) for one in value]
    if shape.type_name == "boolean" and value in {"true", "false"}:
        return value == "true"
    return int(value) if shape.type_name == "integer" else value


def asked(service: str, operation: str, value: dict[str, Node]) -> tuple[dict[str, Any], list[str]]:
    """Return a request and what the model of the service says against it."""
    shape = models.shape_at(service, operation)
    request: dict[str, Any] = typed(value, shape)
    return request, models.faults(request, shape)
