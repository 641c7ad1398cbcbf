"""What ECS looks at in the other services of the same account and region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from moto.ec2.models import EC2Backend, ec2_backends
from moto.ecr.models import ecr_backends
from moto.elbv2.models import elbv2_backends
from moto.iam.models import Role, iam_backends
from moto.logs.models import logs_backends

from labs.sandbox import roles
from labs.sandbox.ecr import PracticeEcr
from labs.sandbox.elbv2 import PracticeElb
from labs.sandbox.iam import policies_of


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other services, asked by account and region."""

    account: str
    region: str

    @property
    def ec2(self) -> EC2Backend:
        return ec2_backends[self.account][self.region]

    @property
    def elb(self) -> PracticeElb:
        elb = elbv2_backends[self.account][self.region]
        assert isinstance(elb, PracticeElb)
        return elb

    def image_digest(self, image: str) -> str | None:
        """Return the digest of an image in this registry; None for none, and for elsewhere."""
        if not self.is_ours(image):
            return None
        ecr = ecr_backends[self.account][self.region]
        assert isinstance(ecr, PracticeEcr)
        name = image.partition("/")[2]
        repository, _, digest = name.partition("@")
        repository, _, tag = repository.partition(":")
        found = ecr.find(repository, digest or tag or "latest")
        return str(found.image_digest) if found else None

    def is_ours(self, image: str) -> bool:
        """Whether the image lies in the registry of this account and region."""
        return image.startswith(f"{self.account}.dkr.ecr.{self.region}.amazonaws.com/")

    def role_lets(self, arn: str, service: str) -> bool:
        """Whether the role is there and trusts the service."""
        role = self._role(arn)
        return role is not None and roles.lets_service(
            str(role.assume_role_policy_document), service
        )

    def role_may(self, arn: str, action: str) -> bool:
        """Whether a policy of the role allows the action."""
        role = self._role(arn)
        return role is not None and any(roles.allows(one, action) for one in policies_of(role))

    def _role(self, arn: str) -> Role | None:
        found: Iterable[Role] = iam_backends[self.account]["aws"].get_roles()
        return next((role for role in found if role.arn == arn), None)

    def has_log_group(self, name: str) -> bool:
        return name in logs_backends[self.account][self.region].groups

    def make_log_group(self, name: str) -> None:
        logs_backends[self.account][self.region].create_log_group(name, {})

    def has_way_out(self, subnet_id: str) -> bool:
        """Whether tasks without a public address reach ECR: by NAT or by endpoints."""
        vpc = self.ec2.get_subnet(subnet_id).vpc_id
        endpoints = [one.vpc_id for one in self.ec2.vpc_end_points.values()]
        gateways = [one.vpc_id for one in self.ec2.nat_gateways.values()]
        return vpc in {*endpoints, *gateways}

    def default_group(self, subnet_id: str) -> str:
        """Return the security group that a task gets when none is named."""
        vpc = self.ec2.get_subnet(subnet_id).vpc_id
        group = self.ec2.get_default_security_group(vpc)
        return str(group.id) if group else ""
