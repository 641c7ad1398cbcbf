from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from labs.aws.facts import FACTS, closure, length
from labs.aws.run import look_up
from labs.aws.session import Access, Clients
from labs.checks.judging import judge_all
from labs.checks.model import Broken, Denied, Facts, Got, Missing
from labs.checks.registry import CHECKS, facts_of
from labs.policy import policy_for
from tests.labs.aws.account import REGION, SECRETS
from tests.labs.aws.conftest import KEYS

ALL = frozenset(FACTS)
_SIGNED_AS = {"monitoring": "cloudwatch"}  # IAM has another name for it


def recording(clients: Clients, calls: set[str]) -> Callable[[str], Any]:
    """Return clients that note what is called, by the name IAM has for it."""

    def note(model, **_):
        signed = model.service_model.signing_name
        calls.add(f"{_SIGNED_AS.get(signed, signed)}:{model.name}")

    return hooked(clients, "before-call", note)


def hooked(clients: Clients, event: str, handler: Callable[..., Any]) -> Callable[[str], Any]:
    def client_of(service: str) -> Any:
        made = clients(service)
        made.meta.events.register_first(event, handler, unique_id="test")
        return made

    return client_of


def test_what_is_called_is_what_the_policy_allows(account):
    calls: set[str] = set()

    look_up(ALL, recording(account, calls))

    policy = policy_for(CHECKS.values())
    allowed = {action for one in policy["Statement"] for action in one["Action"]}
    assert calls == allowed | {"sts:GetCallerIdentity"}
    assert calls == {one.action for one in FACTS.values()}


def test_only_operations_that_read_are_declared():
    reads = re.compile(r"(Describe|List|Get|Simulate)[A-Z]\w+")

    assert [one for one in FACTS.values() if not reads.fullmatch(one.operation)] == []
    # Get is no promise: these would hand out what must not leave the account.
    told = {one.operation for one in FACTS.values()}
    assert not told & {"GetAuthorizationToken", "GetLogEvents", "GetSecretValue", "GetParameter"}


def test_every_look_up_is_needed():
    assert closure(facts_of(CHECKS.values())) | {"identity"} == ALL


def test_an_account_with_the_exercises_done_is_seen(account):
    found = look_up(ALL, account)

    # moto cannot simulate, and has no picture of what it does not implement.
    assert {one for one in found if not isinstance(found[one], Got)} == {"exec_permissions"}
    assert found["exec_permissions"] == Broken("bug", "NotImplementedError")
    values = {one: outcome.value for one, outcome in found.items() if isinstance(outcome, Got)}
    assert values["exec_role"] == {
        "name": "ecsHandsonExecutionRole",
        "trusts": ["ecs-tasks.amazonaws.com"],
    }
    assert values["exec_role_policies"] == ["AmazonECSTaskExecutionRolePolicy"]
    assert values["listeners"].keys() == {"80", "8080", "81", "8081"}
    assert len(values["target_groups"]) == 5
    assert [one["revision"] for one in values["app_revisions"]] == [4, 3, 2]
    assert values["log_streams"] == ["app/app/1"]
    assert values["lifecycle"] == {"rules": 1}
    assert {"v1", "v2"} < values["images"].keys()
    assert len(values["tasks"]) == 1
    json.dumps(values)


def test_checks_pass_on_what_moto_can_do(account):
    found = look_up(ALL, account)
    passed = {one.check for one in judge_all(CHECKS.values(), found) if one.status == "pass"}

    assert {
        "ecr-repo", "ecr-scan-on-push", "ecr-image", "ecr-scan-result", "ecr-lifecycle",
        "ecs-cluster", "ecs-providers", "ecs-strategy", "ecs-insights",
        "td-active", "td-fargate", "td-size", "td-image", "td-port", "td-logs", "td-exec-role",
        "td-exec-policy", "td-log-group", "svc-active", "svc-taskdef", "svc-fargate",
        "svc-network", "svc-egress", "exec-task-role", "exec-init", "bg-tgs", "bg-app",
        "bg-listener-prod", "bg-listener-test", "bg-listeners-differ", "bg-dg-config",
        "as-target", "as-cpu", "sc-namespace", "efs-fs", "efs-mt", "efs-ap",
    } <= passed  # fmt: skip


def test_no_environment_value_and_no_secret_is_kept(account):
    found = look_up(ALL, account)
    told = repr(found) + repr(judge_all(CHECKS.values(), found))

    assert not [one for one in SECRETS if one in told]
    assert KEYS.secret_key not in told
    assert KEYS.token not in told


