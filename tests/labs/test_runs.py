"""A look at an account: what it comes to, what is kept of it, and how often it may happen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from moto import mock_aws

from labs import runs
from labs.aws.run import IDENTITY
from labs.aws.session import Access, Keys
from labs.checks.model import Denied, Verdict
from labs.models import Run
from tests.labs.practice import (
    ACCOUNT,
    CHECKS,
    ENGLISH,
    HTMX,
    REGION,
    URL,
    Aws,
    connect,
    make_run,
    verdict,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lab_course", "no_machine")]
REQUIRED, RECOMMENDED = CHECKS
VERIFY = f"{URL}verify/"


@pytest.fixture
def lab(lab_course):
    return lab_course.lab("push-image")


def look(user, lab, **more) -> Run:
    return runs.verify(user, "demo", lab, more.get("now") or timezone.now())


@pytest.mark.parametrize(
    ("required", "recommended", "status"),
    [
        ("pass", "pass", "pass"),
        ("pass", "fail", "pass"),
        ("pass", "unknown", "pass"),
        ("pass", "wait", "pass"),
        ("fail", "pass", "fail"),
        ("wait", "fail", "wait"),
        ("unknown", "pass", "unknown"),
        ("skip", "pass", "unknown"),
    ],
)
def test_required_checks_decide_what_a_run_came_to(aiko, lab, aws, required, recommended, status):
    connect(aiko)
    aws.answers(verdict(REQUIRED, required), verdict(RECOMMENDED, recommended))

    assert look(aiko, lab).status == status


def test_a_required_check_that_nobody_judges_any_more_is_not_passed(aiko, lab, aws):
    connect(aiko)
    aws.answers(verdict(RECOMMENDED))

    assert look(aiko, lab).status == "unknown"


def test_checks_of_the_way_not_taken_do_not_stand_in_the_way(aiko, lab, aws):
    connect(aiko)
    aws.answers(
        verdict(REQUIRED, "skip", cause=RECOMMENDED),
        verdict(RECOMMENDED, "skip", cause="other_way"),
    )

    run = look(aiko, lab)

    assert run.status == "pass"
    assert [one["cause"] for one in run.verdicts] == ["other_way", "other_way"]


def test_a_run_keeps_what_was_found_and_whose_account_it_was(aiko, lab, aws):
    connect(aiko)
    aws.answers(verdict(REQUIRED, "fail", found="no", expected="yes"), verdict(RECOMMENDED))
    now = timezone.now()

    look(aiko, lab, now=now)

    kept = Run.objects.get()
    assert (kept.user, kept.course, kept.lab, kept.way) == (aiko, "demo", "push-image", "machine")
    assert (kept.region, kept.account_tail, kept.status) == (REGION, "3333", "fail")
    assert kept.started_at == now <= kept.finished_at
    assert kept.verdicts[0] == {
        "check": REQUIRED,
        "status": "fail",
        "found": "no",
        "expected": "yes",
        "cause": "",
    }


def test_only_the_checks_of_the_lab_are_looked_at_in_its_order(lab):
    assert [one.id for one in runs.specs(lab)] == list(CHECKS)


def test_an_account_that_does_not_say_whose_it_is_has_no_tail(aiko, lab, monkeypatch):
    connect(aiko)
    silent = Aws(verdict(REQUIRED), facts={IDENTITY: Denied("sts:GetCallerIdentity")})
    monkeypatch.setattr(runs, "look", silent)

    assert look(aiko, lab).account_tail == ""


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"arn:aws:ecs:r:{ACCOUNT}:cluster/a", "arn:aws:ecs:r:********3333:cluster/a"),
        (f"{ACCOUNT}.dkr.ecr, {ACCOUNT}", "********3333.dkr.ecr, ********3333"),
        ("1234567890123", "1234567890123"),
        ("12345678901", "12345678901"),
        ("", ""),
    ],
)
def test_account_numbers_are_masked_to_their_last_four_digits(text, masked):
    assert runs.masked(text) == masked


def test_evidence_is_masked_before_it_is_kept(aiko, lab, aws):
    connect(aiko)
    arn = f"arn:aws:ecr:r:{ACCOUNT}:repository/a"
    aws.answers(verdict(REQUIRED, "fail", found=arn, expected=arn), verdict(RECOMMENDED))

    look(aiko, lab)

    assert ACCOUNT not in str(Run.objects.values().get())


def test_every_look_is_kept_and_none_changes_those_before(aiko, lab, aws):
    connect(aiko)
    look(aiko, lab)
    before = list(Run.objects.order_by("pk").values())

    aws.answers(verdict(REQUIRED, "fail"), verdict(RECOMMENDED))
    look(aiko, lab)
    look(aiko, lab)

    rows = list(Run.objects.order_by("pk").values())
    assert len(rows) == 3 and rows[:1] == before
    assert [one.status for one in runs.history(aiko.pk, "demo", "push-image")] == [
        "fail",
        "fail",
        "pass",
    ]


def test_a_lab_that_passed_once_stays_done(aiko, ben, lab, aws):
    connect(aiko)
    look(aiko, lab)
    aws.answers(verdict(REQUIRED, "fail"))
    look(aiko, lab)

    assert runs.done(aiko.pk, "demo") == {"push-image"}
    assert runs.done(ben.pk, "demo") == runs.done(None, "demo") == frozenset()


@pytest.mark.parametrize("path", ["verify/", "keys/"])
@pytest.mark.parametrize("headers", [ENGLISH, ENGLISH | HTMX], ids=["plain", "htmx"])
def test_the_thirteenth_look_in_a_minute_is_refused_and_nothing_is_lost(
    aiko, aiko_client, aws, path, headers
):
    connect(aiko)
    for _ in range(12):
        assert aiko_client.post(VERIFY).status_code == 302
    fields = {"access_key": "ASIA" + "A" * 16, "secret_key": "s", "session_token": "t"}

    answered = aiko_client.post(
        f"{URL}{path}", fields | {"region": REGION}, headers=headers, follow=True
    )

    page = answered.content.decode()
    assert "That was often within a minute." in page
    assert "Everything required holds" in page  # what was found before still stands there
    assert len(aws.looks) == Run.objects.count() == 12


def test_a_minute_later_the_button_works_again_and_others_never_waited(aiko, ben, lab, aws):
    connect(aiko)
    connect(ben)
    now = timezone.now()
    for _ in range(12):
        look(aiko, lab, now=now)

    with pytest.raises(runs.TooManyRunsError):
        look(aiko, lab, now=now + timedelta(seconds=59))
    look(ben, lab, now=now)
    look(aiko, lab, now=now + timedelta(seconds=60))

    assert Run.objects.count() == 14


@pytest.mark.usefixtures("no_machine")
def test_a_machine_without_credentials_sees_nothing_and_fails_nothing(aiko, lab):
    connect(aiko)

    run = look(aiko, lab)

    assert run.status == "unknown"
    assert {(one["status"], one["cause"]) for one in run.verdicts} == {
        ("unknown", "no_credentials"),
        ("skip", REQUIRED),
    }


def test_an_empty_account_fails_and_an_exercise_that_was_done_passes(aiko, lab):
    import boto3  # noqa: PLC0415 - pages must not need it

    access = Access(region=REGION, keys=Keys(access_key="ASIA", secret_key="s", token="t"))
    with mock_aws():
        first = runs.verify_with_keys(aiko, "demo", lab, access, timezone.now())
        boto3.client("ecr", region_name=REGION).create_repository(
            repositoryName="handson-app", imageTagMutability="IMMUTABLE"
        )
        second = runs.verify_with_keys(aiko, "demo", lab, access, timezone.now())

    assert (first.status, second.status) == ("fail", "pass")
    assert first.account_tail == second.account_tail == "9012"
    assert "123456789012" not in str(second.verdicts)


def test_the_runs_of_labs_that_are_gone_are_found(aiko, ben):
    gone = make_run(aiko, lab="gone")
    elsewhere = make_run(aiko, course="old")
    make_run(aiko)
    make_run(ben, lab="gone")

    assert runs.of_lost_labs(aiko.pk, {"demo": ["push-image"]}) == [elsewhere, gone]
    assert len(runs.of_lost_labs(aiko.pk, {})) == 3


def test_a_verdict_on_nothing_waits_for_nobody():
    assert runs.by_the_way_taken([Verdict("a", "skip", "", "", (), "not here")]) == [
        Verdict("a", "skip", "", "", (), "not here")
    ]
