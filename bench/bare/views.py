"""The page and the post Gantry is compared with."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bench.bare.forms import NoteForm
from bench.bare.models import Chapter, Note, SectionRead

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


@require_POST
@login_required
def note(request: HttpRequest, question: int) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "bare/note.html", {"errors": form.errors}, status=422)
    with transaction.atomic():
        made = Note.objects.create(
            user_id=request.user.pk,
            question=question,
            choice=form.cleaned_data["choice"],
            noted_at=timezone.now(),
        )
    name = "saved.html" if form.cleaned_data["autosave"] else "marked.html"
    return render(request, "bare/note.html", {"note": made, "words": name})
