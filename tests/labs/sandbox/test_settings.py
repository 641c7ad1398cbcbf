"""What the operator can say, and what is told when it cannot be used."""

from __future__ import annotations

import pytest

from labs.sandbox import practice, settings
from labs.sandbox.settings import BadSandboxSettingError
from labs.sandbox_client import kept_token

TOKEN = "t" * 32


def read(**values: str) -> settings.Settings:
    return settings.read({"PORTAL_SANDBOX_TOKEN": TOKEN, **values})


def test_it_listens_to_this_machine_only_unless_told_otherwise():
    assert read().host == "127.0.0.1"
    assert read(PORTAL_SANDBOX_BIND="sandbox:8000").host == "sandbox"
    assert read(PORTAL_SANDBOX_BIND="[::1]:0").host == "::1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_SANDBOX_BIND", "8001"),
        ("PORTAL_SANDBOX_BIND", "host:port"),
        ("PORTAL_SANDBOX_BIND", "host:70000"),
        ("PORTAL_SANDBOX_ACCOUNTS", "0"),
        ("PORTAL_SANDBOX_ACCOUNTS", "many"),
        ("PORTAL_SANDBOX_TOKEN", "short"),
        ("PORTAL_SANDBOX_TOKEN_FILE", "/does/not/exist"),
    ],
)
def test_a_bad_value_is_named(name, value):
    with pytest.raises(BadSandboxSettingError, match="PORTAL_SANDBOX"):
        read(**{name: value})


def test_the_token_comes_from_a_file(tmp_path):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}x\n", encoding="utf-8")

    values = {"PORTAL_SANDBOX_TOKEN_FILE": str(file)}
    assert settings.read(values).token == f"{TOKEN}x"
    file.unlink()
    with pytest.raises(BadSandboxSettingError, match="cannot be read"):
        settings.read(values)


def test_without_a_setting_site_and_practice_account_share_a_kept_token(tmp_path):
    folder = tmp_path / "data"

    chosen = settings.read({"PORTAL_DATA_DIR": str(folder)})

    assert chosen.token == kept_token(folder)
    assert (folder / "sandbox-token").stat().st_mode & 0o777 == 0o600
    assert chosen.token not in repr(chosen)
    assert [path.name for path in folder.iterdir()] == ["sandbox-token"]


def test_moto_finds_our_settings_and_no_others():
    environment = {"MOTO_ACCOUNT_ID": "111122223333", "HOME": "/"}

    settings.prepare_moto(environment)

    assert environment == {"HOME": "/", **settings.MOTO}


def test_another_moto_is_refused(monkeypatch):
    monkeypatch.setattr("moto.__version__", "9.9.9")

    with pytest.raises(SystemExit, match=r"moto is 9\.9\.9"), practice.installed():
        pass
