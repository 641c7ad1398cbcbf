"""What people post about classes: forms turn text into values and say what is wrong."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from classes import addresses
from classes.addresses import Addresses, TooLongError, UnreadableError
from classes.assignments import Terms, title
from classes.models import Assignment, Kind, Membership
from classes.work import columns
from content import library
from content.catalog.model import Course
from quizzes.terms import minutes_of

MOST_MINUTES, MOST_ATTEMPTS = 600, 99
FACTORS = ("1", "1.25", "1.5", "2")


def zones() -> list[tuple[str, str]]:
    return [(one, one) for one in sorted(available_timezones())]


class ClassroomForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    course = forms.ChoiceField(label=gettext_lazy("Course"))
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Due dates of this class are read and shown in it."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:  # Any: passed through
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]
        self.fields["course"].choices = [  # type: ignore[attr-defined]
            (slug, one.title(language)) for slug, one in library.courses().items()
        ]


class SettingsForm(ClassroomForm):
    """A classroom keeps its course: its work would mean nothing in another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed through as they came
        super().__init__(*args, **kwargs)
        del self.fields["course"]
        self.fields["time_zone"].help_text = _(
            "Due dates are shown in it. Those already set stay the same moments."
        )


class JoinForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of the class"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class MemberForm(forms.Form):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[
            (Membership.Role.LEARNER, gettext_lazy("Learner")),
            (
                Membership.Role.ASSISTANT,
                gettext_lazy("Assistant: sees everything, changes nothing"),
            ),
            (Membership.Role.INSTRUCTOR, gettext_lazy("Instructor")),
        ],
    )
    time_factor = forms.TypedChoiceField(
        label=gettext_lazy("Time for exams"),
        help_text=gettext_lazy("Lengthens every exam that this learner starts from now on."),
        choices=[
            ("1", gettext_lazy("as for everybody")),
            *((one, f"× {one}") for one in FACTORS[1:]),
        ],
        coerce=Decimal,
    )

    def clean_role(self) -> Membership.Role:
        return Membership.Role(self.cleaned_data["role"])


class InviteForm(forms.Form):
    """A list of addresses, typed or as a file; `found` are those that were read."""

    emails = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("One a line, or pasted from a spreadsheet."),
        required=False,
        strip=False,
        max_length=addresses.MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        help_text=gettext_lazy("At most 10,000 lines. In each, the first address counts."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )

    found = Addresses((), ())

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        text = cleaned.get("emails", "")
        if upload := cleaned.get("file"):
            text = f"{text}\n{self._text(upload)}" if text.strip() else self._text(upload)
        if not text.strip():
            raise forms.ValidationError(_("Write at least one address, or choose a file."))
        try:
            self.found = addresses.read(text)
        except TooLongError:
            raise forms.ValidationError(
                _("The list has more than 10,000 lines. Invite people in several lists.")
            ) from None
        return cleaned

    def _text(self, upload: UploadedFile[Any]) -> str:
        if (upload.size or 0) > addresses.MOST_BYTES:
            raise forms.ValidationError(
                {"file": _("The file is larger than 2 MB. Send only the column of addresses.")}
            )
        try:
            return addresses.decoded(upload.read())
        except UnreadableError:
            raise forms.ValidationError(
                {
                    "file": _(
                        "The file is not text that can be read. "
                        "Save it as “CSV UTF-8” in your spreadsheet and choose it again."
                    )
                }
            ) from None


