"""Gunicorn: threads in two processes that share the loaded course."""

from __future__ import annotations

import gc
import os

from portal.env import Env

env = Env(os.environ)
wsgi_app = "portal.wsgi"
bind = env.text("PORTAL_BIND", "127.0.0.1:8000")
workers = env.integer("PORTAL_WORKERS", 2, least=1, most=64)
threads = env.integer("PORTAL_THREADS", 4, least=1, most=64)
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 30
keepalive = 5
control_socket_disable = True  # the home folder may be read-only
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - a heartbeat file must not touch a slow disk
limit_request_line = 8190
accesslog = "-" if env.flag("PORTAL_ACCESS_LOG", default=False) else None


def when_ready(server: object) -> None:
    """Keep what was loaded out of the collector's way, so that forked workers share its memory."""
    gc.collect()
    gc.freeze()
    server.log.info("Gantry is at http://%s/", bind)  # type: ignore[attr-defined]  # Gunicorn's Arbiter
