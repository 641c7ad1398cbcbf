"""Tells which upright of a row belongs to which open edge, however far the row has slipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from content.rendering.diagrams.pieces import Edge, Piece

# What it costs to read an upright as no edge, in columns of displacement.
STRAY_COST: Final = {"│": 2, "├": 1, "└": 1, "┘": 7, "┤": 6, "┼": 3}
# What it costs when a row does not draw an edge.
MISSING_COST: Final = 6
MOST_MISSING: Final = 5  # edges in a row
FARTHEST: Final = 40  # columns between an upright and its edge


class TooMuchWorkError(Exception):
    """The drawing has more uprights than mending may look at."""


@dataclass(slots=True)
class Budget:
    """Steps that mending may still take."""

    left: int

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooMuchWorkError


@dataclass(frozen=True, slots=True)
class _State:
    """The cheapest reading of a row that ends with this joint on this edge."""

    cost: float
    joint: int
    edge: int
    before: _State | None


@dataclass(frozen=True, slots=True)
class _Row:
    """The two sequences that are matched, and the cost of reading the first n joints as strays."""

    joints: Sequence[Piece]
    edges: Sequence[Edge]
    strays: Sequence[int]

    def step(self, state: _State, joint: int, edge: int) -> float:
        """The cost of going on from a state to the next joint on an edge."""
        slip = self.joints[joint].column - self.edges[edge].column
        if state.before is not None:
            slip -= self.joints[state.joint].column - self.edges[state.edge].column
        skipped = self.strays[joint] - self.strays[state.joint + 1]
        return state.cost + abs(slip) + skipped + MISSING_COST * (edge - state.edge - 1)

    def stop(self, state: _State) -> float:
        """The whole cost when nothing more is matched after a state."""
        skipped = self.strays[-1] - self.strays[state.joint + 1]
        return state.cost + skipped + MISSING_COST * (len(self.edges) - 1 - state.edge)


def match(joints: Sequence[Piece], edges: Sequence[Edge], budget: Budget) -> None:
    """Give joints their edges, in order, at the least cost; raises TooMuchWorkError.

    A joint costs what it is displaced against the joint before it, so that a row which slipped as
    a whole costs once.
    """
    costs = (STRAY_COST.get(joint.text, 0) for joint in joints)
    row = _Row(joints, edges, list(accumulate(costs, initial=0)))
    start = _State(0, -1, -1, None)
    states: list[list[_State]] = [[] for _ in edges]
    for i, joint in enumerate(joints):
        for j, edge in enumerate(edges):
            if joint.text not in edge.side.value or abs(joint.column - edge.column) > FARTHEST:
                continue
            near = [] if j > MOST_MISSING else [start]
            for found in states[max(j - MOST_MISSING - 1, 0) : j]:
                near += [state for state in found if state.joint < i]
            budget.spend(len(near) + 1)
            if near:
                before, cost = min(
                    ((state, row.step(state, i, j)) for state in near), key=lambda step: step[1]
                )
                states[j].append(_State(cost, i, j, before))
    last = min([start, *(state for found in states for state in found)], key=row.stop)
    while last.before is not None:
        joints[last.joint].edge = edges[last.edge]
        last = last.before
