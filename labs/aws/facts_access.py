"""Whose account it is, and what the roles of the tasks may do."""

from __future__ import annotations

import json
from urllib.parse import unquote

from labs.aws.declare import Answers, Call, fact, there
from labs.checks.model import Value
from labs.checks.names import Names

_ROLES = "arn:aws:iam::{account}:role/{roles}*"
_FOR_EXEC = (
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)


@fact("sts", "GetCallerIdentity")
def identity(call: Call, names: Names, answers: Answers) -> Value:
    answer = call()
    return {"Account": answer["Account"], "Arn": answer["Arn"]}


@fact("iam", "GetRole", scope=_ROLES, needs=("taskdef",))
def exec_role(call: Call, names: Names, answers: Answers) -> Value:
    return _role(call, answers, "executionRoleArn")


@fact("iam", "GetRole", scope=_ROLES, needs=("taskdef",))
def task_role(call: Call, names: Names, answers: Answers) -> Value:
    return _role(call, answers, "taskRoleArn")


@fact("iam", "ListAttachedRolePolicies", scope=_ROLES, needs=("taskdef",))
def exec_role_policies(call: Call, names: Names, answers: Answers) -> Value:
    name = _name(there(answers["taskdef"].get("executionRoleArn"), "executionRoleArn"))
    return [one["PolicyName"] for one in call.pages("AttachedPolicies", RoleName=name)]


@fact("iam", "SimulatePrincipalPolicy", scope=_ROLES, needs=("taskdef",))
def exec_permissions(call: Call, names: Names, answers: Answers) -> Value:
    """Return what IAM would decide for each action that ECS Exec needs; nothing is done."""
    arn = there(answers["taskdef"].get("taskRoleArn"), "taskRoleArn")
    results = call.pages("EvaluationResults", PolicySourceArn=arn, ActionNames=list(_FOR_EXEC))
    return {one["EvalActionName"]: one["EvalDecision"] for one in results}


def _role(call: Call, answers: Answers, key: str) -> Value:
    """Return the role's name and the services that may assume it."""
    name = _name(there(answers["taskdef"].get(key), key))
    document = call(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    return {"name": name, "trusts": sorted(_trusted(document))}


def _name(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]


def _trusted(document: Value) -> set[str]:
    policy = json.loads(unquote(document)) if isinstance(document, str) else document
    return {
        service
        for statement in _many(policy["Statement"])
        if statement["Effect"] == "Allow" and isinstance(statement.get("Principal"), dict)
        for service in _many(statement["Principal"].get("Service", []))
    }


def _many(one: Value) -> list[Value]:
    return one if isinstance(one, list) else [one]
