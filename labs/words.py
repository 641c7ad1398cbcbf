"""What is said when nothing could be seen: what happened, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labs.checks.model import Broken, Denied, Outcome
from labs.sandbox_client import SandboxError, SandboxRefusedError

SANDBOX_DOWN = gettext_lazy(
    "The practice account does not answer. Whoever runs the site starts it: make sandbox."
)
SANDBOX_REFUSED = gettext_lazy(
    "The practice account refuses this site: it is full, or the two have different tokens. "
    "Whoever runs the site sees its log."
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Two sentences for a reader."""

    what: str
    next: str


def trouble(cause: str) -> Trouble:
    """Return the words for a verdict's cause: a kind of Broken, "denied:<action>", "other_way"."""
    kind, _sign, action = cause.partition(":")
    if kind == "denied":
        return Trouble(
            _("The role may not call %(action)s.") % {"action": action},
            _("Add the action to the role's policy, or make the role anew from the template here."),
        )
    return _troubles().get(kind) or Trouble(
        _("The answer of AWS could not be read."), _("Try again in a minute.")
    )


def of_sandbox(error: SandboxError) -> str:
    """Return why the practice account did not do what was asked."""
    return str(SANDBOX_REFUSED if isinstance(error, SandboxRefusedError) else SANDBOX_DOWN)


def of_outcome(outcome: Outcome) -> Trouble:
    """Return the words for why a role could not be used."""
    if isinstance(outcome, Denied):
        return Trouble(
            _("AWS does not let this site use the role."),
            _("See that the role trusts this site's principal with the ExternalId of this page."),
        )
    return trouble(outcome.kind if isinstance(outcome, Broken) else "")


def _troubles() -> dict[str, Trouble]:
    keys_again = _("Fetch new temporary keys and verify again.")
    return {
        "other_way": Trouble(
            _("This belongs to the other way of the exercise, which you did not go."),
            _("There is nothing to do here."),
        ),
        "no_credentials": Trouble(
            _("This site has no credentials of its own for AWS."),
            _("Whoever runs the site gives it a role; until then use pasted keys or practise."),
        ),
        "no_profile": Trouble(
            _("The profile that the site should use is not on this machine."),
            _("Whoever runs the site corrects PORTAL_LABS_PROFILE."),
        ),
        "no_region": Trouble(_("No Region is set."), _("Choose a Region and verify again.")),
        "sso_login_needed": Trouble(
            _("The sign-in of this machine's profile has ended."),
            _("Run aws sso login on this machine and verify again."),
        ),
        "expired": Trouble(_("The temporary keys have expired."), keys_again),
        "bad_credentials": Trouble(_("AWS does not know these keys."), keys_again),
        "throttled": Trouble(
            _("AWS asked to be called less often."), _("Wait a minute and verify again.")
        ),
        "region_off": Trouble(
            _("The Region is switched off in this account."),
            _("Choose the Region in which you do the exercises."),
        ),
        "no_network": Trouble(
            _("AWS cannot be reached from this site."),
            _("See whether the site's machine has a way out to the internet, then verify again."),
        ),
        "timeout": Trouble(_("AWS did not answer in time."), _("Verify again.")),
        "deadline": Trouble(
            _("There was no time left to look at this."), _("Verify again: it is not a failure.")
        ),
        "service": Trouble(
            _("AWS answered with an error of its own."), _("Wait a minute and verify again.")
        ),
    }
