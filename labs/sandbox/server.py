"""Serves the practice account until it is told to stop."""

from __future__ import annotations

import logging
import signal
import sys
from threading import RLock, Thread
from types import FrameType

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import make_server

from labs.sandbox import practice
from labs.sandbox.accounts import Accounts
from labs.sandbox.guard import Application, Guard
from labs.sandbox.management import Management
from labs.sandbox.settings import BadSandboxSettingError, Settings


class _Handler(MotoRequestHandler):
    timeout = 30  # who says nothing for so long keeps no thread

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write no line a request."""


def application(*, token: str, accounts: int) -> Application:
    """Return the whole practice account as a WSGI application; moto must have been patched."""
    lock = RLock()
    opened = Accounts(token, accounts)
    return Management(opened, token, lock, Guard(opened, lock))


def serve(settings: Settings) -> None:
    """Listen, say where on the standard output, and stop at SIGTERM or SIGINT."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with practice.installed():
        app = application(token=settings.token, accounts=settings.accounts)
        try:
            server = make_server(
                settings.host, settings.port, app, threaded=True, request_handler=_Handler
            )
        except (OSError, SystemExit) as error:
            raise BadSandboxSettingError(
                f"PORTAL_SANDBOX_BIND is {settings.host}:{settings.port}; nothing can listen there."
            ) from error

        def stop(_signal: int, _frame: FrameType | None) -> None:
            # shutdown() waits for serve_forever(), which runs in this very thread.
            Thread(target=server.shutdown).start()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        sys.stdout.write(f"http://{settings.host}:{server.port}\n")
        sys.stdout.flush()
        server.serve_forever()
        server.server_close()
