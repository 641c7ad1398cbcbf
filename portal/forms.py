"""The language and theme switches."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.context import THEMES


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES], required=False)
    next = forms.CharField(required=False, max_length=2000, empty_value="/")

    def clean(self) -> dict[str, str]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("language") or cleaned.get("theme")):
            raise forms.ValidationError(_("Choose a language or a theme."))
        return cleaned
