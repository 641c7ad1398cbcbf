"""Holds a `--query` against the shape of the answer it is asked of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from botocore.model import Shape

Node = dict[str, Any]  # a node of jmespath's tree

# Nodes whose parts are read one after the other, each from what the one before gave.
_CHAINS = frozenset({"subexpression", "index_expression", "pipe"})


@dataclass(frozen=True, slots=True)
class _List:
    """A list that a projection made; `member` is None where nobody can tell."""

    member: _Answer


_Answer: TypeAlias = Shape | _List | None


def query_faults(tree: Node, answer: Shape) -> list[str]:
    """Return the fields that a query names and the answer does not have."""
    walk = _Walk([])
    walk.of(tree, answer)
    return walk.faults


@dataclass(frozen=True, slots=True)
class _Walk:
    faults: list[str]

    def of(self, node: Node, shape: _Answer) -> _Answer:
        """Return the shape of what a node gives; None where it cannot be told."""
        kind, children = node["type"], node["children"]
        if kind in _CHAINS:
            for child in children:
                shape = self.of(child, shape)
            return shape
        if kind in {"current", "identity", "slice"}:
            return _List(_member(shape)) if kind == "slice" else shape
        if kind == "field":
            return self.field(node["value"], shape)
        if kind == "index":
            return _member(shape)
        return self.projected(node, shape)

    def projected(self, node: Node, shape: _Answer) -> _Answer:
        """Return the shape of what goes over a list, or of several values at once."""
        kind, children = node["type"], node["children"]
        if kind == "flatten":
            inner = self.of(children[0], shape)
            member = _member(inner)
            return _List(_member(member)) if _is_list(member) else inner
        if kind in {"projection", "filter_projection"}:
            member = _member(self.of(children[0], shape))
            for condition in children[2:]:
                self.of(condition, member)
            return _List(self.of(children[1], member))
        if kind != "value_projection":
            for child in _values(children):
                self.of(child, shape)
        return None

    def field(self, name: str, shape: _Answer) -> _Answer:
        if shape is None:
            return None
        if isinstance(shape, Shape) and shape.type_name == "map":
            return shape.value
        if isinstance(shape, Shape) and shape.type_name == "structure":
            if name not in shape.members:
                self.faults.append(f"--query: {shape.name} has no {name}")
            return shape.members.get(name)
        self.faults.append(
            f"--query: {name} is asked of something that has no fields; is a [] lost?"
        )
        return None


def _values(children: list[Node]) -> Iterator[Node]:
    """Yield the expressions among the children; functions are judged by jmespath."""
    for child in children:
        if child["type"] == "key_val_pair":
            yield from child["children"]
        elif child["type"] != "expref":
            yield child


def _is_list(shape: _Answer) -> bool:
    return isinstance(shape, _List) or (shape is not None and shape.type_name == "list")


def _member(shape: _Answer) -> _Answer:
    if isinstance(shape, _List):
        return shape.member
    return shape.member if shape is not None and shape.type_name == "list" else None
