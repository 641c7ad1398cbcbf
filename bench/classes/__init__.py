"""Measures pages and files of classes with 30, 500 and 5,000 learners."""

from __future__ import annotations

ITEMS = 20  # columns of a class, and scores of each learner on the bare site