def test_an_empty_account_misses_everything_and_breaks_nothing(empty_account):
    found = look_up(ALL, empty_account)

    assert {one for one in found if isinstance(found[one], (Broken, Denied))} == set()
    assert {one for one in found if isinstance(found[one], Got)} == {
        "identity",
        "registry_scan",
        "target_groups",
        "alarms",
        "left_log_groups",
        "active_revisions",
        "scaling_policies",
        "scheduled",
    }
    verdicts = {one.check: one.status for one in judge_all(CHECKS.values(), found)}
    cleanup = {check.id for check in CHECKS.values() if check.lab == "cleanup"}
    assert {verdicts[one] for one in cleanup} == {"pass"}
    assert {verdicts[one] for one in verdicts.keys() - cleanup} == {"fail", "skip"}


def test_what_is_deleted_but_still_listed_is_missing(account):
    ecs = account("ecs")
    for name in ("handson-service", "handson-service-native", "handson-service-bg"):
        ecs.delete_service(cluster="handson-cluster", service=name, force=True)
    ecs.delete_cluster(cluster="handson-cluster")

    found = look_up({"cluster", "services", "security_groups"}, account)

    assert found["cluster"] == Missing("NotFound handson-cluster (INACTIVE)")
    assert found["services"] == Got({})
    assert found["security_groups"] == Missing("NotFound handson-service")


def without(action: str, blind: frozenset[str], before: Facts) -> Facts:
    """Return what is seen by who may do all but this; what is not concerned is as before."""

    def deny(model, **_):
        signed = model.service_model.signing_name
        if f"{_SIGNED_AS.get(signed, signed)}:{model.name}" != action:
            return None
        error = {"Code": "AccessDeniedException", "Message": "no policy allows it"}
        answer = {"Error": error, "ResponseMetadata": {"HTTPStatusCode": 400}}
        return AWSResponse("https://aws", 400, {}, None), answer

    known = {one: outcome for one, outcome in before.items() if one not in blind}
    with Clients(Access(region=REGION, keys=KEYS)) as clients:
        return look_up(ALL, hooked(clients, "before-call", deny), known=known)


def judged(facts: Facts) -> dict[str, tuple[str, str]]:
    return {one.check: (one.status, one.cause) for one in judge_all(CHECKS.values(), facts)}


def test_an_action_taken_away_makes_its_checks_unknown_and_none_fail(account):
    before = look_up(ALL, account)

    for action in sorted({one.action for one in FACTS.values()}):
        denied = {one for one in FACTS if FACTS[one].action == action}
        blind = frozenset(one for one in FACTS if closure([one]) & denied)
        facts = without(action, blind, before)
        after = judged(facts)

        assert {facts[one] for one in denied if closure([one]) & denied == {one}} <= {
            Denied(action)
        }
        for check in CHECKS.values():
            status, cause = after[check.id]
            if blind & set(check.facts):
                assert status in {"unknown", "skip"}, (action, check.id)
                assert status == "skip" or cause in {f"denied:{action}", "bug"}
            else:
                assert status == "skip" or after[check.id] == judged(before)[check.id]


class _Body:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self):
        yield self._body


RUBBISH = [
    b"<html><title>Welcome to our Wi-Fi</title></html>",
    b"",
    b"{}",
    b"not json",
    b"[]",
    b"null",
    b'{"message": "ok"}',
]


@pytest.mark.parametrize("body", RUBBISH)
@pytest.mark.parametrize("one", sorted(one for one in FACTS if not FACTS[one].needs))
def test_a_captive_portals_200_with_rubbish_teaches_nothing(clients, one, body):
    def portal(request, **_):
        return AWSResponse(request.url, 200, {"content-type": "text/html"}, _Body(body))

    found = look_up([one], hooked(clients, "before-send", portal))

    outcome = found[one]
    assert isinstance(outcome, Broken)
    assert outcome.kind == "service"


def test_a_failure_of_another_kind_is_not_taken_for_missing(clients):
    def strange(model, **_):
        answer = {"clusters": [], "services": [], "failures": [{"reason": "ACCESS"}]}
        return AWSResponse("https://aws", 200, {}, None), answer

    found = look_up(["cluster", "services"], hooked(clients, "before-call", strange))

    assert set(found.values()) == {Broken("service", "LookupError")}


def test_chains_are_short():
    assert max(length(one) for one in FACTS) == 2


def test_an_unknown_look_up_is_a_mistake_of_ours(clients):
    with pytest.raises(KeyError):
        look_up(["no-such"], clients)
