"""What django-allauth asks the site: may people sign up, who becomes the owner."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.PORTAL_OPEN_SIGNUP or not User.objects.exists()

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: Any,  # allauth's form, without types
        commit: bool = True,  # noqa: FBT001, FBT002 - allauth's signature
    ) -> User:
        super().save_user(request, user, form, commit=False)
        user.language = request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else ""
        if commit:
            save_new(user)
        return user


def save_new(user: User) -> None:
    """Save a new account; the first one owns the site, also when two arrive at once."""
    if not User.objects.exists():
        user.is_owner = user.is_staff = user.is_superuser = True
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError:
            if not User.objects.filter(is_owner=True).exists():
                raise
            user.is_owner = user.is_staff = user.is_superuser = False
        else:
            return
    user.save()
