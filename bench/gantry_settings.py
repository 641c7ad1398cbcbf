"""Gantry's own settings; only its collected static files lie in the benchmark's folder."""

from __future__ import annotations

import os
from pathlib import Path

from portal.settings import *  # noqa: F403, TID251 - these are the settings that are measured

STATIC_ROOT = Path(os.environ["BENCH_STATIC"])
