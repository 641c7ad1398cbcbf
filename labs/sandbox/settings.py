"""What the operator can say to the practice account, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from labs.sandbox_client import LEAST_TOKEN, kept_token
from labs.sandbox_settings import DECLARED, DEFAULT_ACCOUNTS, DEFAULT_BIND

MOST_PORT = 65535

MOTO: Mapping[str, str] = {
    # The exercises attach policies of AWS, which moto loads only when asked to.
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
    # Nothing starts an instance; the images would take 4 MB and 70 ms of every account.
    "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
    # No web page has business here.
    "MOTO_DISABLE_GLOBAL_CORS": "true",
}


class BadSandboxSettingError(SystemExit):
    """A setting cannot be used. Ends the process with the sentence, without a traceback."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, the token that manages accounts, and how many accounts there may be."""

    host: str
    port: int
    token: str = field(repr=False)
    accounts: int = DEFAULT_ACCOUNTS


def read(values: Mapping[str, str]) -> Settings:
    """Return the settings; raise BadSandboxSettingError. Port 0 lets the system choose one."""
    host, port = bind(values)
    return Settings(host=host, port=port, token=_token(values), accounts=_accounts(values))


def bind(values: Mapping[str, str]) -> tuple[str, int]:
    """Return host and port to listen at; raise BadSandboxSettingError."""
    text = _declared(values, "PORTAL_SANDBOX_BIND")
    host, _, port = text.rpartition(":")
    if not (host and port.isascii() and port.isdigit() and int(port) <= MOST_PORT):
        raise BadSandboxSettingError(
            f"PORTAL_SANDBOX_BIND is {text!r}; it should be host:port, such as {DEFAULT_BIND}."
        )
    return host.strip("[]"), int(port)


def prepare_moto(environment: MutableMapping[str, str]) -> None:
    """Leave in the environment what moto is to find there; call before moto is imported."""
    for name in [name for name in environment if name.startswith("MOTO_")]:
        del environment[name]
    environment.update(MOTO)


def _text(values: Mapping[str, str], name: str) -> str:
    return values.get(name, "").strip()


def _declared(values: Mapping[str, str], name: str) -> str:
    default, _meaning = DECLARED[name]
    return _text(values, name) or default


def _accounts(values: Mapping[str, str]) -> int:
    text = _declared(values, "PORTAL_SANDBOX_ACCOUNTS")
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadSandboxSettingError(
            f"PORTAL_SANDBOX_ACCOUNTS is {text!r}; it should be a whole number from 1."
        )
    return int(text)


def _token(values: Mapping[str, str]) -> str:
    path, token = _text(values, "PORTAL_SANDBOX_TOKEN_FILE"), _text(values, "PORTAL_SANDBOX_TOKEN")
    if path and token:
        raise BadSandboxSettingError(
            "PORTAL_SANDBOX_TOKEN and PORTAL_SANDBOX_TOKEN_FILE are both set;"
            " it should be only one."
        )
    try:
        if path:
            token = Path(path).read_text(encoding="utf-8").strip()
        elif not token:
            token = kept_token(_data_folder(values))
    except (OSError, UnicodeDecodeError) as error:
        raise BadSandboxSettingError(
            f"The token of the sandbox cannot be read: {error}."
        ) from error
    if len(token) < LEAST_TOKEN:
        raise BadSandboxSettingError(
            f"PORTAL_SANDBOX_TOKEN is short; it should be at least {LEAST_TOKEN} random characters."
        )
    return token


def _data_folder(values: Mapping[str, str]) -> Path:
    """Return the folder that the site keeps its data in."""
    home = _text(values, "XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(_text(values, "PORTAL_DATA_DIR") or Path(home) / "gantry").expanduser()
