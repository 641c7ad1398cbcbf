"""What can be said to the practice account: the site's table of settings tells it as well."""

from __future__ import annotations

from collections.abc import Mapping

DEFAULT_BIND = "127.0.0.1:8001"
DEFAULT_ACCOUNTS = 200

# The default and the meaning. Token and data folder are the site's settings, too.
DECLARED: Mapping[str, tuple[str, str]] = {
    "PORTAL_SANDBOX_BIND": (
        DEFAULT_BIND,
        "Where the practice account listens; `0.0.0.0:8001` in a container.",
    ),
    "PORTAL_SANDBOX_ACCOUNTS": (
        str(DEFAULT_ACCOUNTS),
        "How many learners may have an account there at the same time.",
    ),
}
