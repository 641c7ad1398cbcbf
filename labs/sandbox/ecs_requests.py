"""The requests of ECS that moto reads half or not at all."""

from __future__ import annotations

import copy
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecs.exceptions import ECSException, InvalidParameterException
from moto.ecs.models import Cluster, Service, Task, TaskDefinition
from moto.ecs.responses import EC2ContainerServiceResponse

from labs import fargate
from labs.sandbox import ecs_refusals, ecs_tasks, strategy
from labs.sandbox.ecs import PracticeEcs

_KEPT = {
    "capacityProviderStrategy": "capacity_provider_strategy",
    "deploymentConfiguration": "deployment_configuration",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
}
_NOT_ENABLED = (
    "The execute command failed because execute command was not enabled when the task was run or"
    " the execute command agent isn't running. Wait and try again or run a new task with execute"
    " command enabled and try again."
)
_NO_CONTAINER = (
    "ECS Exec is ready, but the practice account runs no real container that could be entered."
)
Json = dict[str, Any]  # Any: the service's own JSON


class PracticeEcsRequests(EC2ContainerServiceResponse):
    """ECS's requests, with what moto drops, and with the refusals of AWS."""

    @property
    def ecs(self) -> PracticeEcs:
        """The ECS of the account and region that are asked."""
        backend = self.ecs_backend
        assert isinstance(backend, PracticeEcs)
        return backend

    # Clusters

    def create_cluster(self) -> ActionResult:
        """Refuse a default strategy with a provider that the cluster is not to have."""
        asked = set(self._get_param("capacityProviders") or ())
        used = strategy.read(self._get_param("defaultCapacityProviderStrategy"))
        self._providers_known(asked, used)
        return super().create_cluster()

    def put_cluster_capacity_providers(self) -> ActionResult:
        """Refuse a default strategy with a provider that is not named."""
        asked = set(self._get_param("capacityProviders") or ())
        used = strategy.read(self._get_param("defaultCapacityProviderStrategy"))
        self._providers_known(asked, used)
        return super().put_cluster_capacity_providers()

    def describe_clusters(self) -> ActionResult:
        """Show settings and configuration to those only who ask for them."""
        include = set(self._get_param("include", []))
        super().describe_clusters()
        clusters, failures = self.ecs.describe_clusters(self._get_param("clusters", []))
        shown = [_shown(cluster, include) for cluster in clusters]
        return ActionResult({"clusters": shown, "failures": failures})

    def update_cluster_settings(self) -> ActionResult:
        """Change settings, an operation that moto does not know."""
        cluster = self.ecs.update_cluster(
            cluster_name=self._get_param("cluster"),
            cluster_settings=self._get_param("settings"),
            configuration=None,
            service_connect_defaults=None,
        )
        return ActionResult({"cluster": cluster})

    def _providers_known(self, names: set[str], used: tuple[strategy.Share, ...]) -> None:
        missing = {one.provider for one in used} - names
        if missing:
            raise InvalidParameterException(
                "The specified capacity provider strategy contains a capacity provider that is not"
                f" associated with the cluster: {', '.join(sorted(missing))}."
            )

    # Task definitions

    def register_task_definition(self) -> ActionResult:
        """Refuse what cannot run, note the time, and write sizes in units."""
        ecs_refusals.task_definition(self._get_params())
        result = super().register_task_definition()
        definition: TaskDefinition = _within(result, "taskDefinition")
        vars(definition).update(
            registered_at=utcnow(),
            cpu=_in_units(definition.cpu),
            memory=_in_units(definition.memory),
        )
        return result

    # Services

    def create_service(self) -> ActionResult:
        """Make a service, keep what moto drops, and start its tasks."""
        asked = self._get_params()
        cluster = self.ecs.cluster(asked.get("cluster", "default"))
        ecs_refusals.new_service(cluster, asked, self.ecs.services.values())
        definition = self.ecs.describe_task_definition(asked.get("taskDefinition", ""))
        self._complete(asked.get("networkConfiguration"))
        self._refuse(asked, definition, "created", asked.get("networkConfiguration") or {})
        shares = asked.get("capacityProviderStrategy")
        if not asked.get("launchType"):
            shares = shares or cluster.default_capacity_provider_strategy
        ecs_refusals.capacity(cluster, strategy.read(shares))
        result = super().create_service()
        service: Service = _within(result, "service")
        self._keep(service, asked, shares)
        self.ecs.deploy(service)
        self.ecs.settle(service)
        return result

    def _keep(self, service: Service, asked: Json, shares: list[Json] | None) -> None:
        service.launch_type = None if shares else self._get_param("launchType", "EC2")
        service.platform_version = service.platform_version or "1.4.0"
        kept = {attribute: asked.get(name) for name, attribute in _KEPT.items()}
        vars(service).update(
            kept,
            capacity_provider_strategy=shares,
            enable_execute_command=bool(asked.get("enableExecuteCommand")),
            created_at=utcnow(),
            platform_family="Linux",
        )
        for deployment in service.deployments[:1]:
            deployment.update(launchType=service.launch_type, capacityProviderStrategy=shares)
        self._connect(service, asked)

    def update_service(self) -> ActionResult:
        """Change a service where AWS would."""
        asked = self._get_params()
        service = self.ecs.service(asked.get("cluster", "default"), str(asked["service"]))
        if service.status != "ACTIVE":
            raise ECSException("ServiceNotActiveException", "Service was not ACTIVE.")
        ecs_refusals.codedeploy_service(service, asked)
        name = asked.get("taskDefinition") or service.task_definition
        definition = self.ecs.describe_task_definition(name or "")
        self._complete(asked.get("networkConfiguration"))
        network = asked.get("networkConfiguration") or service.network_configuration
        self._refuse(asked, definition, "updated", network)
        cluster = self.ecs.cluster(service.cluster_name)
        ecs_refusals.capacity(cluster, strategy.read(asked.get("capacityProviderStrategy")))
        if asked.get("capacityProviderStrategy"):
            service.launch_type = None
        self._connect(service, asked)
        return super().update_service()

    def _refuse(self, asked: Json, definition: TaskDefinition, verb: str, network: Json) -> None:
        ecs_refusals.launch(asked, definition, verb=verb, network=network)
        ecs_refusals.load_balancers(asked.get("loadBalancers") or (), definition, self.ecs.around)

    def _complete(self, network: Json | None) -> None:
        """Put in the default security group where none is named, as AWS does; moto stumbles."""
        vpc = (network or {}).get("awsvpcConfiguration")
        if vpc and vpc.get("subnets") and not vpc.get("securityGroups"):
            vpc["securityGroups"] = [self.ecs.around.default_group(vpc["subnets"][0])]

    def _connect(self, service: Service, asked: Json) -> None:
        """Keep the configuration of Service Connect, which belongs to the deployment."""
        connect = asked.get("serviceConnectConfiguration")
        if connect:
            for deployment in service.deployments[:1]:
                deployment.update(serviceConnectConfiguration=connect)

    def describe_services(self) -> ActionResult:
        """Try again first what could not start before."""
        names = self._get_param("services", [])
        found, _ = self.ecs.describe_services(self._get_param("cluster", "default"), names)
        for service in found:
            if service.status == "ACTIVE":
                self.ecs.settle(service)
        return super().describe_services()

    def list_service_deployments(self) -> ActionResult:
        """Name the last deployment of a service: moto knows no service deployments."""
        service = self.ecs.service(
            self._get_param("cluster", "default"), self._get_param("service")
        )
        return ActionResult({"serviceDeployments": [_deployment(service)]})

    def describe_service_deployments(self) -> ActionResult:
        """Say how the last deployment of each service fares."""
        asked = set(self._get_param("serviceDeploymentArns"))
        for service in self.ecs.services.values():
            self.ecs.settle(service)
        every = [_deployment(service) for service in self.ecs.services.values()]
        found = [one for one in every if one["serviceDeploymentArn"] in asked]
        return ActionResult({"serviceDeployments": found})

    # Tasks

    def run_task(self) -> ActionResult:
        """Run tasks that belong to no service."""
        asked = self._get_params()
        definition = self.ecs.describe_task_definition(asked["taskDefinition"])
        self._complete(asked.get("networkConfiguration"))
        ecs_refusals.launch(
            {**asked, "enableExecuteCommand": False},
            definition,
            verb="run",
            network=asked.get("networkConfiguration") or {},
        )
        cluster = self.ecs.cluster(asked.get("cluster", "default"))
        shares = asked.get("capacityProviderStrategy") or cluster.default_capacity_provider_strategy
        where = asked.get("launchType") or (shares[0]["capacityProvider"] if shares else "EC2")
        if where not in strategy.FARGATE and not self.ecs.container_instances.get(cluster.name):
            raise InvalidParameterException("No Container Instances were found in your cluster.")
        result = super().run_task()
        can_exec = bool(asked.get("enableExecuteCommand"))
        self.ecs.run_alone(_within(result, "tasks"), can_exec=can_exec)
        return result

    def describe_tasks(self) -> ActionResult:
        """Name what is missing, and keep to the cluster."""
        super().describe_tasks()
        cluster = self.ecs.cluster(self._get_param("cluster", "default"))
        asked = [str(one) for one in self._get_param("tasks", [])]
        tasks = {task.id: task for task in self.ecs.tasks.get(cluster.name, {}).values()}
        ids = {one: one.split("/")[-1] for one in asked}
        found: list[Task] = [tasks[name] for name in ids.values() if name in tasks]
        missing = [{"arn": one, "reason": "MISSING"} for one in asked if ids[one] not in tasks]
        return ActionResult({"tasks": found, "failures": missing})

    def execute_command(self) -> ActionResult:
        """Refuse: for the reason AWS would have, or because there is no container here."""
        cluster = self.ecs.cluster(self._get_param("cluster", "default"))
        name = str(self._get_param("task")).split("/")[-1]
        tasks = {task.id: task for task in self.ecs.tasks.get(cluster.name, {}).values()}
        task = tasks.get(name)
        if task is None or task.last_status != ecs_tasks.STARTED:
            raise InvalidParameterException("The specified task is not running.")
        if not vars(task).get("enable_execute_command"):
            raise InvalidParameterException(_NOT_ENABLED)
        raise ECSException("TargetNotConnectedException", _NO_CONTAINER)


def _in_units(size: str | None) -> str | None:
    """Return "0.5 GB" as "512", as ECS does."""
    units = fargate.amount(str(size)) if size else None
    return size if units is None else str(units)


def _within(result: ActionResult, name: str) -> Any:  # Any: what moto makes of each request
    content: Any = result.result
    return content[name]


def _shown(cluster: Cluster, include: set[str]) -> Cluster:
    shown = copy.copy(cluster)
    if "SETTINGS" not in include:
        shown.settings = []
    if "CONFIGURATIONS" not in include:
        shown.configuration = None
    return shown


def _deployment(service: Service) -> dict[str, str]:
    name = str(vars(service).get("practice_deployment", "")).rpartition("/")[2]
    is_done = service.running_count >= service.desired_count
    prefix = service.arn.replace(":service/", ":service-deployment/")
    return {
        "serviceDeploymentArn": f"{prefix}/{name}",
        "serviceArn": service.arn,
        "clusterArn": service.cluster_arn,
        "status": "SUCCESSFUL" if is_done else "IN_PROGRESS",
        "lifecycleStage": "CLEAN_UP" if is_done else "SCALE_UP",
    }
