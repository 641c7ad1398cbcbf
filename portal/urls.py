"""Every URL of the site: the first word is the folder that answers."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from portal import home, views, views_audit_log, views_deletion, views_own_data

urlpatterns = [
    path("", home.home, name="home"),
    path("preferences/", views.preferences, name="preferences"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("audit-log/", views_audit_log.audit_log, name="audit_log"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("accounts/data/", views_own_data.own_data, name="own_data"),
    path("accounts/data/archive/", views_own_data.archive, name="own_archive"),
    path("accounts/data/delete/", views_deletion.delete, name="delete_account"),
    path("accounts/users/<int:user_id>/delete/", views_deletion.delete_user, name="delete_user"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-factor/", include("allauth.mfa.urls")),
    path("", include("classes.urls")),
    path("", include("content.urls")),
    path("", include("quizzes.urls")),
    path("", include("labs.urls")),
]
if settings.PORTAL_OIDC_URL:  # what it needs costs memory
    urlpatterns += [
        path("accounts/connections/", include("allauth.socialaccount.urls")),
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
