"""An IAM whose accounts share the policies of AWS that the course's services need."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from moto.iam import urls
from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend, ManagedPolicy, Role
from moto.settings import load_iam_aws_managed_policies

_NEEDED = re.compile(
    r"ECS|EC2Container|ContainerRegistry|CodeDeploy|AutoScaling|AutoscaleRole|CloudWatch|XRay"
    r"|ElasticFileSystem|ElasticLoadBalancing|SSMManagedInstance|CloudMap|Fargate"
    r"|^(AdministratorAccess|PowerUserAccess|ReadOnlyAccess|SecurityAudit|ViewOnlyAccess)$"
)


class PracticeIam(IAMBackend):
    """An IAM that knows some two hundred policies of AWS, not 1,500: 5 MB less an account."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    def _init_aws_policies(self) -> list[ManagedPolicy]:
        if not load_iam_aws_managed_policies():
            return []
        return [
            AWSManagedPolicy.from_data(name, self.account_id, self.region_name, policy)
            for name, policy in _policies().items()
        ]


def policies_of(role: Role) -> list[str]:
    """Return the documents of the policies that a role has, attached and its own."""
    attached = [
        version.document
        for policy in role.managed_policies.values()
        for version in policy.versions
        if version.version_id == policy.default_version_id
    ]
    return [str(one) for one in (*attached, *role.policies.values())]


@cache
def _policies() -> dict[str, Any]:  # Any: the policies' own JSON
    policies: dict[str, Any] = json.loads(aws_managed_policies_data)
    return {name: policy for name, policy in policies.items() if _NEEDED.search(name)}
