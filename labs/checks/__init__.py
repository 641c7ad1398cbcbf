"""Judges what was seen in an account; pure: facts in, verdicts out."""

from __future__ import annotations
