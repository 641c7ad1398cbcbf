from __future__ import annotations

import json
import shutil
import threading
import zipfile
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from accounts.models import AuditEntry, User
from portal import archive, backups, tables
from quizzes.models import Attempt
from tests.factories import make_user
from tests.portal import databases
from tests.portal.databases import OTHER

FILLED = {"accounts.user", "quizzes.answer", "quizzes.recall", "auth.group_permissions"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_setup, django_db_blocker):
    """An empty SQLite file, migrated."""
    path = tmp_path_factory.mktemp("other") / "empty.sqlite3"
    with django_db_blocker.unblock(), added(path):
        call_command("migrate", database=OTHER, verbosity=0)
    return path


@pytest.fixture
def other(migrated, tmp_path):
    """A database of its own beside the one under test: SQLite, whatever that is."""
    path = tmp_path / "other.sqlite3"
    shutil.copy(migrated, path)
    with added(path):
        yield path


class added:  # noqa: N801 - reads as a word
    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        from django.conf import settings  # noqa: PLC0415 - ready by now

        one = settings.SQLITE_DATABASE | {"NAME": str(self.path)}
        configured = connections.configure_settings({"default": {}, OTHER: one})
        connections.settings[OTHER] = configured[OTHER]
        connections[OTHER].connect()  # what is connected, tests may use

    def __exit__(self, *error: object) -> None:
        connections[OTHER].close()
        del connections[OTHER]
        del connections.settings[OTHER]


@pytest.fixture
def backup(tmp_path):
    databases.fill()
    path = tmp_path / "gantry.backup"
    call_command("backup", str(path))
    return path


def test_a_backup_restored_into_the_other_database_holds_every_row(backup, other):
    backups.restore(backup, OTHER, replace=False)

    wanted = databases.without_sessions(databases.rows("default"))
    assert databases.rows(OTHER) == wanted
    assert all(rows for label, rows in wanted.items() if label in FILLED)


def test_what_the_other_database_backed_up_comes_back_row_by_row(backup, other, tmp_path):
    before = databases.without_sessions(databases.rows("default"))
    backups.restore(backup, OTHER, replace=False)

    backups.save(tmp_path / "back", OTHER, databases.MOMENT)
    backups.restore(tmp_path / "back", "default", replace=True)

    assert databases.rows("default") == before


def test_new_rows_are_numbered_after_restored_ones(backup):
    backups.restore(backup, "default", replace=True)

    taken = User.objects.get().pk

    assert make_user("ben").pk > taken


def test_moving_carries_every_row_and_compares(backup, other):
    done = backups.move("default", OTHER)

    assert databases.rows(OTHER) == databases.rows("default")
    assert done.rows > 1200


def test_a_backup_signs_nobody_in(backup):
    assert tables.tally(Session, "default").rows == 1

    with zipfile.ZipFile(backup) as opened:
        assert not [name for name in opened.namelist() if "session" in name]


def test_every_table_is_carried_except_what_the_site_makes_anew():
    carried = {model._meta.db_table for model in tables.every().values()}

    assert databases.table_names("default") - carried == {"django_migrations", "portal_cache"}


def test_a_backup_is_of_one_moment_while_others_write(transactional_db):
    make_user("aiko")

    def write() -> None:
        make_user("ben")
        connection.close()

    with backups.snapshot("default"):
        before = tables.tally(User, "default")
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(10)
        during = tables.tally(User, "default")

    assert not thread.is_alive()
    assert (during, User.objects.count()) == (before, 2)


def test_only_its_owner_reads_a_backup(backup):
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_never_takes_the_place_of_a_file(backup):
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(backup))


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", str(tmp_path / "no" / "where"))


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


def test_a_restore_is_kept_in_the_audit_log(backup):
    call_command("restore", str(backup), "--replace")

    [entry] = AuditEntry.objects.all()
    assert (entry.action, entry.about, entry.by) == ("restore", "gantry.backup", None)


def test_moving_wants_a_file_and_postgresql(tmp_path):
    said = "is SQLite" if connection.vendor == "sqlite" else "is not there"

    with pytest.raises(CommandError, match=said):
        call_command("move", str(tmp_path / "nowhere"))


@pytest.mark.only_postgresql
def test_everything_in_a_file_moves_to_postgresql(backup, other):
    before = databases.without_sessions(databases.rows("default"))
    backups.restore(backup, OTHER, replace=False)
    with transaction.atomic():
        tables.empty("default")

    call_command("move", str(other))
    AuditEntry.objects.all().delete()

    assert databases.rows("default") == before
