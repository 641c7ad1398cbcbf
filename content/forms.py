"""What a reader posts while reading."""

from __future__ import annotations

from django import forms


class SectionForm(forms.Form):
    section = forms.CharField(max_length=120)


class MarkForm(SectionForm):
    read = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda v: v == "1")
