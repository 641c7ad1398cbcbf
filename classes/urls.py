"""URLs of classes."""

from __future__ import annotations

from django.urls import path

from classes import (
    views,
    views_assignments,
    views_attempt,
    views_gradebook,
    views_insight,
    views_items,
    views_people,
    views_results,
    views_settings,
)

app_name = "classes"
ROOM = "classes/<int:classroom_id>"
urlpatterns = [
    path("classes/", views.index, name="index"),
    path("classes/new/", views.create, name="create"),
    path("classes/join/", views.find, name="find"),
    path("classes/join/<slug:code>/", views.join, name="join"),
    path(f"{ROOM}/", views.room, name="room"),
    path(f"{ROOM}/accept/", views.accept, name="accept"),
    path(f"{ROOM}/leave/", views.leave, name="leave"),
    path(f"{ROOM}/assignments/", views_assignments.index, name="assignments"),
    path(f"{ROOM}/assignments/new/", views_assignments.assign, name="assign"),
    path(
        f"{ROOM}/assignments/<int:assignment_id>/", views_assignments.assignment, name="assignment"
    ),
    path(
        f"{ROOM}/assignments/<int:assignment_id>/take-back/",
        views_assignments.take_back,
        name="take_back",
    ),
    path(f"{ROOM}/overview/", views_insight.overview, name="overview"),
    path(f"{ROOM}/help/", views_insight.help, name="help"),
    path(f"{ROOM}/items/", views_items.items, name="items"),
    path(f"{ROOM}/items/<slug:quiz>/", views_items.item_quiz, name="item_quiz"),
    path(f"{ROOM}/items/<slug:quiz>/<slug:name>/", views_items.item, name="item"),
    path(f"{ROOM}/gradebook/", views_gradebook.matrix, name="gradebook"),
    path(
        f"{ROOM}/gradebook/<int:membership_id>/<slug:kind>/<slug:slug>/",
        views_gradebook.cell,
        name="cell",
    ),
    path(f"{ROOM}/learners/<int:membership_id>/", views_gradebook.learner, name="learner"),
    path(f"{ROOM}/attempts/<int:attempt_id>/", views_attempt.attempt, name="attempt"),
    path(f"{ROOM}/results/", views_results.results_page, name="results"),
    path(f"{ROOM}/results/csv/", views_results.download, {"ending": "csv"}, name="results_csv"),
    path(f"{ROOM}/results/json/", views_results.download, {"ending": "json"}, name="results_json"),
    path(f"{ROOM}/people/", views_people.people, name="people"),
    path(f"{ROOM}/people/invite/", views_people.invite, name="invite"),
    path(f"{ROOM}/people/<int:membership_id>/", views_people.member, name="member"),
    path(f"{ROOM}/people/<int:membership_id>/remove/", views_people.remove, name="remove"),
    path(
        f"{ROOM}/invitations/<int:invitation_id>/withdraw/", views_people.withdraw, name="withdraw"
    ),
    path(f"{ROOM}/settings/", views_settings.settings, name="settings"),
    path(f"{ROOM}/settings/code/", views_settings.rotate, name="rotate"),
    path(f"{ROOM}/settings/door/", views_settings.door, name="door"),
    path(f"{ROOM}/settings/archive/", views_settings.archive, name="archive"),
]
