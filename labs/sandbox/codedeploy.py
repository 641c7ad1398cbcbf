"""A CodeDeploy whose deployments act on the service, and which refuses what AWS refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from moto.codedeploy import urls
from moto.codedeploy.exceptions import (
    CodeDeployException,
    DeploymentGroupAlreadyExistsException,
)
from moto.codedeploy.models import CodeDeployBackend, DeploymentGroup, DeploymentInfo
from moto.core.utils import utcnow
from moto.ecs.models import Service, ecs_backends

from labs.sandbox.ecs import PracticeEcs

_NAMED = re.compile(r"TaskDefinition\"?\s*:\s*\"?(arn:[^\"\s]+)")
_CONTROLLER = (
    "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller."
)
Json = Mapping[str, Any]  # Any: the service's own JSON


class Refusal(CodeDeployException):
    """What CodeDeploy answers when it does not do something."""

    code = 400


class PracticeCodeDeploy(CodeDeployBackend):
    """A CodeDeploy whose deployments are over at once."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    @property
    def ecs(self) -> PracticeEcs:
        """The ECS of the same account and region."""
        backend = ecs_backends[self.account_id][self.region_name]
        assert isinstance(backend, PracticeEcs)
        return backend

    def create_deployment_group(  # type: ignore[override] # moto calls it by names
        self, **asked: Any
    ) -> str:
        """Make a group for a service that CodeDeploy may deploy; refuse another."""
        self._check({"service_role_arn": None, **asked})
        return super().create_deployment_group(**asked)

    def update_deployment_group(
        self, application: str, name: str, changed: Json, new_name: str | None = None
    ) -> None:
        """Replace what is given, by moto's names; refuse what could not be made."""
        group = self.get_deployment_group(application, name)
        self._check(changed)
        groups = self.deployment_groups[application]
        if new_name and new_name != name:
            if new_name in groups:
                raise DeploymentGroupAlreadyExistsException(
                    f"Deployment group {new_name} already exists."
                )
            groups[new_name] = groups.pop(name)
            group.deployment_group_name = new_name
        for one, value in changed.items():
            setattr(group, one, value)

    def create_deployment(self, *args: Any, **kwargs: Any) -> str:
        """Deploy, and end: moto leaves a deployment at Created, and the CLI would wait."""
        deployment_id = super().create_deployment(*args, **kwargs)
        deployment = self.deployments[deployment_id]
        deployment.start_time = deployment.complete_time = utcnow()
        deployment.status = "Succeeded" if self._deploy(deployment) else "Failed"
        return deployment_id

    def last(self, group: DeploymentGroup, *statuses: str) -> Json:
        """Return the last deployment of a group, of some statuses or of any, or an empty object."""
        mine = [
            one
            for one in self.deployments.values()
            if one.deployment_group is group and (not statuses or one.status in statuses)
        ]
        return _info(mine[-1]) if mine else {}

    def _check(self, asked: Json) -> None:
        """Refuse a group for what AWS refuses it for, as far as it is asked for."""
        for one in asked.get("ecs_services") or ():
            self._check_service(one)
        role = str(asked.get("service_role_arn"))
        trusts = self.ecs.around.role_lets(role, "codedeploy.amazonaws.com")
        if "service_role_arn" in asked and not trusts:
            raise Refusal(
                "InvalidRoleException",
                f"AWS CodeDeploy does not have the permissions required to assume the role {role}.",
            )
        for pair in (asked.get("load_balancer_info") or {}).get("targetGroupPairInfoList") or ():
            self._check_pair(pair)

    def _check_service(self, named: Json) -> None:
        services = self.ecs.services
        service = services.get(f"{named.get('clusterName')}:{named.get('serviceName')}")
        if service is None or service.status != "ACTIVE":
            raise Refusal("InvalidECSServiceException", "The ECS service is invalid.")
        if service.deployment_controller.get("type") != "CODE_DEPLOY":
            raise Refusal("InvalidECSServiceException", _CONTROLLER)

    def _check_pair(self, pair: Json) -> None:
        elb = self.ecs.around.elb
        names = [one.get("name") for one in pair.get("targetGroups") or ()]
        listeners = (pair.get("prodTrafficRoute") or {}).get("listenerArns") or ()
        if len(names) != 2 or not all(elb.named(str(name)) for name in names):  # noqa: PLR2004 - a pair
            raise Refusal(
                "InvalidTargetGroupPairException", "A pair of two existing target groups is needed."
            )
        if not listeners or not all(elb.listener(arn) for arn in listeners):
            raise Refusal(
                "InvalidTargetGroupPairException",
                "The production traffic route needs a listener that exists.",
            )

    def _deploy(self, deployment: DeploymentInfo) -> bool:
        """Give the services of the group the task definition of the AppSpec; whether they run."""
        content = (deployment.revision or {}).get("appSpecContent") or {}
        named = _NAMED.search(str(content.get("content", "")))
        if named is None:
            return not deployment.deployment_group.ecs_services
        done = [
            self._replace(
                self.ecs.services[f"{one['clusterName']}:{one['serviceName']}"],
                named[1],
                deployment.deployment_group,
            )
            for one in deployment.deployment_group.ecs_services
        ]
        return all(done)

    def _replace(self, service: Service, definition: str, group: DeploymentGroup) -> bool:
        before = service.task_definition
        service.task_definition = self.ecs.describe_task_definition(definition).arn
        if self.ecs.obstacle(service):
            service.task_definition = before
            return False
        self._shift(service, group)
        self.ecs.deploy(service)
        self.ecs.settle(service)
        return True

    def _shift(self, service: Service, group: DeploymentGroup) -> None:
        """Send the traffic to the other target group of the pair."""
        elb = self.ecs.around.elb
        for pair in group.load_balancer_info.get("targetGroupPairInfoList") or ():
            groups = [elb.named(one["name"]) for one in pair["targetGroups"]]
            arns = [one.arn for one in groups if one is not None]
            for balancer in service.load_balancers:
                others = [arn for arn in arns if arn != balancer.get("targetGroupArn")]
                if len(arns) == 2 and len(others) == 1:  # noqa: PLR2004 - a pair
                    balancer["targetGroupArn"] = others[0]
                    for route in ("prodTrafficRoute", "testTrafficRoute"):
                        for arn in (pair.get(route) or {}).get("listenerArns") or ():
                            if elb.listener(arn):
                                elb.send_to(arn, others[0])


def _info(deployment: DeploymentInfo) -> Json:
    return {
        "deploymentId": deployment.deployment_id,
        "status": deployment.status,
        "createTime": deployment.create_time,
        "endTime": deployment.complete_time,
    }
