"""Makes moto's CodeDeploy behave as the exercises need: deployments end, and things can go."""

from __future__ import annotations

from typing import Any

from moto.codedeploy import urls
from moto.codedeploy.models import CodeDeployBackend, codedeploy_backends
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.responses import ActionResult, EmptyResult


def install() -> None:
    """Put this CodeDeploy in the place of moto's."""
    codedeploy_backends.backend = PracticeCodeDeploy
    urls.url_paths["{0}/$"] = PracticeCodeDeployRequests.dispatch


class PracticeCodeDeploy(CodeDeployBackend):
    """A CodeDeploy whose deployments succeed at once."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    def create_deployment(self, *args: Any, **kwargs: Any) -> str:  # Any: passed on as it came
        """End a deployment, for moto leaves it at Created and `aws ecs deploy` would wait."""
        deployment_id = super().create_deployment(*args, **kwargs)
        self.deployments[deployment_id].status = "Succeeded"
        return deployment_id


class PracticeCodeDeployRequests(CodeDeployResponse):
    """The deletions that moto's CodeDeploy does not know."""

    def delete_deployment_group(self) -> ActionResult:
        """Delete a deployment group, as the clean-up does."""
        groups = self.codedeploy_backend.deployment_groups.get(
            self._get_param("applicationName"), {}
        )
        groups.pop(self._get_param("deploymentGroupName"), None)
        return ActionResult({"hooksNotCleanedUp": []})

    def delete_application(self) -> ActionResult:
        """Delete an application and the groups it still has, as CodeDeploy does."""
        name = self._get_param("applicationName")
        self.codedeploy_backend.deployment_groups.pop(name, None)
        self.codedeploy_backend.applications.pop(name, None)
        return EmptyResult()
