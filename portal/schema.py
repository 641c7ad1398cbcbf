"""How far a database is migrated, compared with what this release knows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections
from django.db.migrations.loader import MigrationLoader

Key = tuple[str, str]  # app, migration


@dataclass(frozen=True, slots=True)
class Schema:
    """`unknown` were applied by a newer release, to apps that this release has too."""

    applied: tuple[Key, ...]
    missing: tuple[Key, ...]
    unknown: tuple[Key, ...]

    @property
    def fits(self) -> bool:
        return not self.missing and not self.unknown


def of(using: str) -> Schema:
    """Look at a database. Raises DatabaseError when it cannot be reached."""
    loader = MigrationLoader(connections[using])
    known, applied = set(loader.graph.nodes), set(loader.applied_migrations)
    ours = {key for key in applied if key[0] in loader.migrated_apps}
    return Schema(
        tuple(sorted(applied & known)),
        tuple(sorted(known - applied)),
        tuple(sorted(ours - known - set(loader.replacements))),
    )


def named(keys: tuple[Key, ...]) -> str:
    return ", ".join(f"{app}.{name}" for app, name in keys)
