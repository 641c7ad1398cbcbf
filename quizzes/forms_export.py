"""What somebody wants to export: which questions, in which format and language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.catalog.model import Course
from quizzes.export import formats, pdf
from quizzes.titles import title_of_quiz

OWN = ("misses", "due", "attempt")  # kinds of one's own work
Group = tuple[str, list[tuple[str, str]]]


class ExportForm(forms.Form):
    """`what` is a kind and a value: "course:", "quiz:mock", "attempt:12", "due:", …"""

    what = forms.ChoiceField(
        label=gettext_lazy("What to export"),
        error_messages={
            "invalid_choice": gettext_lazy("There are no such questions. Choose from the list.")
        },
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(one.name, one.label) for one in formats.FORMATS.values()],
        error_messages={
            "required": gettext_lazy("Choose a format."),
            "invalid_choice": gettext_lazy("There is no such format. Choose one of these."),
        },
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the questions"))
    keys = forms.ChoiceField(
        label=gettext_lazy("Answers, where the format is for reading"),
        choices=[
            ("inline", gettext_lazy("below each question")),
            ("apart", gettext_lazy("all at the end")),
            ("none", gettext_lazy("left out")),
        ],
        required=False,
    )

    def __init__(
        self, data: QueryDict, course: Course, *, language: str, attempts: Sequence[tuple[str, str]]
    ) -> None:
        filled = data.copy()
        for name, value in (("what", "course:"), ("language", language), ("keys", "inline")):
            filled.setdefault(name, value)
        super().__init__(filled)
        what, tongue = self.fields["what"], self.fields["language"]
        assert isinstance(what, forms.ChoiceField)
        assert isinstance(tongue, forms.ChoiceField)
        what.choices = [*_bank(course, language), _own(attempts)]
        tongue.choices = [(one, _name(one)) for one in course.languages]

    @property
    def kind_and_value(self) -> tuple[str, str]:
        """Return what is wanted, checked or not: of anything unknown, the whole course."""
        value = str(self.data.get("what", ""))
        known = {one for _, group in self.fields["what"].choices for one, _ in group}  # type: ignore[attr-defined]
        kind, _, rest = (value if value in known else "course:").partition(":")
        return kind, rest

    def clean_format(self) -> formats.Format:
        found = formats.get(self.cleaned_data["format"])
        if found.name == "pdf" and not pdf.is_here():
            raise forms.ValidationError(
                _("PDF needs WeasyPrint, which is not installed here. Choose HTML and print it.")
            )
        return found

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        cleaned = super().clean() or {}
        found, what = cleaned.get("format"), str(cleaned.get("what", ""))
        if found and what.partition(":")[0] in OWN and not found.is_for_review:
            told = ", ".join(one.label for one in formats.FORMATS.values() if one.is_for_review)
            message = _("%(format)s cannot show what you answered. Choose one of %(others)s.")
            self.add_error("format", message % {"format": found.label, "others": told})
        return cleaned


def _name(language: str) -> str:
    return {"ja": "日本語", "en": "English"}.get(language, language)


def _bank(course: Course, language: str) -> list[Group]:
    quizzes = [(f"quiz:{one.slug}", title_of_quiz(course, one, language)) for one in course.quizzes]
    domains = course.exam.domains if course.exam else ()
    asked = {one.chapter for one in course.questions.values()}
    chapters = [
        (f"chapter:{one.slug}", f"{one.label} {one.text(language).title}")
        for one in course.chapters
        if one.slug in asked
    ]
    titles = [(f"domain:{one.number}", f"{one.number} {one.title(language)}") for one in domains]
    groups = [
        (_("The course"), [("course:", _("All questions"))]),
        (_("Quizzes"), quizzes),
        (_("By chapter"), chapters),
        (_("By domain of the exam"), titles),
    ]
    return [one for one in groups if one[1]]


def _own(attempts: Sequence[tuple[str, str]]) -> Group:
    own = [("misses:", _("What I missed last time")), ("due:", _("Cards due"))]
    return _("My own work, with what I answered"), [*own, *attempts]
