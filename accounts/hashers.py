"""Password hashing at a cost a small server can pay when a whole class signs in at once."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with OWASP's first recommendation: 19 MiB, two passes, one lane.

    See docs/decisions/0004-password-hashing.md for what it costs here.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
