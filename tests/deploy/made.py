"""Gives the template to moto's CloudFormation, in the form that moto understands."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from moto import mock_aws

from tests.deploy.template import ABSENT, FUNCTIONS, GIVEN, REGION, Node, Stack, stack

NAME = "gantry"

# Types that moto's CloudFormation passes over; test_api.py gives them to the services themselves.
PASSED_OVER = frozenset(
    {
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::CloudWatch::Alarm",
        "AWS::SecretsManager::Secret",
    }
)

_LONG = {*FUNCTIONS, "Equals", "Not", "And", "Or"} - {"Ref"}


def client(service: str) -> Any:  # Any: boto3 has no types
    return boto3.client(service, region_name=REGION)


@dataclass(frozen=True, slots=True)
class Made:
    """A stack that stands: how it is, what its resources are called, what it says."""

    status: str
    names: dict[str, str]
    outputs: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.names[name]


@contextmanager
def made(**parameters: str) -> Iterator[Made]:
    """Make the stack in an AWS of its own, and tell what came of it."""
    with mock_aws(config={"iam": {"load_aws_managed_policies": True}}):
        given = GIVEN | network() | parameters
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Tried to parse AWS::")  # PASSED_OVER
            client("cloudformation").create_stack(
                StackName=NAME,
                TemplateBody=json.dumps(for_moto(stack(**given))),
                Parameters=[
                    {"ParameterKey": name, "ParameterValue": value} for name, value in given.items()
                ],
                Capabilities=["CAPABILITY_IAM"],
            )
            found = told()
        yield found


def told() -> Made:
    cloudformation = client("cloudformation")
    (stands,) = cloudformation.describe_stacks()["Stacks"]
    resources = cloudformation.describe_stack_resources(StackName=NAME)["StackResources"]
    return Made(
        stands["StackStatus"],
        {
            one["LogicalResourceId"]: one["PhysicalResourceId"]
            for one in resources
            if "PhysicalResourceId" in one
        },
        {one["OutputKey"]: one["OutputValue"] for one in stands["Outputs"]},
    )


def network() -> dict[str, str]:
    """Make what the template takes as given: a VPC with four subnets, and a certificate."""
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(
            VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{REGION}{zone}"
        )["Subnet"]["SubnetId"]
        for number, zone in enumerate("acac")
    ]
    certificate = client("acm").request_certificate(DomainName=GIVEN["HostName"])
    return {
        "VpcId": vpc,
        "PublicSubnets": ",".join(subnets[:2]),
        "PrivateSubnets": ",".join(subnets[2:]),
        "CertificateArn": certificate["CertificateArn"],
    }


def for_moto(one: Stack) -> dict[str, Node]:
    """Return the template in long form, without what moto stumbles over.

    Its AWS::NoValue leaves a hole in a list, so that every If is decided here; and it cannot hand
    a parameter group of its own on to a database.
    """
    found: dict[str, Node] = _long(one, one.document)
    del found["Resources"]["Database"]["Properties"]["DBParameterGroupName"]
    return found


def _long(one: Stack, node: Node) -> Node:
    if isinstance(node, list):
        return [item for item in (_long(one, part) for part in node) if item is not ABSENT]
    if not isinstance(node, dict):
        return node
    if len(node) == 1:
        ((name, inside),) = node.items()
        if node == {"Ref": "AWS::NoValue"}:
            return ABSENT
        if name == "If":
            condition, yes, no = inside
            return _long(one, yes if one.holds({"Condition": condition}) else no)
        if name in _LONG:
            is_attribute = name == "GetAtt"
            return {f"Fn::{name}": inside.split(".", 1) if is_attribute else _long(one, inside)}
    written = {name: _long(one, part) for name, part in node.items()}
    return {name: part for name, part in written.items() if part is not ABSENT}
