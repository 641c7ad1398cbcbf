"""Exercise 3: a task definition that Fargate can run, with its role and its log group."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, passes
from labs.checks.names import Names
from labs.checks.reading import app_of, image_parts, listed
from labs.fargate import is_size

LAB = Lab("task-definition")
_HTTP = 80
_TASKS = "ecs-tasks.amazonaws.com"
_POLICY = "AmazonECSTaskExecutionRolePolicy"
_OPTIONS = ("awslogs-group", "awslogs-region", "awslogs-stream-prefix")


@LAB.check("td-active", "taskdef")
def active(seen: Seen, names: Names) -> Finding:
    one = seen["taskdef"]
    found = f"{one['family']}:{one['revision']} {one['status']}"
    return passes(when=one["status"] == "ACTIVE", found=found, expected="ACTIVE")


@LAB.check("td-fargate", "taskdef", needs=("td-active",))
def fargate(seen: Seen, names: Names) -> Finding:
    kinds = seen["taskdef"].get("requiresCompatibilities") or []
    mode = seen["taskdef"].get("networkMode") or "bridge"
    return passes(
        when="FARGATE" in kinds and mode == "awsvpc",
        found=f"{listed(kinds)}, {mode}",
        expected="FARGATE, awsvpc",
    )


@LAB.check("td-size", "taskdef", needs=("td-active",))
def size(seen: Seen, names: Names) -> Finding:
    cpu, memory = (str(seen["taskdef"].get(one) or 0) for one in ("cpu", "memory"))
    return passes(when=is_size(cpu, memory), found=f"{cpu} / {memory}", expected="256 / 512")


@LAB.check(
    "td-image", "taskdef", "repo", "images", needs=("td-active",), may_lack=("repo", "images")
)
def image(seen: Seen, names: Names) -> Finding:
    """Account, Region and repository are the learner's own, and the tag has been pushed."""
    image = app_of(seen["taskdef"], names)["image"]
    place, version = image_parts(image)
    own = seen["repo"] and seen["repo"]["repositoryUri"]
    return passes(
        when=place == own and version in (seen["images"] or {}),
        found=image,
        expected=f"{own or names.repository}:{names.tag}",
    )


@LAB.check("td-port", "taskdef", needs=("td-active",))
def port(seen: Seen, names: Names) -> Finding:
    mappings = app_of(seen["taskdef"], names).get("portMappings", [])
    ports = [one.get("containerPort") for one in mappings]
    return passes(when=_HTTP in ports, found=listed(ports), expected="80")


@LAB.check("td-logs", "taskdef", needs=("td-active",))
def logs(seen: Seen, names: Names) -> Finding:
    config = app_of(seen["taskdef"], names).get("logConfiguration", {})
    options = config.get("options", {})
    region = seen["taskdef"]["taskDefinitionArn"].split(":")[3]
    told = listed(f"{one}={options[one]}" for one in _OPTIONS if one in options)
    return passes(
        when=config.get("logDriver") == "awslogs"
        and all(options.get(one) for one in _OPTIONS)
        and options["awslogs-region"] == region,
        found=f"{config.get('logDriver', '-')}: {told}",
        expected=f"awslogs: {', '.join(_OPTIONS)}, {region}",
    )


@LAB.check("td-exec-role", "exec_role", "taskdef", needs=("td-active",))
def role(seen: Seen, names: Names) -> Finding:
    found = seen["exec_role"]
    return passes(
        when=_TASKS in found["trusts"],
        found=f"{found['name']}: {listed(found['trusts'])}",
        expected=_TASKS,
    )


@LAB.check("td-exec-policy", "exec_role_policies", "taskdef", needs=("td-active", "td-exec-role"))
def policy(seen: Seen, names: Names) -> Finding:
    found = seen["exec_role_policies"]
    return passes(when=_POLICY in found, found=listed(found), expected=_POLICY)


@LAB.check("td-log-group", "log_groups", "taskdef", needs=("td-active", "td-logs"))
def log_group(seen: Seen, names: Names) -> Finding:
    """`awslogs-create-group` is no way out: the managed policy does not let the role do it."""
    options = app_of(seen["taskdef"], names)["logConfiguration"]["options"]
    group, creates = options["awslogs-group"], options.get("awslogs-create-group", "false")
    found = group if group in seen["log_groups"] else f"- (awslogs-create-group={creates})"
    return passes(when=group in seen["log_groups"], found=found, expected=group)
