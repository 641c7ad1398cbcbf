"""An attempt of a learner as those who teach them see it, and marks for single answers."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audit import Act, audit
from accounts.requests import LearnerRequest
from classes.access import Seat, get_reading_seat, get_teaching_seat
from classes.forms_gradebook import AnswerMarkForm
from classes.frame import frame
from classes.models import Membership
from quizzes import regrading
from quizzes.models import Answer, Attempt, Override
from quizzes.views_result import result_context


def get_attempt(seat: Seat, attempt_id: int) -> tuple[Attempt, Membership]:
    """Return a closed attempt in the classroom's course by one of its members."""
    attempt = (
        Attempt.objects.closed()
        .filter(pk=attempt_id, course=seat.classroom.course)
        .select_related("user")
        .first()
    )
    if attempt is None:
        raise Http404(_("No member of this class has handed in such an attempt."))
    return attempt, member_of(seat, attempt)


def member_of(seat: Seat, attempt: Attempt) -> Membership:
    found = Membership.objects.filter(classroom=seat.classroom, user=attempt.user_id)
    member = found.select_related("user").first()
    if member is None:
        raise Http404(_("No member of this class has handed in such an attempt."))
    return member


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: LearnerRequest, classroom_id: int, attempt_id: int) -> HttpResponse:
    """Show a closed attempt; give one of its answers a person's mark, with the reason."""
    is_change = request.method == "POST"
    seat = (get_teaching_seat if is_change else get_reading_seat)(request.user, classroom_id)
    found, member = get_attempt(seat, attempt_id)
    form = AnswerMarkForm(request.POST if is_change else None, last=found.answer_set.count())
    if is_change and form.is_valid():
        mark(request, found, form)
        position, percent = form.cleaned_data["position"], form.cleaned_data["percent"]
        about = f"class {classroom_id}, attempt {attempt_id}, question {position}"
        audit(Act.ANSWER_MARK, by=request.user, about=about, member=member.pk, percent=percent)
        return redirect("classes:attempt", classroom_id, attempt_id)
    context = frame(request, seat, "gradebook") | result_context(request, found)
    context |= {"seat": seat, "member": member, "form": form, "overrides": overrides(found)}
    return render(request, "classes/attempt.html", context, status=422 if form.errors else 200)


def mark(request: LearnerRequest, found: Attempt, form: AnswerMarkForm) -> None:
    answer: Answer = found.answer_set.get(position=form.cleaned_data["position"])
    regrading.override(
        answer,
        form.cleaned_data["percent"] / 100,
        request.user,
        form.cleaned_data["reason"],
        timezone.now(),
    )


def overrides(found: Attempt) -> list[Override]:
    rows = Override.objects.filter(answer__attempt=found).select_related("answer", "by")
    return list(rows.order_by("-pk"))
