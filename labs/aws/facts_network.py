"""What lets traffic in and passes it on."""

from __future__ import annotations

from labs.aws.declare import AbsentError, Answers, Call, fact, pick, there
from labs.checks.model import Value
from labs.checks.names import Names


@fact("ec2", "DescribeSecurityGroups", needs=("services",))
def security_groups(call: Call, names: Names, answers: Answers) -> Value:
    service = there(answers["services"].get(names.service), names.service)
    groups = service["networkConfiguration"]["awsvpcConfiguration"]["securityGroups"]
    found = call(GroupIds=groups)["SecurityGroups"]
    return [pick(one, "GroupId", "IpPermissions", "IpPermissionsEgress") for one in found]


@fact("elbv2", "DescribeLoadBalancers")
def alb(call: Call, names: Names, answers: Answers) -> Value:
    found = there(call(Names=[names.balancer])["LoadBalancers"], names.balancer)[0]
    zones = [one["ZoneName"] for one in found["AvailabilityZones"]]
    return {"arn": found["LoadBalancerArn"], "state": found["State"]["Code"], "zones": zones}


@fact("elbv2", "DescribeListeners", needs=("alb",))
def listeners(call: Call, names: Names, answers: Answers) -> Value:
    """Return the listeners by port, with the target groups that their traffic goes to."""
    found = call.pages("Listeners", LoadBalancerArn=answers["alb"]["arn"])
    return {str(one["Port"]): _listener(one) for one in found}


def _listener(one: Value) -> Value:
    # The last action is the one that answers: forward, redirect or a fixed response.
    action = one["DefaultActions"][-1]
    weighted = action.get("ForwardConfig", {}).get("TargetGroups", [])
    forwards = [group["TargetGroupArn"] for group in weighted if group.get("Weight", 1)]
    if not weighted and "TargetGroupArn" in action:
        forwards = [action["TargetGroupArn"]]
    return {"arn": one["ListenerArn"], "action": action["Type"], "forwards": forwards}


@fact("elbv2", "DescribeTargetGroups")
def target_groups(call: Call, names: Names, answers: Answers) -> Value:
    """Return the exercises' target groups by name.

    All are listed, since asking by name fails as a whole when one of the names is not there.
    """
    return {
        one["TargetGroupName"]: {"arn": one["TargetGroupArn"], "type": one["TargetType"]}
        for one in call.pages("TargetGroups")
        if one["TargetGroupName"].startswith(names.groups)
    }


@fact("elbv2", "DescribeTargetHealth", needs=("target_groups",))
def codedeploy_health(call: Call, names: Names, answers: Answers) -> Value:
    return _health(call, answers, names.codedeploy_groups)


@fact("elbv2", "DescribeTargetHealth", needs=("target_groups",))
def native_health(call: Call, names: Names, answers: Answers) -> Value:
    return _health(call, answers, names.native_groups)


def _health(call: Call, answers: Answers, pair: tuple[str, str]) -> Value:
    groups = answers["target_groups"]
    if not groups.keys() & set(pair):
        raise AbsentError(pair[0])
    return [
        {
            "group": name,
            "state": one["TargetHealth"]["State"],
            "reason": one["TargetHealth"].get("Reason", ""),
        }
        for name in pair
        if name in groups
        for one in call(TargetGroupArn=groups[name]["arn"])["TargetHealthDescriptions"]
    ]
