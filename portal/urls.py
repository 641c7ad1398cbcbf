"""Every URL of the site: the first word is the folder that answers."""

from __future__ import annotations

from django.urls import include, path

from portal import home, views

urlpatterns = [
    path("", home.home, name="home"),
    path("preferences/", views.preferences, name="preferences"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("", include("content.urls")),
    path("", include("quizzes.urls")),
    path("", include("labs.urls")),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
