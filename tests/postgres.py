"""Runs a command with a real PostgreSQL of its own: python -m tests.postgres COMMAND…

The server lives in a temporary folder, listens on a Unix socket only, and is gone afterwards.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

MISSING = "PostgreSQL is not here, so its tests do not run. Install it: apt-get install postgresql"


def programs() -> Path | None:
    """Return the folder that holds initdb and postgres, or None."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        homes.append(Path(on_path).resolve().parent)
    return next((home for home in homes if (home / "initdb").exists()), None)


@contextlib.contextmanager
def server(bin_folder: Path, *, port: int = 0, password: str = "") -> Iterator[str]:
    """Start a server; give its DATABASE_URL; stop it and remove its files.

    With a port, this machine may ask by TCP as well, and has to know the password.
    """
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory(prefix="gantry-pg-") as folder:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        data = str(Path(folder, "data"))
        options = f"-k {folder} -c fsync=off -c max_connections=100"
        options += f" -h 127.0.0.1 -p {port}" if port else " -c listen_addresses="
        Path(folder, "password").write_text(password or secrets.token_hex())
        initdb = [str(bin_folder / "initdb"), "-D", data, "-U", "gantry", "-N"]
        initdb += ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={folder}/password"]
        control = [str(bin_folder / "pg_ctl"), "-D", data, "-s", "-w"]
        run([*initdb, "-E", "UTF8", "--locale=C.UTF-8"], user, folder)
        run([*control, "-l", f"{folder}/log", "-o", options, "start"], user, folder)
        try:
            yield f"postgres://gantry@/postgres?host={folder}"
        finally:
            run([*control, "-m", "immediate", "stop"], user, folder)


def run(command: list[str], user: str | None, folder: str) -> None:
    subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)


def main() -> int:
    bin_folder = programs()
    if bin_folder is None:
        print(MISSING, file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    with server(bin_folder) as url:
        print(f"PostgreSQL from {bin_folder}")
        environment = os.environ | {"DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
