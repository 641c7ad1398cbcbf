"""The page that says how this site reaches a learner's account, and changes it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import LearnerRequest
from labs import connections, role_template
from labs.aws import run
from labs.aws.roles import OpenRoleError, RoleError
from labs.aws.session import Clients
from labs.checks.model import Got
from labs.connections import TakenRoleError
from labs.forms import RegionForm, RoleForm
from labs.models import Connection
from labs.role_template import Trust
from labs.sandbox_client import SandboxError
from labs.words import of_outcome, of_sandbox

MACHINE_ID = "id_machine_%s"  # the form of the role stands on the same page
FILES = {
    "cloudformation": ("gantry-verify.template.json", "application/json", "cloudformation"),
    "terraform": ("gantry-verify.tf", "text/plain; charset=utf-8", "terraform"),
    "commands": ("gantry-verify.sh", "text/plain; charset=utf-8", "commands"),
}


@require_safe
@never_cache
def connection(request: LearnerRequest) -> HttpResponse:
    return render(request, "labs/connection.html", context(request))


@require_POST
@never_cache
def role(request: LearnerRequest) -> HttpResponse:
    if not connections.offer().role:
        raise Http404
    form = RoleForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            connections.connect_role(
                request.user, values["role_arn"], values["region"], timezone.now()
            )
        except TakenRoleError:
            form.add_error(
                "role_arn", _("Another person here has connected this role. Make one of your own.")
            )
        except OpenRoleError:
            form.add_error(
                "role_arn",
                _(
                    "The role opens without the ExternalId, so anybody could use it. "
                    "Make it from the template here."
                ),
            )
        except RoleError as error:
            words = of_outcome(error.outcome)
            form.add_error("role_arn", f"{words.what} {words.next}")
    if not form.is_valid():
        return render(
            request, "labs/connection.html", context(request) | {"role_form": form}, status=422
        )
    messages.success(
        request, _("The role is connected: it opens with the ExternalId and only with it.")
    )
    return redirect("labs:connection")


@require_POST
@never_cache
def sandbox(request: LearnerRequest) -> HttpResponse:
    """Connect the practice account, or empty it with `reset`."""
    if not connections.offer().sandbox:
        raise Http404
    try:
        if "reset" in request.POST:
            connections.sandbox().reset(connections.learner_key(request.user))
            messages.success(request, _("Your practice account is empty again."))
        else:
            connections.connect_sandbox(request.user)
    except SandboxError as error:
        messages.warning(request, of_sandbox(error))
    return redirect("labs:connection")


@require_POST
@never_cache
def machine(request: LearnerRequest) -> HttpResponse:
    """Ask which account this machine's credentials open, then use them when told so."""
    if not connections.offer().machine:
        raise Http404
    form = RegionForm(request.POST, auto_id=MACHINE_ID)
    if not form.is_valid():
        return render(
            request, "labs/connection.html", context(request) | {"machine_form": form}, status=422
        )
    region = form.cleaned_data["region"]
    with Clients(connections.own_access(region)) as clients:
        outcome = run.look_up([run.IDENTITY], clients)[run.IDENTITY]
    if not isinstance(outcome, Got):
        words = of_outcome(outcome)
        messages.warning(request, f"{words.what} {words.next}")
        return redirect("labs:connection")
    account = str(outcome.value["Account"])
    if request.POST.get("account") == account:
        connections.connect_machine(request.user, region, account[-4:])
        return redirect("labs:connection")
    asked = {"asked_account": account, "asked_region": region, "asked_arn": outcome.value["Arn"]}
    return render(request, "labs/connection.html", context(request) | asked)


@require_POST
@never_cache
def forget(request: LearnerRequest) -> HttpResponse:
    connections.forget(request.user)
    messages.success(request, _("This site no longer looks at your account."))
    return redirect("labs:connection")


@require_safe
@never_cache
def template(request: LearnerRequest, form: str) -> HttpResponse:
    """Send the role to download in one of its forms."""
    if form not in FILES or not connections.offer().role:
        raise Http404
    name, kind, function = FILES[form]
    trust = Trust(settings.PORTAL_LABS_PRINCIPAL, connections.of(request.user).external_id)
    response = HttpResponse(getattr(role_template, function)(trust), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def context(request: LearnerRequest) -> dict[str, Any]:  # Any: what templates show
    found = connections.of(request.user)
    return {
        "connection": found,
        "offer": connections.offer(),
        "principal": settings.PORTAL_LABS_PRINCIPAL,
        "role_form": RoleForm(initial={"role_arn": found.role_arn, "region": found.region}),
        "machine_form": RegionForm(initial={"region": found.region}, auto_id=MACHINE_ID),
        "keys": practice_keys(request, found),
        "endpoint": settings.PORTAL_SANDBOX_URL,
        "asked_account": "",
        "asked_region": "",
        "asked_arn": "",
    }


def practice_keys(request: LearnerRequest, found: Connection) -> object:
    """Return the keys to paste into a terminal; they open nothing but the practice account."""
    if found.way != Connection.Way.SANDBOX or not connections.offer().sandbox:
        return None
    try:
        return connections.sandbox_keys(request.user)
    except SandboxError:
        return None
