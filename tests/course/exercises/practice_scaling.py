"""Makes moto's Application Auto Scaling keep the desired count of a service inside its bounds."""

from __future__ import annotations

from typing import Any

from moto.applicationautoscaling import urls
from moto.applicationautoscaling.models import (
    ApplicationAutoscalingBackend,
    FakeScalableTarget,
    applicationautoscaling_backends,
)


def install() -> None:
    """Put this Application Auto Scaling in the place of moto's."""
    applicationautoscaling_backends.backend = PracticeScaling


class PracticeScaling(ApplicationAutoscalingBackend):
    """An Application Auto Scaling whose bounds act on ECS services."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    def register_scalable_target(self, *args: Any, **kwargs: Any) -> FakeScalableTarget:
        """Push the desired count into the bounds, which moto only writes down."""
        target = super().register_scalable_target(*args, **kwargs)
        _, cluster, name = target.resource_id.split("/")
        count = self.ecs_backend._get_service(cluster, name).desired_count
        lowest, highest = target.min_capacity or 0, target.max_capacity or count
        wanted = min(max(count, lowest), highest)
        if wanted != count:
            self.ecs_backend.update_service(
                {"cluster": cluster, "service": name, "desired_count": wanted}
            )
        return target
