"""The site's URLs as they are where a provider is set."""

from __future__ import annotations

from django.urls import include, path

from portal.urls import handler404
from portal.urls import urlpatterns as without

urlpatterns = [
    *without,
    path("accounts/connections/", include("allauth.socialaccount.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
__all__ = ["handler404", "urlpatterns"]
