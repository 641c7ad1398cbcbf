"""An ECS whose services keep their tasks, and which refuses what AWS refuses."""

from __future__ import annotations

from collections import Counter
from typing import Any

from moto.core.utils import utcnow
from moto.ecs import urls
from moto.ecs.exceptions import ECSException
from moto.ecs.models import Cluster, EC2ContainerServiceBackend, Service, Task, TaskDefinition
from moto.moto_api._internal import mock_random

from labs.sandbox import ecs_obstacles, ecs_tasks, strategy
from labs.sandbox.ecs_neighbours import Neighbours

_HAS_SERVICES = "The Cluster cannot be deleted while Services are active."
_HAS_TASKS = "The Cluster cannot be deleted while Tasks are active."
# botocore 1.44.5: UpdateService, "this parameter triggers a new service deployment"
_DEPLOYS = {
    "force_new_deployment",
    "load_balancers",
    "network_configuration",
    "platform_version",
    "service_connect_configuration",
    "service_registries",
    "task_definition",
}
_NO_INSTANCE = "no container instance met all of its requirements. Reason: No Container Instances"


class PracticeEcs(EC2ContainerServiceBackend):
    """An ECS whose services start, replace and stop their tasks at once."""

    @property
    def _url_module(self) -> Any:  # Any: so declared by moto
        """Stay at moto's addresses, which it would look for next to this file."""
        return urls

    @property
    def around(self) -> Neighbours:
        """The other services of this account and region."""
        return Neighbours(self.account_id, self.region_name)

    @staticmethod
    def _calculate_task_resource_requirements(task_definition: TaskDefinition) -> dict[str, Any]:
        """Count the task's own memory: on Fargate a container needs none, and moto stumbles."""
        memory = int(task_definition.memory or 0)
        return {"CPU": 0, "MEMORY": memory, "PORTS": [], "PORTS_UDP": []}

    # Clusters

    def create_cluster(self, cluster_name: str, *args: Any, **kwargs: Any) -> Cluster:
        """Make a cluster, or return the one there is."""
        known: Cluster | None = self.clusters.get(cluster_name)
        return known or super().create_cluster(cluster_name, *args, **kwargs)

    def delete_cluster(self, cluster_str: str) -> Cluster:
        """Keep a cluster that has services or tasks, and forget one that has none."""
        cluster = self.cluster(cluster_str)
        if self.living(cluster):
            raise ECSException("ClusterContainsServicesException", _HAS_SERVICES)
        if self.list_tasks(cluster.name):
            raise ECSException("ClusterContainsTasksException", _HAS_TASKS)
        super().delete_cluster(cluster_str)
        return self.clusters.pop(cluster.name)

    def cluster(self, name: str) -> Cluster:
        """Return a cluster by name or ARN; raise ECSException."""
        return self._get_cluster(name)

    def service(self, cluster: str, name: str) -> Service:
        """Return a service by name or ARN, also a deleted one; raise ECSException."""
        return self._get_service(cluster, name.rsplit("/", maxsplit=1)[-1])

    def living(self, cluster: Cluster) -> list[Service]:
        """Return the services of a cluster that were not deleted."""
        return [
            service
            for service in self.services.values()
            if service.cluster_name == cluster.name and service.status == "ACTIVE"
        ]

    # Services

    def list_services(self, cluster_str: str, *args: Any, **kwargs: Any) -> list[str]:
        """List what was not deleted."""
        living = {one.arn for one in self.living(self.cluster(cluster_str))}
        listed = super().list_services(cluster_str, *args, **kwargs)
        return [arn for arn in listed if arn in living]

    def update_service(self, service_properties: dict[str, Any]) -> Service:
        """Replace the tasks where ECS starts a deployment, and nowhere else."""
        asked = {name for name, value in service_properties.items() if value}
        service = super().update_service(service_properties)
        if service.task_definition:
            service.task_definition = self.describe_task_definition(service.task_definition).arn
        if asked & _DEPLOYS:
            self.deploy(service)
        self.settle(service)
        return service

    def delete_service(self, cluster_name: str, service_name: str, force: bool) -> Service:  # noqa: FBT001 - moto's
        """Let a service take its tasks along."""
        service = super().delete_service(cluster_name, service_name, force)
        service.desired_count = 0
        self.settle(service)
        return service

    def deploy(self, service: Service) -> None:
        """Begin a deployment: tasks of the one before are to go."""
        name = f"ecs-svc/{mock_random.randint(10**18, 10**19)}"
        vars(service).update(practice_deployment=name, practice_failed=0)
        now = utcnow()
        for deployment in service.deployments[:1]:
            deployment.update(id=name, createdAt=now, updatedAt=now)

    def settle(self, service: Service) -> None:
        """Bring the service to its desired count, which moto leaves to nobody."""
        name = vars(service).get("practice_deployment", "")
        tasks = self.tasks_of(service)
        current = [task for task in tasks if task.started_by == name]
        missing = service.desired_count - len(current)
        reason = self.obstacle(service) if missing > 0 else ""
        if reason:
            self._fail(service, reason)
            too_many = tasks[service.desired_count :]
        else:
            for _ in range(missing):
                self._start(service)
            too_many = current[service.desired_count :]
            too_many += [task for task in tasks if task not in current]
        for task in too_many:
            self._leave(task, name)
        self._tell(service)

    def _tell(self, service: Service) -> None:
        running = len(self.tasks_of(service))
        name = vars(service).get("practice_deployment", "")
        current = sum(task.started_by == name for task in self.tasks_of(service))
        is_done = current >= service.desired_count
        service.running_count = running
        service.pending_count = max(service.desired_count - running, 0)
        for deployment in service.deployments[:1]:
            deployment.update(
                rolloutState="COMPLETED" if is_done else "IN_PROGRESS",
                rolloutStateReason=f"ECS deployment {name} "
                + ("completed." if is_done else "in progress."),
                updatedAt=utcnow(),
                taskDefinition=service.task_definition,
                desiredCount=service.desired_count,
                runningCount=current,
                pendingCount=max(service.desired_count - current, 0),
                failedTasks=vars(service).get("practice_failed", 0),
            )
        if is_done and service.desired_count:
            self._say(service, "has reached a steady state.")
        self._count(self.cluster(service.cluster_name))

    def _count(self, cluster: Cluster) -> None:
        living = self.living(cluster)
        cluster.active_services_count = len(living)
        cluster.running_tasks_count = len(self.list_tasks(cluster.name))
        cluster.pending_tasks_count = sum(service.pending_count for service in living)

    def _say(self, service: Service, text: str) -> None:
        message = f"(service {service.name}) {text}"
        if not service.events or service.events[0]["message"] != message:
            event = {"id": str(mock_random.uuid4()), "createdAt": utcnow(), "message": message}
            service.events.insert(0, event)

    # Tasks of services

    def tasks_of(self, service: Service) -> list[Task]:
        """Return the tasks of a service that run."""
        return [
            task
            for task in self.tasks.get(service.cluster_name, {}).values()
            if ecs_tasks.service_of(task) == service.name and task.desired_status == "RUNNING"
        ]

    def stop_task(self, cluster_str: str, task_str: str, reason: str) -> Task:
        """Stop a task; its service starts another."""
        cluster = self.cluster(cluster_str)
        wanted = task_str.rsplit("/", maxsplit=1)[-1]
        if not any(arn.endswith(f"/{wanted}") for arn in self.tasks.get(cluster.name, {})):
            raise ECSException("InvalidParameterException", "The referenced task was not found.")
        task = super().stop_task(cluster_str, task_str, reason)
        ecs_tasks.leave_groups(task, self.around)
        ecs_tasks.stop(task, self.around, code="UserInitiated", reason=reason or "")
        for service in self.living(cluster):
            if service.name == ecs_tasks.service_of(task):
                self.settle(service)
        self._count(cluster)
        return task

    def list_tasks(
        self,
        cluster_str: str | None = None,
        container_instance: str | None = None,
        family: str | None = None,
        started_by: str | None = None,
        service_name: str | None = None,
        desiredStatus: str | None = None,  # noqa: N803 - moto's
    ) -> list[Task]:
        """List running tasks unless stopped ones are asked for, and obey the service's name."""
        status = desiredStatus or "RUNNING"
        tasks = super().list_tasks(
            cluster_str, container_instance, family, started_by, None, status
        )
        if service_name:
            service = self.service(cluster_str or "default", service_name)
            tasks = [task for task in tasks if ecs_tasks.service_of(task) == service.name]
        cluster = (cluster_str or "").split("/")[-1]
        return [task for task in tasks if cluster in {"", task.cluster_name}]

    def shares(self, service: Service) -> tuple[strategy.Share, ...]:
        """Return the strategy a service starts its tasks by; empty when it has a launch type."""
        return strategy.read(vars(service).get("capacity_provider_strategy"))

    def _provider(self, service: Service) -> str:
        shares = self.shares(service)
        running = Counter(str(task.capacity_provider_name) for task in self.tasks_of(service))
        return strategy.next_provider(shares, running) if shares else ""

    def obstacle(self, service: Service) -> str:
        """Return why a task of the service would not start, or an empty text."""
        provider = self._provider(service)
        if (provider or service.launch_type) not in strategy.FARGATE:
            return _NO_INSTANCE
        definition = self.describe_task_definition(service.task_definition or "")
        return ecs_obstacles.find(definition, service.network_configuration, self.around)

    def _new(self, service: Service) -> Task:
        provider = self._provider(service)
        task: Task = super().run_task(
            service.cluster_name,
            service.task_definition or "",
            1,
            None,
            vars(service).get("practice_deployment", ""),
            None,
            None if provider else service.launch_type,
            service.network_configuration,
            f"service:{service.name}",
            capacity_provider_strategy=[{"capacityProvider": provider}] if provider else None,
        )[0]
        return task

    def _start(self, service: Service) -> None:
        task = self._new(service)
        definition = self.describe_task_definition(task.task_definition_arn)
        can_exec = bool(vars(service).get("enable_execute_command"))
        ecs_tasks.start(task, definition, self.around, can_exec=can_exec)
        ecs_tasks.enter_groups(task, service, self.around)

    def _fail(self, service: Service, reason: str) -> None:
        """Show one task that could not start for a reason, and not one more for each look."""
        told = vars(service)
        if told.get("practice_reason") == (told.get("practice_deployment"), reason):
            return
        told["practice_reason"] = (told.get("practice_deployment"), reason)
        told["practice_failed"] = told.get("practice_failed", 0) + 1
        if reason == _NO_INSTANCE:
            self._say(service, f"was unable to place a task because {reason}.")
            return
        task = self._new(service)
        definition = self.describe_task_definition(task.task_definition_arn)
        ecs_tasks.fail(task, definition, self.around, reason=reason)
        self._say(service, f"was unable to start a task: {reason}")

    def _leave(self, task: Task, deployment: str) -> None:
        reason = f"Scaling activity initiated by (deployment {deployment})"
        ecs_tasks.leave_groups(task, self.around)
        ecs_tasks.stop(task, self.around, code="ServiceSchedulerInitiated", reason=reason)

    def run_alone(self, tasks: list[Task], *, can_exec: bool) -> None:
        """Let tasks run that belong to no service."""
        for task in tasks:
            definition = self.describe_task_definition(task.task_definition_arn)
            network = vars(task).get("network_configuration") or {}
            reason = ecs_obstacles.find(definition, network, self.around)
            if reason:
                ecs_tasks.fail(task, definition, self.around, reason=reason)
            else:
                ecs_tasks.start(task, definition, self.around, can_exec=can_exec)
            self._count(self.cluster(task.cluster_name))
