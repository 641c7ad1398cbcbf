"""What a reader posts while reading."""

from __future__ import annotations

from django import forms


class SectionForm(forms.Form):
    section = forms.CharField(max_length=120)


class MarkForm(forms.Form):
    """One section: marked `read`, or taken back by `unread`."""

    read = forms.CharField(max_length=120, required=False)
    unread = forms.CharField(max_length=120, required=False)

    def clean(self) -> dict[str, str]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("read")) == bool(cleaned.get("unread")):
            raise forms.ValidationError("one of read and unread")
        return cleaned
