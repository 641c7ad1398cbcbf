"""The page Gantry is compared with."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bench.bare.models import Chapter, SectionRead

AROUND = 12  # chapters shown on either side


@require_safe
@login_required
def chapter(request: HttpRequest, course: str, chapter: str) -> HttpResponse:
    here = get_object_or_404(Chapter, course=course, slug=chapter)
    window = (here.position - AROUND, here.position + AROUND)
    chapters = Chapter.objects.filter(course=course, position__range=window)
    read = SectionRead.objects.filter(user_id=request.user.pk, chapter_id=here.pk)
    context = {
        "here": here,
        "chapters": chapters.order_by("position").values("slug", "title"),
        "read": read.values_list("section", flat=True),
    }
    return render(request, "bare/chapter.html", context)
