"""URLs of the bare site."""

from __future__ import annotations

from django.urls import path

from bench.bare import scores, views

urlpatterns = [
    path("learn/<slug:course>/<slug:chapter>/", views.chapter, name="chapter"),
    path("notes/<int:question>/", views.note, name="note"),
    path("scores/", scores.scores, name="scores"),
]
