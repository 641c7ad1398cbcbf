"""Turns one long Markdown guide into the files of a course, and accounts for every word."""

from __future__ import annotations

from content.catalog.guide.build import LICENCE, Imported, convert
from content.catalog.guide.encoding import MAX_BYTES, decode
from content.catalog.guide.fault import GuideError
from content.catalog.guide.report import Report

__all__ = ["LICENCE", "MAX_BYTES", "GuideError", "Imported", "Report", "convert", "decode"]
