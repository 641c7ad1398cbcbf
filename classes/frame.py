"""What every page of a classroom shows around its own matter: its name, its course, its tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.requests import LearnerRequest
from classes.access import Seat
from classes.classrooms import course_title
from content import library
from content.views import language_for

# The pages of those who teach, in their order: the URL's name and the words of the tab.
PAGES: tuple[tuple[str, Any], ...] = (  # Any: a lazy text
    ("overview", gettext_lazy("Overview")),
    ("help", gettext_lazy("Who needs help")),
    ("gradebook", gettext_lazy("Gradebook")),
    ("items", gettext_lazy("Item analysis")),
    ("assignments", gettext_lazy("Assignments")),
    ("results", pgettext_lazy("class", "Results")),
    ("people", gettext_lazy("People")),
    ("settings", gettext_lazy("Settings")),
)
TEACHING = ("settings",)  # pages that assistants cannot open


@dataclass(frozen=True, slots=True)
class Tab:
    title: str
    url: str
    is_current: bool


def frame(request: LearnerRequest, seat: Seat, current: str) -> dict[str, Any]:  # Any: a context
    """Return the context of a page's frame; `current` is the URL's name of its tab."""
    room = seat.classroom
    course = library.courses().get(room.course)
    language = language_for(course, request) if course else request.LANGUAGE_CODE
    return {
        "seat": seat,
        "room": room,
        "course": course,
        "language": language,
        "course_title": course_title(room, language),
        "tabs": [
            Tab(str(title), reverse(f"classes:{name}", args=[room.pk]), name == current)
            for name, title in PAGES
            if seat.can_teach or (seat.can_read and name not in TEACHING)
        ],
    }
