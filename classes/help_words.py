"""Why somebody needs help, in words; and a message to them that can be sent as it is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from classes.help import URGENCY, Case, Kind, Reason
from content.catalog.model import Course, in_language

TITLES = {
    "check": gettext_lazy("Failing the same check"),
    "falling": gettext_lazy("Falling"),
    "stalled": gettext_lazy("Stalled"),
    "new": gettext_lazy("Not begun"),
}
assert set(TITLES) == set(URGENCY)  # a kind without words would fail on the page only


@dataclass(frozen=True, slots=True)
class Links:
    """Where a message leads to, as whole addresses: the course, its quizzes, a lab."""

    course: str
    quizzes: str
    lab: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A text to a learner, in `language`; `mailto` opens it in a mail program."""

    language: str
    subject: str
    text: str
    address: str

    @property
    def mailto(self) -> str:
        return (
            f"mailto:{quote(self.address, safe='@')}"
            f"?subject={quote(self.subject)}&body={quote(self.text)}"
        )


def reason(one: Reason, language: str) -> str:
    """Return a reason as a sentence with its figures; `language` is that of the course's words."""
    if one.kind == "check" and one.lab and one.check:
        return ngettext(
            "The lab “%(lab)s” failed at the same check %(count)s time in a row, and still does: "
            "%(check)s.",
            "The lab “%(lab)s” failed at the same check %(count)s times in a row, and still does: "
            "%(check)s.",
            one.count,
        ) % _of_lab(one, language)
    if one.kind == "falling":
        return _(
            "%(since)s %% right in the quizzes of the last three weeks, %(before)s %% before; "
            "the class does not fall like this in the same quizzes."
        ) % {"since": one.since, "before": one.before}
    if one.kind == "stalled":
        parts = {"quiet": _quiet(one), "overdue": _overdue(one)}
        return _("%(quiet)s %(overdue)s") % parts if one.overdue else parts["quiet"]
    return ngettext(
        "Joined %(count)s day ago and has not begun.",
        "Joined %(count)s days ago and has not begun.",
        one.count,
    ) % {"count": one.count}


def _quiet(one: Reason) -> str:
    words = ngettext(
        "No sign of life for %(count)s day.", "No sign of life for %(count)s days.", one.count
    )
    return words % {"count": one.count}


def _overdue(one: Reason) -> str:
    words = ngettext(
        "%(count)s piece of work is overdue.", "%(count)s pieces of work are overdue.", one.overdue
    )
    return words % {"count": one.overdue}


def _of_lab(one: Reason, language: str) -> dict[str, object]:
    return {
        "lab": one.lab.title(language) if one.lab else "",
        "check": in_language(one.check.labels, language) if one.check else "",
        "count": one.count,
    }


def message(case: Case, course: Course, links: Links, by: str, language: str) -> Message:
    """Return what to write to a learner about the most urgent reason, in their language.

    `language` is for those who never chose one; `by` is who signs.
    """
    spoken = case.user.language or language
    written = spoken if spoken in course.languages else course.languages[0]
    with override(spoken):
        words = {
            "name": case.user.get_short_name(),
            "by": by,
            "course": course.title(written),
            "read": case.read,
            "total": sum(len(chapter.section_ids) for chapter in course.chapters),
            "url": links.course,
        }
        body = _body(case.reasons[0], words, links, written)
        hello = _("Hello %(name)s,") % words
        subject = _("How are you getting on with “%(course)s”?") % words
        return Message(spoken, subject, f"{hello}\n\n{body}\n\n{by}", case.user.email)


def _body(first: Reason, words: dict[str, object], links: Links, language: str) -> str:
    texts: dict[Kind, str] = {
        "check": _(
            "The lab “%(lab)s” keeps stopping you at one point: %(check)s. You are closer than it "
            "looks, since the rest is judged only after it. What the check looks at, and how to "
            "mend it, stands here:\n%(url)s\n\nIf it stays stuck, answer this message, and we will "
            "look at it together."
        ),
        "falling": _(
            "Your last quizzes seem to have been harder going than those before. That happens, and "
            "it can be mended. Is there a topic we should go through together, or is time short at "
            "the moment? What was missed, with the reason for every choice, waits here:\n%(url)s"
        ),
        "stalled": _(
            "It has been quiet for a while, and you have already read %(read)s of %(total)s "
            "sections of “%(course)s”. A quarter of an hour is enough to get going again; it goes "
            "on where you stopped:\n%(url)s\n\nIf something is in the way, tell me, and we will "
            "find a way."
        ),
        "new": _(
            "“%(course)s” is ready for you. The first section takes a few minutes, and nothing can "
            "go wrong there:\n%(url)s\n\nIf you cannot get in, or do not know where to begin, "
            "answer this message."
        ),
    }
    where = {"check": links.lab, "falling": links.quizzes}.get(first.kind) or links.course
    return texts[first.kind] % (words | _of_lab(first, language) | {"url": where})
