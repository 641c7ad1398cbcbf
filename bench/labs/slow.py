"""Clients whose every request takes longer, as AWS is further away than this machine."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from labs.aws.session import Access, Clients

DELAY = 0.06  # seconds added to a request


@dataclass(slots=True)
class Gauge:
    """Counts requests, and how many were on their way at once."""

    calls: int = 0
    peak: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, **_: Any) -> None:  # Any: what botocore says to every hook
        with self._lock:
            self.calls += 1
            self._now += 1
            self.peak = max(self.peak, self._now)
        time.sleep(DELAY)

    def end(self, **_: Any) -> None:  # Any: as above
        with self._lock:
            self._now -= 1


class SlowClients(Clients):
    """The site's own clients; only their requests wait, and are counted."""

    gauge = Gauge()

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.gauge = type(self).gauge

    def _make(self, service: str) -> Any:  # Any: botocore makes its classes as it runs
        client = super()._make(service)
        client.meta.events.register_first("before-send", self.gauge.begin)
        client.meta.events.register_first("response-received", self.gauge.end)
        return client
