"""Starts the practice account: python -m labs.sandbox."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from labs.sandbox import settings


def main() -> None:
    chosen = settings.read(os.environ)
    if find_spec("moto") is None:
        sys.exit("The practice account needs moto: install the extra `sandbox`.")
    settings.prepare_moto(os.environ)

    from labs.sandbox import server  # noqa: PLC0415 - moto reads the environment when imported

    server.serve(chosen)


if __name__ == "__main__":
    main()
