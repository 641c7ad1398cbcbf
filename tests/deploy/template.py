"""Reads the template and fills it in as CloudFormation would; what AWS makes up stays a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.course.yaml_documents import load

FILE = Path(__file__).resolve().parents[2] / "deploy/ecs/gantry.yaml"
REGION = "ap-northeast-1"
ACCOUNT = "111122223333"

Node = Any  # whatever a template can hold

GIVEN = {
    "VpcId": "vpc-0123456789abcdef0",
    "PublicSubnets": "subnet-0a1b2c3d4e5f60001,subnet-0a1b2c3d4e5f60002",
    "PrivateSubnets": "subnet-0a1b2c3d4e5f60011,subnet-0a1b2c3d4e5f60012",
    "HostName": "study.example.com",
    "CertificateArn": f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/0a1b2c3d-1234",
    "ImageUri": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/team/gantry@sha256:{'a' * 64}",
}
LEARNERS = "arn:aws:iam::*:role/gantry-verify"
PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackName": "gantry",
}


class _Absent:
    """What AWS::NoValue stands for: the property or item it is given to is not there."""


ABSENT = _Absent()


@cache
def text() -> str:
    return FILE.read_text(encoding="utf-8")


def template() -> dict[str, Node]:
    """Return the template with its short forms, `!Ref` and the like, as one-key mappings."""
    read: dict[str, Node] = load(text())
    return read


@dataclass(frozen=True, slots=True)
class Stack:
    """The template under some parameters. `known` are names that AWS would have made up."""

    parameters: Mapping[str, str]
    known: Mapping[str, str] = field(default_factory=dict)
    document: dict[str, Node] = field(default_factory=template)

    def resources(self) -> dict[str, dict[str, Node]]:
        """Return the resources whose conditions hold, filled in."""
        return {
            name: self.fill(one)
            for name, one in self.document["Resources"].items()
            if "Condition" not in one or self.holds({"Condition": one["Condition"]})
        }

    def properties(self, name: str) -> dict[str, Node]:
        found: dict[str, Node] = self.resources()[name].get("Properties", {})
        return found

    def of_type(self, kind: str) -> dict[str, dict[str, Node]]:
        """Return the properties of every resource of a type, by name."""
        found = self.resources().items()
        return {name: one.get("Properties", {}) for name, one in found if one["Type"] == kind}

    def value(self, name: str) -> Node:
        """Return what a reference to a parameter, a resource or AWS itself gives."""
        if name == "AWS::NoValue":
            return ABSENT
        if name not in self.document["Parameters"]:
            return self.known.get(name) or PSEUDO.get(name, name)
        declared = self.document["Parameters"][name]
        given = self.parameters.get(name, declared.get("Default"))
        if declared["Type"].startswith("List"):
            return str(given).split(",")
        return float(given) if declared["Type"] == "Number" else given

    def holds(self, condition: Node) -> bool:
        ((kind, inside),) = condition.items()
        if kind == "Condition":
            return self.holds(self.document["Conditions"][inside])
        if kind == "Equals":
            left, right = (self.fill(one) for one in inside)
            return bool(left == right)
        answers = [self.holds(one) for one in inside]
        return {"Not": not answers[0], "And": all(answers), "Or": any(answers)}[kind]

    def fill(self, node: Node) -> Node:
        """Return a part of the template with every function worked out."""
        if isinstance(node, list):
            return [one for one in map(self.fill, node) if one is not ABSENT]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((name, inside),) = node.items()
            if name in FUNCTIONS:
                return FUNCTIONS[name](self, inside)
        filled = {name: self.fill(one) for name, one in node.items()}
        return {name: one for name, one in filled.items() if one is not ABSENT}


def _sub(stack: Stack, inside: Node) -> str:
    pattern, names = inside if isinstance(inside, list) else (inside, {})

    def value(found: re.Match[str]) -> str:
        name = found[1]
        return str(stack.fill(names[name]) if name in names else stack.value(name))

    return re.sub(r"\$\{([^}]+)\}", value, pattern)


def _if(stack: Stack, inside: Node) -> Node:
    condition, yes, no = inside
    return stack.fill(yes if stack.holds({"Condition": condition}) else no)


def _find(stack: Stack, inside: Node) -> Node:
    table, row, column = (stack.fill(one) for one in inside)
    return stack.document["Mappings"][table][row][column]


FUNCTIONS = {
    "Ref": lambda stack, inside: stack.value(inside),
    "GetAtt": lambda stack, inside: stack.value(inside),
    "Sub": _sub,
    "If": _if,
    "FindInMap": _find,
    "Select": lambda stack, inside: stack.fill(inside[1])[int(inside[0])],
    "Split": lambda stack, inside: stack.fill(inside[1]).split(inside[0]),
}


def stack(known: Mapping[str, str] | None = None, /, **parameters: str) -> Stack:
    """Return the stack that somebody gets who decides only what the template leaves open."""
    return Stack({**GIVEN, **parameters}, known or {})


def camel(node: Node) -> Node:
    """Return properties as the API of the same service spells them: DesiredCount, desiredCount."""
    if isinstance(node, list):
        return [camel(one) for one in node]
    if isinstance(node, dict):
        return {_lower(name): camel(one) for name, one in node.items()}
    return node


def _lower(name: str) -> str:
    return name if "-" in name else name[:1].lower() + name[1:]


def container(one: Stack) -> dict[str, Node]:
    """Return the definition of the one container."""
    (found,) = one.properties("TaskDefinition")["ContainerDefinitions"]
    return dict(found)


def variables(one: Stack) -> dict[str, str]:
    """Return what the container is told in plain text."""
    return {each["Name"]: each["Value"] for each in container(one)["Environment"]}


def secrets(one: Stack) -> dict[str, str]:
    """Return what the container is told in secret: names, and where the values come from."""
    return {each["Name"]: each["ValueFrom"] for each in container(one)["Secrets"]}
