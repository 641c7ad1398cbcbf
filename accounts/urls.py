"""URLs below /accounts/ that are ours; the rest are django-allauth's."""

from __future__ import annotations

from django.urls import path

from accounts import views, views_users

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("users/", views_users.users, name="users"),
    path("users/<int:user_id>/", views_users.user, name="user"),
]
