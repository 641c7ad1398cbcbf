"""The ways to a learner's account: a role, the practice account, this machine's own credentials."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.utils.crypto import salted_hmac

from accounts.models import User
from labs.aws import roles
from labs.aws.roles import ROLE_ARN, Role
from labs.aws.session import Access, Keys
from labs.checks.model import CheckSpec
from labs.checks.registry import checks_of
from labs.models import Connection
from labs.policy import compact, policy_for
from labs.sandbox_client import Keys as SandboxKeys
from labs.sandbox_client import Sandbox, kept_token

DEFAULT_REGION = "ap-northeast-1"
PROOF = "push-image"  # the lab whose rights are asked for when a role is proved


class NotOfferedError(Exception):
    """The operator of the site does not offer this way."""


class BadRoleArnError(ValueError):
    """The text is no ARN of a role."""


class TakenRoleError(Exception):
    """Another person of this site has connected the role."""


class NotConnectedError(Exception):
    """The learner has not chosen a way yet."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Which ways the operator offers. Pasted keys need nothing and are always there."""

    role: bool
    sandbox: bool
    machine: bool


def offer() -> Offer:
    return Offer(
        role=bool(settings.PORTAL_LABS_PRINCIPAL),
        sandbox=bool(settings.PORTAL_SANDBOX_URL),
        machine=settings.PORTAL_LABS_MACHINE,
    )


def of(user: User) -> Connection:
    """Return the learner's connection; one that was never saved has no way yet."""
    kept = Connection.objects.filter(user=user).first()
    return kept or Connection(user=user, external_id=external_id(user), region=DEFAULT_REGION)


def external_id(user: User) -> str:
    """Return what only this site can know of a person: stable, and not to be guessed."""
    return salted_hmac("labs.external_id", str(user.pk), algorithm="sha256").hexdigest()[:40]


def connect_role(user: User, role_arn: str, region: str, now: datetime) -> Connection:
    """Prove the role and keep it. Raises NotOfferedError, BadRoleArnError, TakenRoleError,
    roles.RoleError and roles.OpenRoleError.
    """
    if not offer().role:
        raise NotOfferedError
    if ROLE_ARN.fullmatch(role_arn) is None:
        raise BadRoleArnError(role_arn)
    connection = of(user)
    if Connection.objects.filter(role_arn=role_arn).exclude(pk=connection.pk).exists():
        raise TakenRoleError
    role = role_of(connection, role_arn, region)
    roles.prove(role, compact(policy_for(checks_of(PROOF))), own=own_access(region))
    try:
        return _keep(
            user,
            way=Connection.Way.ROLE,
            role_arn=role_arn,
            region=region,
            account_tail=role.account[-4:],
            proved_at=now,
        )
    except IntegrityError as error:
        raise TakenRoleError from error


def connect_sandbox(user: User) -> Connection:
    """Open the learner's practice account. Raises NotOfferedError and sandbox_client's errors."""
    tail = sandbox_keys(user).account_id[-4:]
    return _keep(user, way=Connection.Way.SANDBOX, region=DEFAULT_REGION, account_tail=tail)


def connect_machine(user: User, region: str, account_tail: str) -> Connection:
    """Use this machine's own credentials. Raises NotOfferedError."""
    if not offer().machine:
        raise NotOfferedError
    return _keep(user, way=Connection.Way.MACHINE, region=region, account_tail=account_tail)


def _keep(
    user: User,
    *,
    way: Connection.Way,
    region: str,
    account_tail: str,
    role_arn: str = "",
    proved_at: datetime | None = None,
) -> Connection:
    """Keep the way in place of any other; two presses at once keep one. Raises IntegrityError."""
    values = {
        "way": way,
        "region": region,
        "account_tail": account_tail,
        "role_arn": role_arn,
        "proved_at": proved_at,
    }
    kept, _made = Connection.objects.update_or_create(
        user=user,
        defaults=values,
        create_defaults={**values, "external_id": external_id(user)},
    )
    return kept


def forget(user: User) -> None:
    """Forget the way. The ExternalId stays the same, so that the learner's role stays right."""
    Connection.objects.filter(user=user).delete()


def access_of(connection: Connection, checks: tuple[CheckSpec, ...]) -> Access:
    """Return how to look at the learner's account, with no more rights than the checks need.

    Raises NotConnectedError, NotOfferedError, roles.RoleError and sandbox_client's errors.
    """
    if connection.way == Connection.Way.SANDBOX:
        keys = sandbox_keys(connection.user)
        return Access(
            region=connection.region,
            keys=Keys(access_key=keys.access_key_id, secret_key=keys.secret_access_key),
            endpoint=settings.PORTAL_SANDBOX_URL,
        )
    if connection.way == Connection.Way.MACHINE:
        if not offer().machine:
            raise NotOfferedError
        return own_access(connection.region)
    if connection.way == Connection.Way.ROLE:
        if not offer().role:
            raise NotOfferedError
        role = role_of(connection, connection.role_arn, connection.region)
        policy = compact(policy_for(checks))
        keys_of_role = roles.assume(role, policy, own=own_access(connection.region))
        return Access(region=connection.region, keys=keys_of_role)
    raise NotConnectedError


def own_access(region: str) -> Access:
    """Return the credentials of the site itself."""
    return Access(region=region, profile=settings.PORTAL_LABS_PROFILE)


def role_of(connection: Connection, role_arn: str, region: str) -> Role:
    name = hashlib.sha256(connection.external_id.encode()).hexdigest()[:16]
    return Role(
        arn=role_arn,
        external_id=connection.external_id,
        session_name=f"gantry-{name}",
        region=region,
    )


def sandbox() -> Sandbox:
    """Return the practice account's client. Raises NotOfferedError."""
    if not offer().sandbox:
        raise NotOfferedError
    token = settings.PORTAL_SANDBOX_TOKEN or kept_token(settings.PORTAL_DATA_DIR)
    return Sandbox(settings.PORTAL_SANDBOX_URL, token)


def sandbox_keys(user: User) -> SandboxKeys:
    return sandbox().open_account(learner_key(user))


def learner_key(user: User) -> str:
    """Return what the practice account knows a learner by; it tells nothing about them."""
    return salted_hmac("labs.sandbox", str(user.pk), algorithm="sha256").hexdigest()[:32]
