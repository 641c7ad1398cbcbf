"""Which pages people may see without an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable[..., Any])


def open_to_guests(view: View) -> View:
    """Let guests in, unless PORTAL_REQUIRE_LOGIN closes the site (the middleware decides)."""
    login_not_required(view)
    view.open_to_guests = True  # type: ignore[attr-defined]  # read by portal.middleware
    return view
