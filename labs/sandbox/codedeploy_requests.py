"""The requests of CodeDeploy that moto does not know."""

from __future__ import annotations

from typing import Any

from moto.codedeploy.responses import CodeDeployResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import camelcase_to_underscores

from labs.sandbox.codedeploy import PracticeCodeDeploy

# What an update of a group may replace, as moto keeps it.
_REPLACED = (
    "deploymentConfigName",
    "serviceRoleArn",
    "triggerConfigurations",
    "autoRollbackConfiguration",
    "outdatedInstancesStrategy",
    "deploymentStyle",
    "blueGreenDeploymentConfiguration",
    "loadBalancerInfo",
    "ecsServices",
)


class PracticeCodeDeployRequests(CodeDeployResponse):
    """CodeDeploy's requests, with deletions, and with what a group has last done."""

    def get_deployment_group(self) -> ActionResult:
        """Say what the group has last deployed, too."""
        result = super().get_deployment_group()
        backend = self.codedeploy_backend
        assert isinstance(backend, PracticeCodeDeploy)
        group = backend.get_deployment_group(
            self._get_param("applicationName"), self._get_param("deploymentGroupName")
        )
        content: Any = result.result  # what moto makes of the request
        content["deploymentGroupInfo"].update(
            lastSuccessfulDeployment=backend.last(group, "Succeeded"),
            lastAttemptedDeployment=backend.last(group),
        )
        return result

    def update_deployment_group(self) -> ActionResult:
        """Replace what is given of a deployment group, as the mends of exercise 6 do."""
        backend = self.codedeploy_backend
        assert isinstance(backend, PracticeCodeDeploy)
        given = {camelcase_to_underscores(one): self._get_param(one) for one in _REPLACED}
        backend.update_deployment_group(
            self._get_param("applicationName"),
            self._get_param("currentDeploymentGroupName"),
            {name: value for name, value in given.items() if value is not None},
            self._get_param("newDeploymentGroupName"),
        )
        return ActionResult({"hooksNotCleanedUp": []})

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
