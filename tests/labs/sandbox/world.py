"""A learner's account inside this process: the clients of boto, and no socket."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session
from werkzeug.test import create_environ, run_wsgi_app

from labs.sandbox.guard import Application
from labs.sandbox_client import Keys

REGION = "ap-northeast-1"
EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
ADDRESS = "http://sandbox.test"
CONFIG = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
BOTO = Session()


class _Raw(io.BytesIO):
    def stream(self, *_: object, **__: object) -> Iterator[bytes]:
        yield self.read()


@dataclass(frozen=True, slots=True)
class World:
    """One learner's account, and what the exercises put there."""

    app: Application
    keys: Keys
    region: str = REGION

    def client(self, service: str, token: str = "", **changed: str) -> Any:
        """Return a client whose requests the practice account answers in this process."""
        client = BOTO.create_client(
            service,
            region_name=self.region,
            endpoint_url=ADDRESS,
            config=CONFIG,
            aws_access_key_id=changed.get("key", self.keys.access_key_id),
            aws_secret_access_key=changed.get("secret", self.keys.secret_access_key),
            aws_session_token=token or None,
        )
        client.meta.events.register("before-send", self._send)
        return client

    def _send(self, request: Any, **_: object) -> AWSResponse:
        return send(self.app, request)

    @property
    def ecs(self) -> Any:
        return self.client("ecs")

    @property
    def account(self) -> str:
        return self.keys.account_id

    @property
    def image(self) -> str:
        return f"{self.account}.dkr.ecr.{REGION}.amazonaws.com/app:v1"

    def role(self, name: str) -> str:
        return f"arn:aws:iam::{self.account}:role/{name}"

    def subnets(self) -> list[str]:
        found = self.client("ec2").describe_subnets()["Subnets"]
        return [one["SubnetId"] for one in found][:2]

    def network(self, **changed: Any) -> dict[str, Any]:
        given = {"subnets": self.subnets(), "assignPublicIp": "ENABLED", **changed}
        return {"awsvpcConfiguration": given}

    def make_role(self, name: str, service: str) -> str:
        allow = {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sts:AssumeRole",
        }
        document = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
        made = self.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)
        return str(made["Role"]["Arn"])

    def make_execution_role(self) -> None:
        self.make_role("execution", "ecs-tasks.amazonaws.com")
        self.client("iam").attach_role_policy(RoleName="execution", PolicyArn=EXECUTION)

    def push(self, tag: str = "v1", repository: str = "app") -> None:
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "config": {"size": 1, "digest": f"sha256:{tag:0>64}"},
            "layers": [],
        }
        self.client("ecr").put_image(
            repositoryName=repository, imageTag=tag, imageManifest=json.dumps(manifest)
        )

    def prepare(self) -> None:
        """Make what tasks need: two roles, a repository with v1, a log group, a cluster."""
        self.make_execution_role()
        self.make_role("task", "ecs-tasks.amazonaws.com")
        self.client("ecr").create_repository(repositoryName="app")
        self.push()
        self.client("logs").create_log_group(logGroupName="/ecs/app")
        self.ecs.create_cluster(clusterName="c", capacityProviders=["FARGATE", "FARGATE_SPOT"])
        self.register()

    def definition(self, **changed: Any) -> dict[str, Any]:
        options = {
            "awslogs-group": "/ecs/app",
            "awslogs-region": REGION,
            "awslogs-stream-prefix": "app",
        }
        container = {
            "name": "app",
            "image": self.image,
            "portMappings": [{"containerPort": 80, "name": "http"}],
            "logConfiguration": {"logDriver": "awslogs", "options": options},
        }
        asked = {
            "family": "t",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "cpu": "256",
            "memory": "512",
            "executionRoleArn": self.role("execution"),
            "taskRoleArn": self.role("task"),
            "containerDefinitions": [container],
            **changed,
        }
        return {name: value for name, value in asked.items() if value is not None}

    def register(self, **changed: Any) -> str:
        made = self.ecs.register_task_definition(**self.definition(**changed))
        return str(made["taskDefinition"]["taskDefinitionArn"])

    def serve(self, name: str = "s", **changed: Any) -> dict[str, Any]:
        asked = {
            "cluster": "c",
            "serviceName": name,
            "taskDefinition": "t",
            "desiredCount": 1,
            "launchType": "FARGATE",
            "networkConfiguration": self.network(),
            **changed,
        }
        given = {key: value for key, value in asked.items() if value is not None}
        service: dict[str, Any] = self.ecs.create_service(**given)["service"]
        return service

    def service(self, name: str = "s") -> dict[str, Any]:
        found = self.ecs.describe_services(cluster="c", services=[name])["services"]
        service: dict[str, Any] = found[0]
        return service

    def tasks(self, status: str = "RUNNING", **asked: str) -> list[dict[str, Any]]:
        arns = self.ecs.list_tasks(cluster="c", desiredStatus=status, **asked)["taskArns"]
        if not arns:
            return []
        tasks: list[dict[str, Any]] = self.ecs.describe_tasks(cluster="c", tasks=arns)["tasks"]
        return tasks

    def balance(self) -> str:
        elb = self.client("elbv2")
        made = elb.create_load_balancer(Name="alb", Subnets=self.subnets())
        return str(made["LoadBalancers"][0]["LoadBalancerArn"])

    def group(self, name: str, kind: str = "ip") -> str:
        vpc = self.client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
        made = self.client("elbv2").create_target_group(
            Name=name, Protocol="HTTP", Port=80, VpcId=vpc, TargetType=kind
        )
        return str(made["TargetGroups"][0]["TargetGroupArn"])

    def listen(self, balancer: str, port: int, group: str) -> str:
        made = self.client("elbv2").create_listener(
            LoadBalancerArn=balancer,
            Protocol="HTTP",
            Port=port,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": group}],
        )
        return str(made["Listeners"][0]["ListenerArn"])


def events(service: dict[str, Any]) -> str:
    """Return all that a service says of itself."""
    return " ".join(event["message"] for event in service["events"])


def refused(ask: Any, **asked: Any) -> str:
    """Return the code of the refusal that a call must meet."""
    with pytest.raises(ClientError) as caught:
        ask(**asked)
    code: str = caught.value.response["Error"]["Code"]
    return code


def send(app: Application, request: Any) -> AWSResponse:
    """Let the practice account answer a request that boto has prepared."""
    path, _, query = request.url.removeprefix(ADDRESS).partition("?")
    headers = [
        (name, value.decode() if isinstance(value, bytes) else str(value))
        for name, value in request.headers.items()
    ]
    environ = create_environ(
        path=path or "/",
        base_url=ADDRESS,
        query_string=query,
        method=request.method,
        headers=headers,
        data=request.body or b"",
    )
    environ["RAW_URI"] = request.url.removeprefix(ADDRESS) or "/"
    content, status, answered = run_wsgi_app(app, environ, buffered=True)
    return AWSResponse(request.url, int(status.split()[0]), answered, _Raw(b"".join(content)))