class TermsForm(forms.Form):
    """How a piece of work is set. What only quizzes have is empty for others."""

    mode = forms.ChoiceField(
        label=gettext_lazy("How a quiz is sat"),
        choices=[
            (Assignment.Mode.PRACTICE, gettext_lazy("as practice")),
            (Assignment.Mode.EXAM, gettext_lazy("as an exam, against the clock")),
        ],
        required=False,
    )
    feedback = forms.ChoiceField(
        label=gettext_lazy("Answers are shown"),
        help_text=gettext_lazy("An exam shows them at the end."),
        choices=[
            (Assignment.Feedback.EACH, gettext_lazy("after each question")),
            (Assignment.Feedback.END, gettext_lazy("at the end")),
        ],
        required=False,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        help_text=gettext_lazy("Left empty, those of the quiz."),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
    )
    attempts = forms.IntegerField(
        label=gettext_lazy("Attempts"),
        help_text=gettext_lazy("Left empty, as many as the quiz allows."),
        min_value=1,
        max_value=MOST_ATTEMPTS,
        required=False,
    )
    due_at = forms.CharField(
        label=gettext_lazy("Due"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(
        self, data: QueryDict | None = None, *, course: Course, time_zone: str, **kwargs: Any
    ) -> None:  # Any: passed through as they came
        super().__init__(data, **kwargs)
        self.course = course
        self.zone = ZoneInfo(time_zone)
        self.fields["due_at"].help_text = _("In the time zone of the class, %(zone)s.") % {
            "zone": time_zone
        }

    def clean_due_at(self) -> datetime | None:
        text = self.cleaned_data["due_at"]
        if not text:
            return None
        try:
            typed = datetime.fromisoformat(text)
        except ValueError:
            raise forms.ValidationError(
                _("Write a date and a time, such as 2026-12-24 18:00.")
            ) from None
        if is_aware(typed):
            return typed
        moment = typed.replace(tzinfo=self.zone)
        if localtime(moment.astimezone(ZoneInfo("UTC")), self.zone).replace(tzinfo=None) != typed:
            raise forms.ValidationError(
                _("Clocks go forward then, and this time does not exist. Choose another.")
            )
        return moment

    def terms_of(self, kind: str, slug: str) -> Terms | None:
        """Return the terms for a piece of work; None when they do not fit, and an error says so."""
        if kind != Kind.QUIZ:
            return Terms()
        cleaned, quiz = self.cleaned_data, self.course.quiz(slug)
        mode = cleaned["mode"] or Assignment.Mode.PRACTICE
        minutes = cleaned["minutes"]
        if quiz.is_drawn and mode != Assignment.Mode.EXAM:
            self.add_error("mode", _("This quiz is drawn anew each time: set it as an exam."))
            return None
        if mode == Assignment.Mode.EXAM and not (minutes or minutes_of(self.course, quiz)):
            self.add_error("minutes", _("This quiz has no time of its own: say how many minutes."))
            return None
        each = cleaned["feedback"] != Assignment.Feedback.END and mode != Assignment.Mode.EXAM
        feedback = Assignment.Feedback.EACH if each else Assignment.Feedback.END
        return Terms(mode, feedback, minutes, cleaned["attempts"])


class AssignForm(TermsForm):
    """A piece of work, and how it is set."""

    work = forms.ChoiceField(label=gettext_lazy("Work"))
    field_order = ("work", "due_at", "mode", "feedback", "minutes", "attempts")

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:  # Any: passed through
        super().__init__(*args, **kwargs)
        self.fields["work"].choices = work_choices(  # type: ignore[attr-defined]
            self.course, language
        )


def work_choices(course: Course, language: str) -> list[tuple[Any, Any]]:  # Any: Django's shape
    """Return all work of a course as grouped choices, each "kind:slug"."""
    names = {
        Kind.CHAPTER: pgettext("work", "Chapters"),
        Kind.QUIZ: pgettext("work", "Quizzes"),
        Kind.LAB: pgettext("work", "Labs"),
    }
    found: dict[Kind, list[tuple[str, str]]] = {one: [] for one in Kind}
    for one in columns(course):
        value = f"{one.kind.value}:{one.slug}"
        found[one.kind].append((value, title(course, one.kind, one.slug, language)))
    return [(names[kind], rows) for kind, rows in found.items() if rows]
