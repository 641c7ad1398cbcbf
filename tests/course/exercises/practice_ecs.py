"""Makes moto's ECS behave as the exercises need: services keep tasks, and nothing in use goes."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.utils import random_public_ip
from moto.ecs import urls
from moto.ecs.exceptions import ECSException
from moto.ecs.models import (
    Cluster,
    EC2ContainerServiceBackend,
    Service,
    Task,
    TaskDefinition,
    ecs_backends,
)
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.moto_api import state_manager

_CLUSTER_IN_USE = "The Cluster cannot be deleted while Services are active."
_NEVER = 10**9


def install() -> None:
    """Put this ECS in the place of moto's; a task ages no more by being described."""
    ecs_backends.backend = PracticeEcs
    urls.url_paths["{0}/$"] = PracticeEcsRequests.dispatch
    state_manager.set_transition("ecs::task", {"progression": "manual", "times": _NEVER})


class PracticeEcs(EC2ContainerServiceBackend):
    """An ECS whose services start, replace and stop their tasks at once."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    @staticmethod
    def _calculate_task_resource_requirements(task_definition: TaskDefinition) -> dict[str, Any]:
        """Count the task's own memory: on Fargate a container needs none, and moto stumbles."""
        memory = int(task_definition.memory or 0)
        return {"CPU": 0, "MEMORY": memory, "PORTS": [], "PORTS_UDP": []}

    def settle(self, service: Service) -> None:
        """Bring the service to its desired count, which moto leaves to nobody."""
        running = self._tasks_of(service)
        for task in running[service.desired_count :]:
            self._stop(task)
        missing = service.desired_count - len(running)
        if missing > 0:
            self._start(service, missing)
        service.running_count, service.pending_count = service.desired_count, 0
        for deployment in service.deployments[:1]:
            deployment.update(
                rolloutState="COMPLETED",
                updatedAt=utcnow(),
                taskDefinition=service.task_definition,
                desiredCount=service.desired_count,
                runningCount=service.desired_count,
                pendingCount=0,
            )
        self._count(self._get_cluster(service.cluster_name))

    def update_service(self, service_properties: dict[str, Any]) -> Service:
        """Replace the tasks where ECS starts a deployment, and nowhere else."""
        asked = {name for name, value in service_properties.items() if value}
        service = super().update_service(service_properties)
        if asked & {"force_new_deployment", "load_balancers", "task_definition"}:
            for task in self._tasks_of(service):
                self._stop(task)
        self.settle(service)
        return service

    def delete_service(self, cluster_name: str, service_name: str, force: bool) -> Service:
        """Let a service take its tasks along."""
        service = super().delete_service(cluster_name, service_name, force)
        service.desired_count = 0
        self.settle(service)
        return service

    def delete_cluster(self, cluster_str: str) -> Cluster:
        """Keep a cluster that has services, and forget one that has none."""
        cluster = super().delete_cluster(cluster_str)
        if cluster.active_services_count:
            cluster.status = "ACTIVE"
            raise ECSException("ClusterContainsServicesException", _CLUSTER_IN_USE)
        return self.clusters.pop(cluster.name)

    def list_tasks(
        self,
        cluster_str: str | None = None,
        container_instance: str | None = None,
        family: str | None = None,
        started_by: str | None = None,
        service_name: str | None = None,
        desiredStatus: str | None = None,  # noqa: N803
    ) -> list[Task]:
        """List running tasks unless stopped ones are asked for, and obey the service's name."""
        status = desiredStatus or "RUNNING"
        tasks = super().list_tasks(
            cluster_str, container_instance, family, started_by, None, status
        )
        return [task for task in tasks if service_name in {None, _service_of(task)}]

    def _tasks_of(self, service: Service) -> list[Task]:
        tasks = self.tasks.get(service.cluster_name, {}).values()
        return [
            task
            for task in tasks
            if _service_of(task) == service.name and task.desired_status == "RUNNING"
        ]

    def _start(self, service: Service, count: int) -> None:
        tasks = self.run_task(
            service.cluster_name,
            service.task_definition or "",
            count,
            None,
            "ecs-svc",
            None,
            service.launch_type,
            service.network_configuration,
            f"service:{service.name}",
        )
        for task in tasks:
            _become_running(task, can_exec=bool(vars(service).get("enable_execute_command")))
            for interface in _interfaces_of(task):
                self._ec2.get_network_interface(interface).public_ip = random_public_ip()

    def _stop(self, task: Task) -> None:
        """Stop a task and delete its network interfaces, which would hold the security group."""
        task.last_status = task.desired_status = "STOPPED"
        for interface in _interfaces_of(task):
            self._ec2.delete_network_interface(interface)
        task.attachments.clear()

    def _count(self, cluster: Cluster) -> None:
        living = [
            service
            for service in self.services.values()
            if service.cluster_name == cluster.name and service.status == "ACTIVE"
        ]
        cluster.active_services_count = len(living)
        cluster.running_tasks_count = sum(service.running_count for service in living)
        cluster.pending_tasks_count = 0

    @property
    def _ec2(self) -> EC2Backend:
        return ec2_backends[self.account_id][self.region_name]


class PracticeEcsRequests(EC2ContainerServiceResponse):
    """The requests that moto's ECS reads half or not at all."""

    def create_service(self) -> ActionResult:
        """Keep what moto drops: Exec, the strategy, and that no launch type was given."""
        result = super().create_service()
        backend = ecs_backends[self.current_account][self.region]
        assert isinstance(backend, PracticeEcs)
        service = backend._get_service(
            self._get_param("cluster", "default"), self._get_param("serviceName")
        )
        service.launch_type = self._get_param("launchType")
        vars(service).update(
            enable_execute_command=bool(self._get_param("enableExecuteCommand")),
            deployment_configuration=self._get_param("deploymentConfiguration"),
        )
        backend.settle(service)
        return result

    def list_service_deployments(self) -> ActionResult:
        """Name one deployment for each service: moto knows no service deployments."""
        service = self.ecs_backend._get_service(
            self._get_param("cluster"), self._get_param("service")
        )
        arn = service.arn.replace(":service/", ":service-deployment/") + "/1"
        return ActionResult({"serviceDeployments": [_succeeded(arn)]})

    def describe_service_deployments(self) -> ActionResult:
        """Say that a deployment has succeeded, as tasks here are replaced at once."""
        arns = self._get_param("serviceDeploymentArns")
        return ActionResult({"serviceDeployments": [_succeeded(arn) for arn in arns]})


def _service_of(task: Task) -> str | None:
    kind, _, name = task.group.partition(":")
    return name if kind == "service" else None


def _interfaces_of(task: Task) -> list[str]:
    attachments: list[dict[str, Any]] = task.attachments  # Any: the service's own JSON
    return [
        str(detail["value"])
        for attachment in attachments
        for detail in attachment["details"]
        if detail["name"] == "networkInterfaceId"
    ]


def _become_running(task: Task, *, can_exec: bool) -> None:
    agents = [{"name": "ExecuteCommandAgent", "lastStatus": "RUNNING"}] if can_exec else []
    vars(task).update(enable_execute_command=can_exec)
    for container in task.containers:
        container.last_status = "RUNNING"
        vars(container).update(managed_agents=agents)


def _succeeded(arn: str) -> dict[str, str]:
    return {"serviceDeploymentArn": arn, "status": "SUCCESSFUL", "lifecycleStage": "CLEAN_UP"}
