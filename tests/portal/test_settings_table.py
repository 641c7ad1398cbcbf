"""Every setting is declared with its meaning, and the documents know exactly those."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal import settings_table
from tests.test_project import ROOT, tracked

GUIDE = ROOT / "docs/self-hosting.md"
QUOTED = re.compile(r'"(PORTAL_[A-Z_]+|DATABASE_URL)(?:_FILE)?"')


def test_every_setting_says_what_it_is_for():
    for group in settings_table.groups().values():
        assert group
        for setting in group:
            assert re.fullmatch(r"[A-Z].+\.", setting.meaning), setting.name


def test_no_setting_is_in_two_groups():
    declared = [setting.name for group in settings_table.groups().values() for setting in group]

    assert len(declared) == len(set(declared)) > 40


def test_no_setting_is_read_that_is_not_declared():
    sources = [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] != "tests"]
    read = {name for path in sources for name in QUOTED.findall(path.read_text())}

    assert read - set(settings_table.names()) == set()


def test_the_table_tells_nothing_of_this_machine():
    table = settings_table.table()

    assert str(Path.home()) not in table.replace("~", "")
    assert str(ROOT) not in table


def test_a_secret_says_that_it_may_come_from_a_file():
    rows = settings_table.table().splitlines()

    (secret,) = (row for row in rows if "`PORTAL_SECRET_KEY`" in row)
    (name,) = (row for row in rows if "`PORTAL_HOSTS`" in row)
    assert "`_FILE`" in secret
    assert "_FILE" not in name


def test_the_guide_holds_the_table_as_it_is_now():
    text = GUIDE.read_text()

    assert settings_table.put_into(text) == text, (
        "run: python manage.py settings_table --write docs/self-hosting.md"
    )


def test_the_example_shows_every_setting_and_no_other():
    shown = set(re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    known = set(settings_table.names())
    declared = {setting.name for group in settings_table.groups().values() for setting in group}
    assert shown - known == set()
    assert {name for name in declared if not {name, f"{name}_FILE"} & shown} == set()


def test_the_command_writes_between_the_markers_only(tmp_path):
    guide = tmp_path / "guide.md"
    guide.write_text(f"before\n{settings_table.BEGIN}\nan older one\n{settings_table.END}\nafter\n")

    call_command("settings_table", write=guide, stdout=StringIO())

    text = guide.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "an older one" not in text
    assert settings_table.table() in text


def test_the_command_prints_the_table():
    out = StringIO()

    call_command("settings_table", stdout=out)

    assert "`PORTAL_BIND`" in out.getvalue()


@pytest.mark.parametrize("text", [None, "no markers", settings_table.END + settings_table.BEGIN])
def test_a_document_without_a_place_for_it_is_refused(tmp_path, text):
    guide = tmp_path / "guide.md"
    if text is not None:
        guide.write_text(text)

    with pytest.raises(CommandError, match="has no place for the table"):
        call_command("settings_table", write=guide)
