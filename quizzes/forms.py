"""What a learner posts: they turn text into values and say what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isfinite
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.catalog.questions import Question
from quizzes.grading import NOTHING, Picked, is_blank
from quizzes.models import Attempt

LONGEST_TEXT = 200
LATEST = 10**11  # seconds since 1970 that a moment can have


class StartForm(forms.Form):
    """How an attempt is to be sat."""

    mode = forms.ChoiceField(choices=[(one.value, one.value) for one in Attempt.Mode])
    feedback = forms.ChoiceField(
        choices=[(one.value, one.value) for one in Attempt.Feedback], required=False
    )
    unscored = forms.BooleanField(required=False)


class AnswerForm(forms.Form):
    """An answer to one question. `picked` is in cleaned_data, in the shape of grading.Picked.

    An attempt that shows feedback after each answer takes whole answers only; others may be left
    half done. Saved by itself (`autosave`) or by `clear`, a blank empties the answer.
    """

    autosave = forms.BooleanField(required=False)
    clear = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict, *, question: Question, is_whole: bool) -> None:
        super().__init__(data)
        self.answer_data = data
        self.question = question
        self.is_whole = is_whole
        self.picked: Picked = None

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        cleaned = super().clean() or {}
        self.picked = picked = None if cleaned.get("clear") else self._picked()
        may_be_blank = cleaned.get("autosave") or cleaned.get("clear")
        if is_blank(picked) and not may_be_blank:
            raise forms.ValidationError(self._blank_words())
        if self.is_whole and not is_blank(picked):
            self._require_whole(picked)
        cleaned["picked"] = picked
        return cleaned

    def moments(self, now: datetime) -> tuple[datetime, int]:
        """Return when the answer was given, as far as the page could tell, and after how long.

        The page says when the server wrote it and how many seconds it counted since; neither the
        learner's clock nor the time a slow network took play a part.
        """
        latest = now.timestamp()
        asked = self._seconds("asked_at", latest)
        elapsed = self._seconds("elapsed", latest - asked)
        given = min(asked + elapsed, latest)
        return datetime.fromtimestamp(given, UTC), max(int(given - asked), 0)

    def _seconds(self, name: str, fallback: float) -> float:
        """Return a number of seconds a page sent; nonsense is no reason to lose an answer."""
        try:
            value = float(self.answer_data.get(name, ""))
        except ValueError:
            return fallback
        return value if isfinite(value) and 0 <= value <= LATEST else fallback

    def _picked(self) -> Picked:
        kind = self.question.kind
        if kind == "short":
            text = self.answer_data.get("text", "")
            if len(text) > LONGEST_TEXT:
                raise forms.ValidationError(
                    _("The answer is too long: write at most %(count)s characters.")
                    % {"count": LONGEST_TEXT}
                )
            return text.replace("\x00", "")
        if kind in ("ordering", "matching"):
            places = range(len(self.question.choices))
            return [self._place(self.answer_data.get(f"choice-{one}", "")) for one in places]
        return sorted({self._place(one) for one in self.answer_data.getlist("choice")} - {NOTHING})

    def _place(self, text: str) -> int:
        if text == "":
            return NOTHING
        known = {str(place): place for place in range(len(self.question.choices))}
        if text not in known:
            raise forms.ValidationError(
                _("That choice is not in this question. The page shows the choices there are.")
            )
        return known[text]

    def _blank_words(self) -> str:
        if self.question.kind == "short":
            return _("Write an answer first, or go on to another question.")
        return _("Choose an answer first, or go on to another question.")

    def _require_whole(self, picked: Picked) -> None:
        if not isinstance(picked, list):
            return
        wanted = self.question.right_count
        if self.question.kind in ("single", "multiple") and len(picked) != wanted:
            raise forms.ValidationError(
                ngettext(
                    "Choose exactly %(wanted)s answer; you chose %(count)s.",
                    "Choose exactly %(wanted)s answers; you chose %(count)s.",
                    wanted,
                )
                % {"wanted": wanted, "count": len(picked)}
            )
        if self.question.kind in ("ordering", "matching") and NOTHING in picked:
            raise forms.ValidationError(_("Choose something in every line first."))
        if self.question.kind == "ordering" and len(set(picked)) != len(picked):
            raise forms.ValidationError(_("Two steps have the same place. Give each its own."))
