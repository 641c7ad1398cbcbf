"""URLs of labs."""

from __future__ import annotations

from django.urls import path

from labs import views, views_connection

app_name = "labs"
urlpatterns = [
    path("labs/", views.index, name="index"),
    path("labs/connection/", views_connection.connection, name="connection"),
    path("labs/connection/role/", views_connection.role, name="role"),
    path("labs/connection/role/<slug:form>/", views_connection.template, name="template"),
    path("labs/connection/sandbox/", views_connection.sandbox, name="sandbox"),
    path("labs/connection/machine/", views_connection.machine, name="machine"),
    path("labs/connection/forget/", views_connection.forget, name="forget"),
    path("labs/<slug:course>/<slug:lab>/", views.lab, name="lab"),
    path("labs/<slug:course>/<slug:lab>/verify/", views.verify, name="verify"),
    path("labs/<slug:course>/<slug:lab>/keys/", views.verify_with_keys, name="keys"),
]
