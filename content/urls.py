"""URLs of reading and searching."""

from __future__ import annotations

from django.urls import path

from content import views, views_progress, views_search

app_name = "content"
urlpatterns = [
    path("search/", views_search.search, name="search"),
    path("learn/<slug:course>/", views.course, name="course"),
    path("learn/<slug:course>/glossary/", views.glossary, name="glossary"),
    path("learn/<slug:course>/media/<path:name>", views.media, name="media"),
    path("learn/<slug:course>/<slug:chapter>/", views.chapter, name="chapter"),
    path("learn/<slug:course>/<slug:chapter>/read/", views_progress.mark, name="mark"),
    path("learn/<slug:course>/<slug:chapter>/place/", views_progress.place, name="place"),
]
