"""Becomes a learner's read-only role for a few minutes, and proves that nobody else can."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from labs.aws.errors import classify
from labs.aws.session import Access, Clients, Keys
from labs.checks.model import Broken, Denied, Outcome

ROLE_ARN = re.compile(
    r"arn:aws[a-z-]*:iam::(?P<account>[0-9]{12}):role/[\w+=,.@/-]{1,128}", re.ASCII
)
SECONDS = 900  # the shortest session there is
_ACTION = "sts:AssumeRole"


class RoleError(Exception):
    """The role cannot be used; `outcome` is why, as a look-up would have it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class OpenRoleError(Exception):
    """The role lets the site in without its ExternalId: anybody who knows its name may use it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A learner's role. `session_name` stands in the learner's CloudTrail and names nobody."""

    arn: str
    external_id: str
    session_name: str
    region: str

    @property
    def account(self) -> str:
        """Return the account's twelve digits; the ARN must match ROLE_ARN."""
        found = ROLE_ARN.fullmatch(self.arn)
        assert found is not None
        return found["account"]


def assume(role: Role, policy: str, *, own: Access) -> Keys:
    """Return keys that can do what the policy and the role both allow, for fifteen minutes.

    `own` are the site's credentials. Raises RoleError.
    """
    with Clients(own) as clients:
        try:
            answer = clients("sts").assume_role(
                RoleArn=role.arn,
                RoleSessionName=role.session_name,
                ExternalId=role.external_id,
                DurationSeconds=SECONDS,
                Policy=policy,
            )["Credentials"]
        except Exception as error:
            raise RoleError(classify(error, _ACTION)) from error
    return Keys(
        access_key=answer["AccessKeyId"],
        secret_key=answer["SecretAccessKey"],
        token=answer["SessionToken"],
    )


def prove(role: Role, policy: str, *, own: Access) -> None:
    """Prove that the role opens with the ExternalId and only with it.

    Raises RoleError when it does not open, OpenRoleError when it opens without or with another.
    """
    assume(role, policy, own=own)
    with Clients(own) as clients:
        _require_refused(role, clients, {})
        _require_refused(role, clients, {"ExternalId": secrets.token_hex(20)})


def _require_refused(role: Role, clients: Clients, key: dict[str, str]) -> None:
    try:
        clients("sts").assume_role(
            RoleArn=role.arn, RoleSessionName=role.session_name, DurationSeconds=SECONDS, **key
        )
    except Exception as error:
        outcome = classify(error, _ACTION)
        if isinstance(outcome, Denied):
            return
        raise RoleError(outcome) from error
    raise OpenRoleError(role.arn)


def is_own_fault(outcome: Outcome) -> bool:
    """Tell whether the site's own credentials are what is missing."""
    return isinstance(outcome, Broken) and outcome.kind in ("no_credentials", "no_profile")
