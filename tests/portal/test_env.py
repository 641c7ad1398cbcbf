from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from portal import secret_key
from portal.env import BadSettingError, Env, Setting

ROOT = Path(__file__).resolve().parent.parent.parent


def start(tmp_path: Path, then: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Load the site's settings in a process of its own, and do what comes then."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)} | settings
    return subprocess.run(
        [sys.executable, "-c", f"import portal.settings\n{then}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("On", True), ("0", False)])
def test_a_flag_is_read(value, expected):
    assert Env({"X": value}).flag("X", default=not expected, meaning="M.") is expected


def test_an_empty_value_counts_as_not_set():
    assert Env({"X": " "}).flag("X", default=True, meaning="M.") is True


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PORTAL_DEBUG": "maybe"}, "PORTAL_DEBUG is 'maybe'; it should be true or false."),
        (
            {"PORTAL_EMAIL_PORT": "70000"},
            "PORTAL_EMAIL_PORT is '70000'; it should be a whole number from 1 to 65535.",
        ),
        ({"PORTAL_LANGUAGE": "fr"}, "PORTAL_LANGUAGE is 'fr'; it should be one of ja, en."),
        (
            {"PORTAL_TIME_ZONE": "Tokio"},
            (
                "PORTAL_TIME_ZONE is 'Tokio'; it should be the name of a time zone, "
                "such as Asia/Tokyo or UTC."
            ),
        ),
        (
            {"PORTAL_COURSES_DIR": "/nowhere"},
            (
                "PORTAL_COURSES_DIR is '/nowhere'; it should be the absolute path of an existing "
                "folder."
            ),
        ),
        (
            {"DATABASE_URL": "mysql://x@y/z"},
            "DATABASE_URL begins with 'mysql'; it should be sqlite or postgres.",
        ),
        (
            {"DATABASE_URL": "nonsense"},
            (
                "DATABASE_URL cannot be read; it should look like "
                "postgres://user:password@host:5432/name."
            ),
        ),
        (
            {"DATABASE_URL": "postgres://x:one@y/z", "PORTAL_DATABASE_PASSWORD": "two"},
            (
                "DATABASE_URL and PORTAL_DATABASE_PASSWORD both hold a password; "
                "it should be only one."
            ),
        ),
        (
            {"PORTAL_OIDC_URL": "http://login.example.com"},
            (
                "PORTAL_OIDC_URL is 'http://login.example.com'; it should be an address that "
                "begins with https://."
            ),
        ),
        (
            {"PORTAL_OIDC_URL": "https://login.example.com", "PORTAL_OIDC_CLIENT_ID": "gantry"},
            (
                "PORTAL_OIDC_CLIENT_ID or PORTAL_OIDC_CLIENT_SECRET is missing; it should be what "
                "the provider of PORTAL_OIDC_URL gave this site."
            ),
        ),
        (
            {"PORTAL_PRODUCTION": "true", "PORTAL_DEBUG": "true"},
            "PORTAL_DEBUG is 'true'; it should be false when PORTAL_PRODUCTION is.",
        ),
        (
            {"PORTAL_PRODUCTION": "true", "PORTAL_SECRET_KEY": "x" * 50},
            (
                "PORTAL_HOSTS is missing; it should be the names people type, such as "
                "study.example.com."
            ),
        ),
    ],
)
def test_a_bad_value_stops_the_start_with_one_sentence(tmp_path, settings, said):
    process = start(tmp_path, **settings)

    assert process.returncode == 1
    assert process.stderr.strip() == said


def test_the_password_of_the_database_may_stand_in_a_file_of_its_own(tmp_path):
    (tmp_path / "password").write_text("hush\n")
    said = "print(portal.settings.DATABASES['default']['PASSWORD'])"

    process = start(
        tmp_path,
        said,
        DATABASE_URL="postgres://gantry@db/gantry",
        PORTAL_DATABASE_PASSWORD_FILE=str(tmp_path / "password"),
    )

    assert process.stdout == "hush\n"


def test_production_does_not_start_without_a_secret_key(tmp_path):
    process = start(tmp_path, PORTAL_PRODUCTION="true", PORTAL_HOSTS="study.example.com")

    assert process.returncode == 1
    assert process.stderr.startswith("PORTAL_SECRET_KEY is missing or short;")
    assert len(process.stderr.splitlines()) == 1


def test_without_a_key_one_is_made_and_kept_outside_the_repository(tmp_path):
    first, second = start(tmp_path), start(tmp_path)
    path = tmp_path / ".local/share/gantry/secret_key"

    assert (first.returncode, second.returncode) == (0, 0)
    assert len(path.read_text()) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_kept_key_stays_the_same(tmp_path):
    assert secret_key.kept_in(tmp_path) == secret_key.kept_in(tmp_path)


def test_an_empty_kept_key_is_named(tmp_path):
    (tmp_path / "secret_key").write_text("")

    with pytest.raises(BadSettingError, match="is empty; delete it"):
        secret_key.kept_in(tmp_path)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(BadSettingError, match="PORTAL_DATA_DIR"):
        secret_key.kept_in(tmp_path / "file")


def test_a_secret_comes_from_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("hush\n")

    assert Env({"X_FILE": str(path)}).secret("X", meaning="M.") == "hush"


@pytest.mark.parametrize(
    ("content", "value", "said"),
    [
        (None, "", "X_FILE is .*; it should be a readable text file"),
        (b"\xff\xfe", "", "X_FILE is .*; it should be a readable text file"),
        (b" \n", "", "X_FILE is .*, which is empty; it should hold X"),
        (b"a", "b", "X and X_FILE are both set; it should be only one"),
    ],
)
def test_a_secret_file_that_cannot_be_used_is_named(tmp_path, content, value, said):
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BadSettingError, match=said):
        Env({"X_FILE": str(path), "X": value}).secret("X", meaning="M.")


def test_a_relative_folder_is_refused(tmp_path):
    with pytest.raises(BadSettingError, match="it should be an absolute path"):
        Env({"X": "data"}).folder("X", tmp_path, shown="(here)", meaning="M.")


def test_words_are_split_at_commas():
    hosts = Env({"X": "a.example, b.example,"}).words("X", meaning="M.")

    assert hosts == ("a.example", "b.example")


def test_reading_a_setting_declares_it():
    env = Env({"B_FILE": "", "C": "3"})

    env.flag("A", default=True, meaning="Whether.")
    env.secret("B", meaning="Hush.", shown="(none)")
    env.integer("C", 2, least=1, most=9, meaning="How many.")
    env.words("D", ("x", "y"), meaning="Which.")
    env.folder("E", Path("/srv"), shown="(here)", meaning="Where.")

    assert list(env.declared.values()) == [
        Setting("A", "true", "Whether."),
        Setting("B", "(none)", "Hush.", is_secret=True),
        Setting("C", "2", "How many."),
        Setting("D", "x,y", "Which."),
        Setting("E", "(here)", "Where."),
    ]
