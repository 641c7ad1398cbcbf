"""Everybody's scores as CSV, as one would write it by hand: one line a learner, in chunks."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from bench.bare.models import Score
from bench.classes import ITEMS

CHUNK = 250  # learners


class Echo:
    def write(self, line: str) -> str:
        return line


@require_safe
@login_required
def scores(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(lines(), content_type="text/csv")


def lines() -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(["user", "email", *range(ITEMS)])
    people = list(
        get_user_model().objects.order_by("username").values_list("pk", "username", "email")
    )
    for start in range(0, len(people), CHUNK):
        some = people[start : start + CHUNK]
        found: defaultdict[int, dict[int, int]] = defaultdict(dict)
        rows = Score.objects.filter(user__in=[pk for pk, _, _ in some])
        for user, item, percent in rows.values_list("user_id", "item", "percent"):
            found[user][item] = percent
        for pk, name, email in some:
            yield writer.writerow([name, email, *(found[pk].get(item) for item in range(ITEMS))])
