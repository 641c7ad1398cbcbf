"""The owner's pages about everybody who has an account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import users as people
from accounts.audit import Act, audit
from accounts.forms import AddUserForm
from accounts.models import User
from accounts.requests import LearnerRequest

PAGE = 50
ACTS: Mapping[str, tuple[Act, Callable[[User], None]]] = {
    "appoint": (Act.INSTRUCTOR_MADE, people.appoint),
    "dismiss": (Act.INSTRUCTOR_DISMISSED, people.dismiss),
    "close": (Act.ACCOUNT_CLOSED, people.close),
    "reopen": (Act.ACCOUNT_REOPENED, people.reopen),
    "remove factor": (Act.FACTOR_REMOVED, people.remove_second_factor),
}
# With these one could sign in as somebody else, or lose the site.
GUARDED = ("remove factor", "link", "hand over")


def offered(person: User, *, has_factor: bool) -> set[str]:
    """Return what can be done for somebody as the account is now; the owner's stays as it is."""
    if person.is_owner:
        return set()
    if not person.is_active:
        return {"reopen"}
    role = "dismiss" if person.is_staff else "appoint"
    return {"link", "hand over", "close", role} | ({"remove factor"} if has_factor else set())


def require_owner(request: LearnerRequest) -> None:
    if not request.user.is_owner:
        raise PermissionDenied(_("Only the owner of this site sees everybody’s accounts."))


@require_http_methods(["GET", "HEAD", "POST"])
def users(request: LearnerRequest) -> HttpResponse:
    """Show who has an account; make one for somebody."""
    require_owner(request)
    form = AddUserForm(request.POST) if request.method == "POST" else AddUserForm()
    if request.method == "POST" and (made := made_by(form)):
        audit(Act.ACCOUNT_MADE, by=request.user, about=f"user {made.pk}")
        messages.success(request, _("The account is made. Make a link next, and hand it over."))
        return redirect("accounts:user", made.pk)
    text, show = people.searched(request.GET.get("q", "")), request.GET.get("show", "")
    page = Paginator(people.listed(text, show), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "text": text, "show": show, "form": form}
    status = 422 if form.errors else 200
    return render(request, "accounts/users.html", context, status=status)


def made_by(form: AddUserForm) -> User | None:
    """Make the account; where that cannot be, the form says why."""
    if not form.is_valid():
        return None
    try:
        return people.add(form.cleaned_data["username"], form.cleaned_data["email"])
    except IntegrityError:  # pressed twice, or taken since
        form.add_error("username", _("Somebody took this name in the same moment."))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def user(request: LearnerRequest, user_id: int) -> HttpResponse:
    """Show one account; change it, or hand out a link that sets its password."""
    require_owner(request)
    person = get_person(user_id)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return shown(request, person)
    if act not in offered(person, has_factor=people.has_second_factor(person)):
        return shown(request, person, status=422)
    do = reauthentication_required(change) if act in GUARDED else change
    answer: HttpResponse = do(request, person, act)
    return answer


def change(request: LearnerRequest, person: User, act: str) -> HttpResponse:
    about = f"user {person.pk}"
    if act == "link":
        audit(Act.PASSWORD_LINK, by=request.user, about=about)
        return shown(request, person, link=people.password_link(person))
    if act == "hand over":
        people.hand_over(request.user, person)
        audit(Act.HANDED_OVER, by=request.user, about=about)
        messages.success(request, _("The site is handed over. You are an instructor on it now."))
        return redirect("home")
    kept, do = ACTS[act]
    do(person)
    audit(kept, by=request.user, about=about)
    return redirect("accounts:user", person.pk)


def get_person(user_id: int) -> User:
    try:
        return User.objects.get(pk=user_id, is_simulated=False)
    except User.DoesNotExist as error:
        raise Http404(_("Nobody has an account of that number.")) from error


def shown(request: LearnerRequest, person: User, link: str = "", status: int = 200) -> HttpResponse:
    has_factor = people.has_second_factor(person)
    context = {
        "person": person,
        "acts": offered(person, has_factor=has_factor),
        "has_factor": has_factor,
        "is_refused": status != HTTPStatus.OK,
        "provider_decides": bool(settings.PORTAL_OIDC_STAFF),
        "link": link,
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
    }
    return render(request, "accounts/user.html", context, status=status)
