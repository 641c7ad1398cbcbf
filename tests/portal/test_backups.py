from __future__ import annotations

import errno
import gc
import threading
import zipfile
from types import GeneratorType

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.models import AuditEntry, User
from portal import backups, tables
from tests.factories import make_user
from tests.portal import databases
from tests.portal.databases import OTHER

FILLED = {"accounts.user", "quizzes.answer", "quizzes.recall", "auth.group_permissions"}
pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_backup_and_a_move_that_stop_halfway_leave_no_query_open(other, tmp_path, monkeypatch):
    databases.fill()
    monkeypatch.setattr("zipfile._ZipWriteFile.write", no_room)
    with pytest.raises(OSError, match="No space") as stopped:
        backups.save(tmp_path / "backup", "default", databases.MOMENT)
    assert (stopped.value.errno, open_queries()) == (errno.ENOSPC, 0)

    monkeypatch.setattr(tables, "row_of", bad_row)
    with pytest.raises(backups.Refused, match="does not take") as refused:
        backups.move("default", OTHER)
    assert (refused.type, open_queries()) == (backups.Refused, 0)


def no_room(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def bad_row(*_):
    raise tables.BadRow("no such row")


def open_queries():
    """Count the queries whose rows are still being read; Django reads them in `cursor_iter`."""
    return sum(
        isinstance(one, GeneratorType)
        and one.__name__ == "cursor_iter"
        and one.gi_frame is not None
        for one in gc.get_objects()
    )


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
