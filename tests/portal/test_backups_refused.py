"""Backups that cannot be used, databases that cannot be saved: nothing changes, and why is said."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from portal import archive, backups, tables
from quizzes.models import Attempt
from tests.portal import databases

FILLED = {"accounts.user", "quizzes.answer", "quizzes.recall", "auth.group_permissions"}
pytestmark = pytest.mark.django_db(transaction=True)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as opened:
        where = opened.getinfo("tables/quizzes.recall.jsonl").header_offset
    data[where + 200] ^= 1
    path.write_bytes(data)


def lose_a_row(path: Path) -> None:
    name = "tables/quizzes.answer.jsonl"
    rewrite(path, {name: lambda text: text.partition("\n")[2]})


def add_a_file(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr("extra", "x")


def become_text(path: Path) -> None:
    path.write_text("hello")


def become_foreign(path: Path) -> None:
    path.unlink()
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("manifest.json", '{"format": "something else", "format_version": 1}')


def vanish(path: Path) -> None:
    path.unlink()


def come_from_a_newer_format(path: Path) -> None:
    edit(path, format_version=2, unheard_of={})


def come_from_a_newer_release(path: Path) -> None:
    edit(path, migrations=[*manifest(path)["migrations"], ["quizzes", "0999_new"]])


def come_from_an_older_release(path: Path) -> None:
    edit(path, migrations=manifest(path)["migrations"][1:])


def hold_other_columns(path: Path) -> None:
    listed = manifest(path)["tables"]
    listed[0]["columns"].append("more")
    edit(path, tables=listed)


def manifest(path: Path):
    with zipfile.ZipFile(path) as opened:
        return json.loads(opened.read(archive.MANIFEST))


def edit(path: Path, **values: object) -> None:
    rewrite(path, {archive.MANIFEST: lambda text: json.dumps(json.loads(text) | values)})


def rewrite(path: Path, changes) -> None:
    with zipfile.ZipFile(path) as opened:
        members = {one: opened.read(one).decode() for one in opened.namelist()}
    path.unlink()
    with zipfile.ZipFile(path, "w") as opened:
        for name, text in members.items():
            opened.writestr(name, changes.get(name, str)(text))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut, "is not a whole backup"),
        (flip, "is damaged"),
        (lose_a_row, "quizzes.answer is not what its manifest says"),
        (add_a_file, "is not a backup of Gantry"),
        (become_text, "is not a whole backup"),
        (become_foreign, "is not a backup of Gantry"),
        (vanish, "is not a whole backup"),
        (come_from_a_newer_format, "written by a newer Gantry"),
        (come_from_a_newer_release, "newer release.*quizzes.0999_new"),
        (come_from_an_older_release, "older release.*then upgrade"),
        (hold_other_columns, "other tables or columns"),
    ],
)
def test_a_backup_that_cannot_be_used_changes_nothing(backup, spoil, said):
    before = databases.rows("default")
    spoil(backup)

    with pytest.raises(CommandError, match=said):
        call_command("restore", str(backup), "--replace")

    assert databases.rows("default") == before


def test_rows_are_not_overwritten_unasked(backup):
    before = databases.rows("default")

    with pytest.raises(CommandError, match=r"holds rows already.*add --replace"):
        call_command("restore", str(backup))

    assert databases.rows("default") == before


def test_rows_the_database_refuses_leave_everything_as_it_was(backup, other):
    before = databases.rows("default")
    with archive.reading(backup, lambda _: None) as reader:
        source = [(one, list(reader.lines(one))) for one in reader.manifest.tables]
    twice = [(one, lines * 2) for one, lines in source]

    with pytest.raises(backups.Refused, match="nothing was changed"):
        backups.fill("default", twice, replace=True)

    assert databases.rows("default") == before


def test_rows_without_their_owner_are_refused(backup):
    with archive.reading(backup, lambda _: None) as reader:
        source = [(one, list(reader.lines(one))) for one in reader.manifest.tables]
    orphans = [(one, [] if one.label == "accounts.user" else lines) for one, lines in source]

    with pytest.raises(backups.Refused, match="nothing was changed"):
        backups.fill("default", orphans, replace=True, expected=[])

    assert Attempt.objects.count() == 1


def test_a_line_that_is_no_row_is_refused():
    with pytest.raises(tables.BadRow, match=r"accounts.user"):
        tables.load(User, "default", ["[1]"])


def test_a_database_that_lacks_migrations_is_not_backed_up(tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '0004_audit_entry'")
    try:
        with pytest.raises(CommandError, match=r"lacks migrations.*0004_audit_entry"):
            call_command("backup", str(tmp_path / "file"))
    finally:
        call_command("migrate", "accounts", fake=True, verbosity=0)

    assert list(tmp_path.glob("*file*")) == []


def test_a_database_of_a_newer_release_is_not_backed_up(tmp_path):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('quizzes', '0999_new', CURRENT_TIMESTAMP)"
        )
    try:
        with pytest.raises(CommandError, match=r"newer release.*quizzes.0999_new"):
            call_command("backup", str(tmp_path / "file"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '0999_new'")
