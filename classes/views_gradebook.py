"""Pages of the gradebook: the matrix, a learner's row, a cell, an attempt behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import Act, audit
from accounts.requests import LearnerRequest
from classes import assignments, evidence, gradebook, marks
from classes.access import Seat, get_course, get_member, get_reading_seat, get_teaching_seat
from classes.forms_gradebook import MarkForm, OrderForm
from classes.frame import frame
from classes.gradebook import Gradebook, Order, name_of, title_of
from classes.models import Kind, Membership
from classes.work import Cell, Column, columns, of_person
from content.catalog.model import Course

PAGE = 20


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: its title, and the order that a press on it asks for.

    A chapter and its quiz share a title: where both are shown, `kind` tells them apart.
    """

    name: str
    title: str
    kind: str
    sort: str
    direction: str
    column: Column


@dataclass(frozen=True, slots=True)
class Link:
    """A cell of the matrix: its address from there, and its state in words."""

    path: str
    cell: Cell
    words: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    member: Membership
    path: str
    links: Sequence[Link]


@require_safe
def matrix(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    around = frame(request, seat, "gradebook")
    form = OrderForm(request.GET, course=course, language=around["language"])
    book, order = opened(seat, course, form)
    page = Paginator(book.members, PAGE).get_page(request.GET.get("page"))
    context = around | {
        "form": form,
        "order": order,
        "page": page,
        "rows": [matrix_row(one, book.columns) for one in book.rows(list(page))],
        "heads": heads(book, order, around["language"]),
        "groups": form.groups(),
        "states": form.states(),
    }
    return render(request, "classes/gradebook.html", context)


def matrix_row(row: gradebook.Row, wanted: Sequence[Column]) -> MatrixRow:
    words = dict(OrderForm.states())
    links = [
        Link(f"{row.member.pk}/{one.kind.value}/{one.slug}/", cell, words[cell.state])
        for one, cell in zip(wanted, row.cells, strict=True)
    ]
    return MatrixRow(row.member, f"../learners/{row.member.pk}/", links)


def opened(seat: Seat, course: Course, form: OrderForm) -> tuple[Gradebook, Order]:
    """Return the gradebook that a form asks for; what is nonsense in it falls back, and is said."""
    found = assignments.of_classroom(seat.classroom)
    order = form.order(gradebook.group_of(found))
    return gradebook.gradebook(seat.classroom, course, found, order, timezone.now()), order


def heads(book: Gradebook, order: Order, language: str) -> list[Head]:
    kinds = {Kind.CHAPTER: _("Chapter"), Kind.QUIZ: _("Quiz"), Kind.LAB: _("Lab")}
    is_mixed = len({one.kind for one in book.columns}) > 1
    rows = []
    for one in book.columns:
        name = name_of(one)
        is_here = order.sort == name
        sort = name if is_here and order.is_descending else f"-{name}"
        direction = ("descending" if order.is_descending else "ascending") if is_here else "none"
        title, kind = title_of(book.course, one, language), kinds[one.kind] if is_mixed else ""
        rows.append(Head(name, title, kind, sort, direction, one))
    return rows


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A piece of work in a learner's own row."""

    column: Column
    title: str
    cell: Cell


@require_safe
def learner(request: LearnerRequest, classroom_id: int, membership_id: int) -> HttpResponse:
    """Show everything one learner did in the course."""
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    member = get_member(seat, membership_id)
    around = frame(request, seat, "gradebook")
    every = columns(course, assignments.of_classroom(seat.classroom))
    found = of_person(course, every, member.user_id, member.pk, timezone.now())
    rows = [
        WorkRow(one, title_of(course, one, around["language"]), found[one.key]) for one in every
    ]
    context = around | {"member": member, "groups": grouped(rows)}
    return render(request, "classes/learner.html", context)


def grouped(rows: Sequence[WorkRow]) -> list[tuple[str, list[WorkRow]]]:
    names = {
        Kind.CHAPTER: pgettext("work", "Chapters"),
        Kind.QUIZ: pgettext("work", "Quizzes"),
        Kind.LAB: pgettext("work", "Labs"),
    }
    return [
        (name, here)
        for kind, name in names.items()
        if (here := [one for one in rows if one.column.kind == kind])
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def cell(
    request: LearnerRequest, classroom_id: int, membership_id: int, kind: str, slug: str
) -> HttpResponse:
    """Show the work behind a cell; give it a mark, or take one back."""
    is_change = request.method == "POST"
    seat = (get_teaching_seat if is_change else get_reading_seat)(request.user, classroom_id)
    course = get_course(seat)
    member = get_member(seat, membership_id)
    column = get_column(seat, course, kind, slug)
    form = MarkForm(request.POST if is_change else None)
    if is_change and form.is_valid():
        percent, reason = form.cleaned_data["percent"], form.cleaned_data["reason"]
        now = timezone.now()
        marks.give(member, column.key, percent, reason=reason, by=request.user, at=now)
        about = f"class {classroom_id}, {kind} {slug}"
        audit(Act.MARK, by=request.user, about=about, member=member.pk, percent=percent)
        return redirect("classes:cell", classroom_id, membership_id, kind, slug)
    context = cell_context(request, seat, member, column) | {"form": form}
    return render(request, "classes/cell.html", context, status=422 if form.errors else 200)


def get_column(seat: Seat, course: Course, kind: str, slug: str) -> Column:
    found = assignments.of_classroom(seat.classroom)
    column = next((one for one in columns(course, found) if one.key == (kind, slug)), None)
    if column is None:
        raise Http404(_("This course has no such work."))
    return column


def cell_context(
    request: LearnerRequest, seat: Seat, member: Membership, column: Column
) -> dict[str, Any]:  # Any: a context
    course = get_course(seat)
    around = frame(request, seat, "gradebook")
    language = around["language"]
    found = of_person(course, [column], member.user_id, member.pk, timezone.now())
    return around | {
        "member": member,
        "column": column,
        "title": title_of(course, column, language),
        "cell": found[column.key],
        "evidence": evidence.of_cell(member, course, column.kind, column.slug, language),
        "marks": marks.history(member, column.key),
    }
