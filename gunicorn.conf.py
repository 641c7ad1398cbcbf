"""Gunicorn: threads in two processes that share the loaded course."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import signal
import tempfile

from portal import server
from portal.env import TRUE, Env


def _forget(folder: str, owner: int) -> None:
    """Remove the counts that processes shared when the first of them ends."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


env = Env(os.environ)
os.environ["GUNICORN_SERVES"] = "1"  # settings.py pools connections then
wsgi_app = "portal.wsgi"
_chosen = server.read(env)
bind, workers, threads = _chosen.bind, _chosen.workers, _chosen.threads
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 30
# Longer than a proxy keeps a connection (60 s), or it meets one that was just closed. Browsers open
# some they do not use, and a site that ends waits for those: without a proxy it is short.
keepalive = 75 if env.given("PORTAL_BEHIND_PROXY").lower() in TRUE else 5
control_socket_disable = True  # the home folder may be read-only
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - a heartbeat file must not touch a slow disk
limit_request_line = 8190
accesslog = None  # portal.observing writes a line without addresses where one is wanted
_has_metrics = env.given("PORTAL_METRICS_TOKEN") or env.given("PORTAL_METRICS_TOKEN_FILE")
if _has_metrics and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    _counts = tempfile.mkdtemp(prefix="gantry-metrics-", dir=worker_tmp_dir)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _counts
    atexit.register(_forget, _counts, os.getpid())


# A worker that is asked to end before it listens would not hear it, and be waited for until it is
# killed. So these signals wait for it: from before it is made until it listens.
_ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)


def _hear_endings() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)


def pre_fork(arbiter: object, worker: object) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)


def post_worker_init(worker: object) -> None:
    _hear_endings()


os.register_at_fork(after_in_parent=_hear_endings)


def when_ready(arbiter: object) -> None:
    """Keep what was loaded out of the collector's way, so that forked workers share its memory."""
    gc.collect()
    gc.freeze()
    arbiter.log.info("Gantry is at http://%s/", bind)  # type: ignore[attr-defined]  # Gunicorn's Arbiter
