from __future__ import annotations

import copy
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labs.checks.judging import judge_all
from labs.checks.model import Broken, BrokenKind, Denied, Got, Missing, Outcome, Status
from labs.checks.registry import CHECKS, facts_of
from tests.labs.checks.worlds import CLEARED, FINISHED, facts

ALL = tuple(CHECKS.values())
WHOLE = {**facts(CLEARED), **facts(FINISHED)}


def judged(one: str, outcome: Outcome) -> dict[str, tuple[Status, str]]:
    return {v.check: (v.status, v.cause) for v in judge_all(ALL, {**WHOLE, one: outcome})}


BEFORE = {v.check: (v.status, v.cause) for v in judge_all(ALL, WHOLE)}


def after(one: str) -> set[str]:
    """Return the checks that judge a look-up, and all that wait for one of them."""
    found = {check.id for check in ALL if one in check.facts}
    for check in ALL:
        if found & set(check.needs):
            found.add(check.id)
    return found


@pytest.mark.parametrize("one", sorted(facts_of(ALL)))
@pytest.mark.parametrize(
    "outcome", [Denied("ecs:Look"), Broken("throttled"), Broken("deadline")], ids=str
)
def test_what_could_not_be_seen_is_unknown_and_never_a_failure(one, outcome):
    found = judged(one, outcome)
    cause = "denied:ecs:Look" if isinstance(outcome, Denied) else outcome.kind

    for check in after(one):
        first = [need for need in CHECKS[check].needs if need in after(one)]
        assert found[check] == (("skip", first[0]) if first else ("unknown", cause))
    assert {c: v for c, v in found.items() if c not in after(one)} == {
        c: v for c, v in BEFORE.items() if c not in after(one)
    }


@pytest.mark.parametrize("kind", get_args(BrokenKind))
def test_when_nothing_can_be_seen_nothing_fails(kind):
    found = judge_all(ALL, dict.fromkeys(WHOLE, Broken(kind, "Code")))

    assert {v.status for v in found} == {"unknown", "skip"}
    assert {v.cause for v in found if v.status == "unknown"} == {kind}


def test_a_denial_outweighs_what_is_missing():
    world = {**WHOLE, "cd_app": Missing("handson-ecs-app"), "services": Denied("ecs:Describe")}
    found = {v.check: v for v in judge_all(ALL, world)}

    assert found["bg-app"].status == "unknown"
    assert found["bg-app"].because == ("services",)


def test_an_empty_account_fails_first_checks_and_skips_the_rest():
    found = judge_all(ALL, {**{one: Missing(one) for one in WHOLE}})
    failed = {v.check for v in found if v.status == "fail"}

    assert {v.status for v in found if v.check.startswith("clean-")} == {"pass"}
    assert {"ecr-repo", "ecs-cluster", "td-active", "svc-active", "exec-enabled"} <= failed
    assert {v.check for v in found if v.status == "unknown"} == set()
    skipped = [v for v in found if v.status == "skip"]
    assert skipped
    assert all(v.cause in failed or v.cause in {s.check for s in skipped} for v in skipped)


def test_what_is_missing_is_named():
    world = {**WHOLE, "repo": Missing("RepositoryNotFoundException")}
    found = {v.check: v for v in judge_all(ALL, world)}

    assert found["ecr-repo"].found == "RepositoryNotFoundException"
    assert found["ecr-repo"].because == ("repo",)


def test_a_prerequisite_that_is_not_asked_for_stops_nothing():
    (found,) = judge_all([CHECKS["ecr-lifecycle"]], WHOLE)

    assert found.status == "pass"


def test_the_order_in_which_checks_are_asked_for_changes_no_verdict():
    world = {**WHOLE, "services": Denied("ecs:DescribeServices")}
    forth, back = judge_all(ALL, world), judge_all(ALL[::-1], world)

    assert [v.check for v in back] == [check.id for check in ALL[::-1]]
    assert forth == back[::-1]


def test_a_look_up_that_nobody_did_is_unknown():
    (found,) = judge_all([CHECKS["ecr-repo"]], {})

    assert (found.status, found.cause) == ("unknown", "bug")


def test_an_answer_of_another_shape_is_unknown_and_not_quoted():
    world = {**WHOLE, "taskdef": Got({"status": "hunter2"})}
    found = {v.check: v for v in judge_all(ALL, world)}

    assert (found["td-active"].status, found["td-active"].cause) == ("unknown", "service")
    assert "hunter2" not in repr(found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 90) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(one=st.sampled_from(sorted(WHOLE)), value=JSON)
def test_no_answer_breaks_the_judging(one, value):
    found = judge_all(ALL, {**WHOLE, one: Got(value)})

    assert len(found) == len(ALL)


def test_judging_changes_no_facts():
    before = copy.deepcopy(WHOLE)

    judge_all(ALL, WHOLE)

    assert before == WHOLE
