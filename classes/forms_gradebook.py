"""What the gradebook is asked for in its URL, and marks that people give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from classes.gradebook import GROUPS, NAME, Group, Order, name_of
from classes.sorting import STATES
from classes.work import columns
from content.catalog.model import Course

MOST_REASON = 500


class OrderForm(forms.Form):
    """How to sort, filter and group. `sort` begins with "-" to turn it round."""

    group = forms.ChoiceField(choices=[(one, one) for one in GROUPS], required=False)
    sort = forms.CharField(max_length=120, required=False)
    q = forms.CharField(
        label=gettext_lazy("Name or e-mail address"), max_length=100, required=False
    )
    state = forms.ChoiceField(choices=[(one, one) for one in STATES], required=False)
    show = forms.ChoiceField(choices=[("left", "left")], required=False)

    def __init__(self, data: Mapping[str, Any], *, course: Course, language: str) -> None:
        super().__init__(data)
        self.course = course
        self.language = language

    def clean_sort(self) -> str:
        asked = self.cleaned_data["sort"]
        name = asked.removeprefix("-")
        if name not in ("", NAME, *(name_of(one) for one in columns(self.course))):
            raise forms.ValidationError(_("The course has no such column to sort by."))
        return str(asked)

    def order(self, group: Group) -> Order:
        """Return what is asked for, without what is nonsense; `group` when none is chosen."""
        self.is_valid()
        asked = self.cleaned_data
        sort = asked.get("sort") or NAME
        return Order(
            group=asked.get("group") or group,
            sort=sort.removeprefix("-"),
            is_descending=sort.startswith("-"),
            text=asked.get("q", ""),
            state=asked.get("state") or None,
            has_left=asked.get("show") == "left",
        )

    @staticmethod
    def groups() -> list[tuple[str, str]]:
        return [
            ("set", _("What is set")),
            ("chapters", pgettext("work", "Chapters")),
            ("quizzes", pgettext("work", "Quizzes")),
            ("labs", pgettext("work", "Labs")),
            ("all", _("Everything")),
        ]

    @staticmethod
    def states() -> list[tuple[str, str]]:
        return [
            ("new", pgettext("work", "Not started")),
            ("started", _("In progress")),
            ("done", _("Done")),
            ("late", _("Done late")),
            ("overdue", _("Overdue")),
        ]


class MarkForm(forms.Form):
    """A mark in percent; empty takes back the one that stands."""

    percent = forms.IntegerField(
        label=gettext_lazy("Mark in percent"),
        help_text=gettext_lazy("Left empty, the learner's own figure stands again."),
        min_value=0,
        max_value=100,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Kept with your name. Those who teach this class can read it."),
        max_length=MOST_REASON,
    )


class AnswerMarkForm(forms.Form):
    """A person's mark for one answer of an attempt."""

    position = forms.IntegerField(label=gettext_lazy("Question"), min_value=1)
    percent = forms.IntegerField(label=gettext_lazy("Mark in percent"), min_value=0, max_value=100)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Kept with your name. Those who teach this class can read it."),
        max_length=MOST_REASON,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, last: int) -> None:  # Any: as posted
        super().__init__(data)
        field = self.fields["position"]
        field.validators.append(MaxValueValidator(last))
        field.widget.attrs["max"] = last
