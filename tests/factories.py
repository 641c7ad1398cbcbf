"""Makes the rows tests need."""

from __future__ import annotations

from accounts.models import User


def make_user(username: str, **values: object) -> User:
    return User.objects.create_user(
        username, f"{username}@example.com", "correct horse battery", **values
    )
