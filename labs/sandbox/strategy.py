"""Which capacity provider the next task of a service goes to. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FARGATE = frozenset({"FARGATE", "FARGATE_SPOT"})


@dataclass(frozen=True, slots=True)
class Share:
    """One provider of a strategy."""

    provider: str
    base: int
    weight: int


def read(items: Sequence[Mapping[str, object]] | None) -> tuple[Share, ...]:
    """Return a strategy as ECS gives it, as shares; what is left out counts as 0."""
    return tuple(
        Share(
            provider=str(one["capacityProvider"]),
            base=int(str(one.get("base") or 0)),
            weight=int(str(one.get("weight") or 0)),
        )
        for one in items or ()
    )


def next_provider(shares: Sequence[Share], running: Mapping[str, int]) -> str:
    """Return where the next task goes: the base first, then by weight."""
    for share in shares:
        if running.get(share.provider, 0) < share.base:
            return share.provider
    weighted = [share for share in shares if share.weight] or list(shares)
    return min(weighted, key=lambda share: _load(share, running)).provider


def _load(share: Share, running: Mapping[str, int]) -> float:
    beyond = max(running.get(share.provider, 0) - share.base, 0)
    return (beyond + 1) / max(share.weight, 1)
