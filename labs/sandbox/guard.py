"""What stands before moto: who is let in, as which account, and to which services."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from threading import RLock
from typing import Any

from boto3 import Session
from moto.core.request import PRESERVED_HEADER_NAMES_ENVIRON_KEY
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from labs.sandbox import faults, signatures
from labs.sandbox.accounts import Accounts, Credential
from labs.sandbox.faults import DIALECTS, Dialect, Fault
from labs.sandbox.signatures import Signature, Signed

Environ = dict[str, Any]  # Any: so declared by WSGI
StartResponse = Callable[[str, list[tuple[str, str]]], object]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MOST_BODY = 1024 * 1024
_EFS = "/2015-02-01/"
_log = logging.getLogger(__name__)


def _moto() -> Application:
    def made(service: Any) -> Any:  # Any: moto's names of services, and Flask
        app = create_backend_app(service)
        # So that what moto cannot do arrives here instead of as a page of HTML.
        app.config["PROPAGATE_EXCEPTIONS"] = True
        return app

    application: Application = DomainDispatcherApplication(made)
    return application


@dataclass(frozen=True, slots=True)
class Guard:
    """A WSGI application that lets through what is signed with a key of an open account.

    moto checks neither secret nor account: by a header anybody could enter any account, and its
    own addresses would empty all of them. So the account is decided here, from the signature.
    moto was made for one test at a time, hence one request at a time.
    """

    accounts: Accounts
    lock: RLock
    moto: Application = field(default_factory=_moto)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        signature = signatures.read(environ.get("HTTP_AUTHORIZATION", ""))
        with self.lock:
            verdict = self._judge(environ, signature)
            if isinstance(verdict, Fault):
                return refuse(verdict, _dialect(environ, signature), start_response)
            assert signature is not None
            _let_in(environ, signature, verdict)
            return self._answer(environ, signature, start_response)

    def _judge(self, environ: Environ, signature: Signature | None) -> Credential | Fault:
        if signature is None:
            return faults.NO_TOKEN
        body = _body(environ)
        if body is None:
            return faults.TOO_LARGE
        credential = self.accounts.find(signature.access_key_id)
        if credential is None or credential.session_token != _header(environ, "security-token"):
            return faults.UNKNOWN_KEY
        if not signatures.is_right(signature, _signed(environ, body), credential.secret):
            return faults.WRONG_SIGNATURE
        return _offered(environ, signature) or credential

    def _answer(
        self, environ: Environ, signature: Signature, start_response: StartResponse
    ) -> Iterable[bytes]:
        try:
            # moto mutters when AWS answers with a code that its own model does not list.
            with warnings.catch_warnings(action="ignore", category=UserWarning):
                return list(self.moto(environ, start_response))
        except NotImplementedError:
            fault = faults.NOT_KNOWN
        except Exception:  # noqa: BLE001 - what moto stumbles over is not ours to foresee
            _log.exception("moto stumbled over a request to %s", signature.service)
            fault = faults.BROKEN
        return refuse(fault, DIALECTS[signature.service], start_response)


def refuse(fault: Fault, dialect: Dialect, start_response: StartResponse) -> list[bytes]:
    """Answer with a refusal."""
    text, headers = faults.body(fault, dialect)
    return answer(fault.status, text, headers, start_response)


def answer(
    status: int, text: str, headers: dict[str, str], start_response: StartResponse
) -> list[bytes]:
    """Answer with a text."""
    content = text.encode()
    headers = {**headers, "Content-Length": str(len(content)), "Cache-Control": "no-store"}
    start_response(f"{status} {HTTPStatus(status).phrase}", list(headers.items()))
    return [content]


@cache
def _regions() -> frozenset[str]:
    return frozenset(Session().get_available_regions("ecs"))


def _offered(environ: Environ, signature: Signature) -> Fault | None:
    if signature.region not in _regions():
        return faults.WRONG_REGION
    path = environ.get("PATH_INFO", "")
    efs = signature.service == "elasticfilesystem"
    if signature.service not in DIALECTS or not (path.startswith(_EFS) if efs else path == "/"):
        return faults.NOT_OFFERED
    return None


def _let_in(environ: Environ, signature: Signature, credential: Credential) -> None:
    """Tell moto the account, in the header nobody else may send, and the signature we read."""
    environ.pop(PRESERVED_HEADER_NAMES_ENVIRON_KEY, None)
    environ["HTTP_X_MOTO_ACCOUNT_ID"] = credential.account_id
    environ["HTTP_AUTHORIZATION"] = signature.text


def _dialect(environ: Environ, signature: Signature | None) -> Dialect:
    if signature is not None and signature.service in DIALECTS:
        return DIALECTS[signature.service]
    is_json = "HTTP_X_AMZ_TARGET" in environ or "json" in environ.get("CONTENT_TYPE", "")
    return Dialect.JSON if is_json else Dialect.QUERY


def _body(environ: Environ) -> bytes | None:
    """Read the body, and put it back for moto; None when it is too large or of unknown length."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if "HTTP_TRANSFER_ENCODING" in environ or not length.isdigit() or int(length) > MOST_BODY:
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _signed(environ: Environ, body: bytes) -> Signed:
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI") or environ.get("PATH_INFO", "/")
    path, _, query = raw.partition("?")
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    headers["content-length"] = environ.get("CONTENT_LENGTH", "")
    return Signed(environ["REQUEST_METHOD"], path, query, headers, body)


def _header(environ: Environ, name: str) -> str:
    value: str = environ.get(f"HTTP_X_AMZ_{name.replace('-', '_').upper()}", "")
    return value
