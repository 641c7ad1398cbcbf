"""The site starts without moto."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HOME = ROOT / "labs" / "sandbox"
HOUSE = ("accounts", "content", "labs", "portal", "quizzes")


def imported(path: Path) -> set[str]:
    """Return the names of the modules that a file imports."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names: set[str] = set()
    for node in tree:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or ""} | {f"{node.module}.{one.name}" for one in node.names}
    return names


def test_nothing_outside_its_folder_needs_the_practice_account_or_moto():
    files = [path for name in HOUSE for path in (ROOT / name).rglob("*.py")]
    outside = [path for path in files if HOME not in path.parents]

    needing = {
        str(path.relative_to(ROOT))
        for path in outside
        for name in imported(path)
        if name.split(".")[0] == "moto"
        or name.startswith("labs.sandbox.")
        or name == "labs.sandbox"
    }

    assert len(outside) > 50
    assert needing == set()


def test_the_client_of_the_site_needs_the_standard_library_only():
    names = {name.split(".")[0] for name in imported(ROOT / "labs" / "sandbox_client.py")}

    assert names <= {
        "__future__",
        "collections",
        "contextlib",
        "dataclasses",
        "http",
        "json",
        "os",
        "pathlib",
        "secrets",
        "urllib",
    }
