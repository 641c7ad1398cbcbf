"""An Elastic Load Balancing that wants two zones, and takes the tasks of services as targets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from moto.ec2.exceptions import InvalidSubnetIdError
from moto.elbv2 import urls
from moto.elbv2.exceptions import ELBClientError, SubnetNotFoundError
from moto.elbv2.models import ELBv2Backend, FakeListener, FakeLoadBalancer, FakeTargetGroup

_TWO_ZONES = "At least two subnets in two different Availability Zones must be specified"
_ONE_ZONE_TWICE = (
    "A load balancer cannot be attached to multiple subnets in the same Availability Zone"
)
_LEAST_ZONES = 2


class PracticeElb(ELBv2Backend):
    """An Elastic Load Balancing that refuses what AWS refuses."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    def create_load_balancer(self, *args: Any, **kwargs: Any) -> FakeLoadBalancer:
        """Make a load balancer; an application load balancer needs two zones."""
        try:
            balancer = super().create_load_balancer(*args, **kwargs)
        except InvalidSubnetIdError as error:
            raise SubnetNotFoundError from error
        zones = [subnet.availability_zone for subnet in balancer.subnets]
        if balancer.type in {None, "application"}:
            if len(zones) < _LEAST_ZONES:
                self._undo(balancer, "ValidationError", _TWO_ZONES)
            if len(set(zones)) < len(zones):
                self._undo(balancer, "InvalidConfigurationRequest", _ONE_ZONE_TWICE)
        return balancer

    def group(self, arn: str) -> FakeTargetGroup | None:
        """Return the target group, if there is one."""
        return self.target_groups.get(arn)

    def named(self, name: str) -> FakeTargetGroup | None:
        """Return the target group of a name, if there is one."""
        return next((one for one in self.target_groups.values() if one.name == name), None)

    def listener(self, arn: str) -> FakeListener | None:
        """Return the listener, if there is one."""
        balancers: Iterable[FakeLoadBalancer] = self.load_balancers.values()
        return next((one.listeners[arn] for one in balancers if arn in one.listeners), None)

    def is_reached(self, group_arn: str) -> bool:
        """Whether a listener or a rule of one sends to the group."""
        return bool(self._any_listener_using(group_arn))

    def send_to(self, listener_arn: str, group_arn: str) -> None:
        """Let a listener send everything to a group."""
        action = {"Type": "forward", "TargetGroupArn": group_arn}
        self.modify_listener(listener_arn, actions=[action])

    def _undo(self, balancer: FakeLoadBalancer, code: str, message: str) -> None:
        del self.load_balancers[balancer.arn]
        raise ELBClientError(code, message)
