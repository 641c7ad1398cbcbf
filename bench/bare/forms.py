"""What is posted to the bare site."""

from __future__ import annotations

from django import forms


class NoteForm(forms.Form):
    choice = forms.IntegerField(min_value=0, max_value=9)
    autosave = forms.BooleanField(required=False)
