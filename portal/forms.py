"""The language and theme switches; the name that has to be typed to delete an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import escape
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


class DeleteAccountForm(forms.Form):
    """Nobody types a user name by accident."""

    username = forms.CharField(
        label=_("Type the user name"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:  # Any: passed through
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.fields["username"].help_text = _("It is %(name)s.") % {"name": escape(wanted)}

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"]
        if typed != self.wanted:
            raise forms.ValidationError(
                _("That is not the user name, so nothing was deleted. It is %(name)s."),
                params={"name": self.wanted},
            )
        return typed
