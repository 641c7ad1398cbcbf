"""An Application Auto Scaling whose bounds act on services, and which leaves nothing behind."""

from __future__ import annotations

from typing import Any

from moto.applicationautoscaling import urls
from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import (
    ApplicationAutoscalingBackend,
    FakeApplicationAutoscalingPolicy,
    FakeScalableTarget,
)
from moto.core.exceptions import JsonRESTError


class PracticeScaling(ApplicationAutoscalingBackend):
    """An Application Auto Scaling whose bounds act on ECS services."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    def register_scalable_target(  # type: ignore[override] # what is passed on has no name
        self,
        namespace: str,
        r_id: str,
        dimension: str,
        min_capacity: int | None,
        max_capacity: int | None,
        **rest: Any,
    ) -> FakeScalableTarget:
        """Push the desired count into the bounds, which moto only writes down."""
        known = self.targets.get(dimension, {}).get(r_id)
        lowest = known.min_capacity if known and min_capacity is None else min_capacity
        highest = known.max_capacity if known and max_capacity is None else max_capacity
        if lowest is None or highest is None:
            raise AWSValidationException(
                "The MinCapacity and MaxCapacity parameters are required for a new target."
            )
        if lowest > highest:
            raise AWSValidationException("MinCapacity cannot be greater than MaxCapacity.")
        target = super().register_scalable_target(
            namespace, r_id, dimension, min_capacity, max_capacity, **rest
        )
        if namespace == "ecs":
            self._push(r_id, lowest, highest)
        return target

    def deregister_scalable_target(self, namespace: str, r_id: str, dimension: str) -> None:
        """Take policies, their alarms and scheduled actions along, as AWS does."""
        super().deregister_scalable_target(namespace, r_id, dimension)
        for policy in list(self.policies.values()):
            if (policy.resource_id, policy.scalable_dimension) == (r_id, dimension):
                self.delete_scaling_policy(policy.policy_name, namespace, r_id, dimension)
        self.scheduled_actions = [
            one
            for one in self.scheduled_actions
            if (one.resource_id, one.scalable_dimension) != (r_id, dimension)
        ]

    def put_scaling_policy(  # type: ignore[override] # moto calls it by names
        self, **asked: Any
    ) -> FakeApplicationAutoscalingPolicy:
        """Write down a policy of a target there is."""
        self._must_have_target(asked)
        return super().put_scaling_policy(**asked)

    def put_scheduled_action(  # type: ignore[override] # moto calls it by names
        self, **asked: Any
    ) -> None:
        """Write down a scheduled action of a target there is."""
        self._must_have_target(asked)
        super().put_scheduled_action(**asked)

    def _must_have_target(self, asked: dict[str, Any]) -> None:
        resource, dimension = asked["resource_id"], asked["scalable_dimension"]
        if resource not in self.targets.get(dimension, {}):
            raise JsonRESTError(
                "ObjectNotFoundException",
                "No scalable target registered for service namespace:"
                f" {asked['service_namespace']}, resource ID: {resource},"
                f" scalable dimension: {dimension}",
            )

    def _push(self, resource_id: str, lowest: int, highest: int) -> None:
        _, cluster, name = resource_id.split("/")
        count = self.ecs_backend._get_service(cluster, name).desired_count  # noqa: SLF001 - moto's
        wanted = min(max(count, lowest), highest)
        if wanted != count:
            self.ecs_backend.update_service(
                {"cluster": cluster, "service": name, "desired_count": wanted}
            )
