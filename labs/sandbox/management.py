"""The few addresses the site uses: is it up, open an account, empty an account."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from threading import RLock

import moto

from labs.sandbox.accounts import MOST_KEY, Accounts, FullError
from labs.sandbox.guard import Application, Environ, StartResponse, answer
from labs.sandbox_client import ACCOUNTS, HEALTH, RESET

PREFIX = "/_sandbox/"
_MOST_BODY = 4096
_Reply = tuple[int, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Management:
    """A WSGI application: our own addresses, which need the operator's token; the rest is AWS."""

    accounts: Accounts
    token: str
    lock: RLock
    aws: Application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return self.aws(environ, start_response)
        status, reply = self._reply(environ, environ["REQUEST_METHOD"], path)
        headers = {"Content-Type": "application/json"}
        return answer(status, json.dumps(reply), headers, start_response)

    def _reply(self, environ: Environ, method: str, path: str) -> _Reply:
        if (method, path) == ("GET", HEALTH):
            return 200, {"status": "ok", "moto": moto.__version__, "accounts": len(self.accounts)}
        if method != "POST" or path not in {ACCOUNTS, RESET}:
            return 404, {"error": "There is nothing here."}
        given = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return 401, {"error": "The token is not the one the practice account was started with."}
        learner = _learner(environ)
        if not learner:
            return 400, {"error": f"A learner of 1 to {MOST_KEY} characters is missing."}
        return self._keys(learner, empty=path == RESET)

    def _keys(self, learner: str, *, empty: bool) -> _Reply:
        with self.lock:
            try:
                keys = self.accounts.reset(learner) if empty else self.accounts.open(learner)
            except FullError:
                return 503, {"error": f"All {self.accounts.most} accounts are taken."}
        return 200, asdict(keys)


def _learner(environ: Environ) -> str:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > _MOST_BODY:
        return ""
    try:
        asked = json.loads(environ["wsgi.input"].read(int(length)))
    except ValueError:
        return ""
    learner = asked.get("learner") if isinstance(asked, dict) else None
    return learner if isinstance(learner, str) and len(learner) <= MOST_KEY else ""
