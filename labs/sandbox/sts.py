"""An STS that lends only roles that exist, to those they trust."""

from __future__ import annotations

import re
from typing import Any

from moto.iam.models import iam_backends
from moto.sts import urls
from moto.sts.exceptions import STSClientError
from moto.sts.models import AssumedRole, STSBackend

from labs.sandbox import roles

_ROLE = re.compile(r"arn:aws:iam::(\d{12}):role/.+")


class PracticeSts(STSBackend):
    """moto lends any role of any account to anybody: with it, one learner could enter another's."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    def assume_role(
        self,
        region_name: str,
        role_session_name: str,
        role_arn: str,
        policy: str,
        duration: int,
        external_id: str,
    ) -> AssumedRole:
        """Lend a role; refuse with AccessDenied when it is not there or does not trust."""
        found = _ROLE.fullmatch(role_arn or "")
        document = _trust_of(found[1], role_arn) if found else ""
        if not roles.lets_account(document, self.account_id, external_id or ""):
            raise STSClientError(
                "AccessDenied",
                f"User: arn:aws:iam::{self.account_id}:user/learner is not authorized to perform:"
                f" sts:AssumeRole on resource: {role_arn}",
            )
        return super().assume_role(
            region_name, role_session_name, role_arn, policy, duration, external_id
        )

    def assume_role_with_web_identity(self, **_: Any) -> AssumedRole:  # Any: never read
        """Refuse: no learner brings an identity of the web."""
        raise STSClientError("AccessDenied", "Not authorized to assume a role by web.")

    def assume_role_with_saml(self, **_: Any) -> AssumedRole:  # Any: never read
        """Refuse: no learner brings an identity of SAML."""
        raise STSClientError("AccessDenied", "Not authorized to assume a role by SAML.")


def _trust_of(account: str, role_arn: str) -> str:
    if account not in list(iam_backends):
        return ""
    every = iam_backends[account]["aws"].get_roles()
    return next((str(r.assume_role_policy_document) for r in every if r.arn == role_arn), "")
