"""What a run says: in groups, calmly, with a next step for everything."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from django.utils import translation

from content import library
from labs import words
from labs.checks.model import Broken, BrokenKind, Denied, Missing
from labs.models import Run
from tests.content.course_builder import write_course
from tests.content.lab_builder import lab_toml
from tests.labs.practice import (
    CHECKS,
    ENGLISH,
    HTMX,
    REGION,
    URL,
    connect,
    kept_verdict,
    make_run,
    verdict,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lab_course")]
FIRST, SECOND = CHECKS
VERIFY = f"{URL}verify/"
CAUSES = (*get_args(BrokenKind), "denied:ecs:ListTasks", "other_way")
HEADINGS = ("To mend", "To wait for", "Not seen yet", "Fine")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_cause_has_words_and_a_next_step_of_its_own(language):
    with translation.override(language):
        said = [words.trouble(one) for one in CAUSES]

    assert len({one.what for one in said}) == len(CAUSES)
    assert all(one.what and one.next for one in said)
    for one in said:
        is_japanese = re.search(r"[ぁ-ん]", one.what) and re.search(r"[ぁ-ん]", one.next)
        assert bool(is_japanese) == (language == "ja")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    "outcome", [Denied("sts:AssumeRole"), Broken("no_credentials"), Broken("bug"), Missing("gone")]
)
def test_a_role_that_cannot_be_used_has_words_too(language, outcome):
    with translation.override(language):
        said = words.of_outcome(outcome)

    assert said.what and said.next


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("cause", [*get_args(BrokenKind), "denied:ecr:DescribeRepositories"])
def test_what_could_not_be_seen_never_reads_as_a_failure(aiko, aiko_client, aws, language, cause):
    connect(aiko)
    aws.answers(verdict(FIRST, "unknown", cause=cause), verdict(SECOND, "skip", cause=FIRST))

    page = aiko_client.post(VERIFY, headers={"Accept-Language": language} | HTMX)

    text, report = page.content.decode(), page.context["report"]
    with translation.override(language):
        told = words.trouble(cause)
    assert Run.objects.get().status == "unknown"
    assert not report.mend and len(report.unseen) == 2
    assert told.next.replace("'", "&#x27;") in text
    assert "check-fail" not in text
    for word in ("To mend", "Something to mend", "直すもの", "直すところ"):
        assert word not in text


def test_checks_stand_in_groups_in_the_order_of_what_to_do(aiko, aiko_client, courses_dir):
    ids = ("ecr-repo", "ecr-image", "ecr-immutable", "ecr-lifecycle", "ecr-scan-result")
    files = {"labs/01-push-image.toml": lab_toml(*ids, name="push-image")}
    write_course(courses_dir / "demo", files=files)
    library.load()
    verdicts = zip(ids, ("fail", "wait", "unknown", "skip", "pass"), strict=True)
    make_run(aiko, verdicts=[kept_verdict(one, status) for one, status in verdicts])

    page = aiko_client.get(URL, headers=ENGLISH)

    text, report = page.content.decode(), page.context["report"]
    groups = (report.mend, report.wait, report.unseen, report.fine)
    assert [[one.id for one in group] for group in groups] == [
        ["ecr-repo"],
        ["ecr-image"],
        ["ecr-immutable", "ecr-lifecycle"],
        ["ecr-scan-result"],
    ]
    places = [text.index(f"<h3>{one}") for one in HEADINGS]
    assert places == sorted(places)


def test_what_is_not_required_could_be_better_and_is_nothing_to_mend(
    aiko, aiko_client, courses_dir
):
    text = lab_toml("ecr-repo", "ecr-immutable", name="push-image")
    head, _, last = text.rpartition('level = "required"')
    write_course(
        courses_dir / "demo",
        files={"labs/01-push-image.toml": f'{head}level = "optional"{last}'},
    )
    library.load()
    make_run(
        aiko, verdicts=[kept_verdict("ecr-repo", "pass"), kept_verdict("ecr-immutable", "fail")]
    )

    page = aiko_client.get(URL, headers=ENGLISH)

    report = page.context["report"]
    assert report.mend == []
    assert [one.id for one in report.improve] == ["ecr-immutable"]
    assert "Could be better" in page.content.decode()


def test_what_is_to_mend_has_evidence_reason_command_and_paragraph(aiko, aiko_client):
    evil = "<script>alert(1)</script>"
    make_run(aiko, verdicts=[kept_verdict(FIRST, "fail", found=evil, expected="mine")])

    text = aiko_client.get(URL, headers=ENGLISH).content.decode()

    assert evil not in text and "&lt;script&gt;" in text
    for part in ("<code>mine</code>", "The next step uses it.", "Make it.", "#closer"):
        assert part in text
    assert re.search(r"aws.*ecr.*create-repository", text, re.DOTALL)


def test_a_check_that_waits_for_another_names_it(aiko, aiko_client):
    skipped = kept_verdict(SECOND, "skip", cause=FIRST)
    make_run(aiko, verdicts=[kept_verdict(FIRST, "fail"), skipped])

    text = aiko_client.get(URL, headers=ENGLISH).content.decode()

    assert f"First this must hold: {FIRST} is there" in text


def test_a_check_of_the_way_not_taken_says_that_nothing_is_to_do(aiko, aiko_client):
    make_run(aiko, verdicts=[kept_verdict(FIRST, "skip", cause="other_way")])

    text = aiko_client.get(URL, headers=ENGLISH).content.decode()

    assert "This belongs to the other way of the exercise, which you did not go." in text


def polls(text: str) -> bool:
    return "load delay:20s" in text


def test_a_page_that_waits_looks_again_by_itself_and_stops_after_fifteen_looks(
    aiko, aiko_client, aws
):
    connect(aiko)
    aws.answers(verdict(FIRST, "wait"), verdict(SECOND))
    text = aiko_client.post(VERIFY, headers=HTMX).content.decode()

    by_itself = 0
    while polls(text):
        Run.objects.all().delete()  # a look each twenty seconds never meets the limit
        left = re.search(r"&quot;left&quot;: &quot;(\d+)&quot;", text)
        assert left and f'hx-post="{VERIFY}"' in text
        text = aiko_client.post(VERIFY, {"left": left[1]}, headers=HTMX).content.decode()
        by_itself += 1

    assert by_itself == 15


def test_a_page_opened_while_aws_is_at_work_looks_again_too(aiko, aiko_client):
    connect(aiko)
    make_run(aiko, status="wait", verdicts=[kept_verdict(FIRST, "wait")])

    text = aiko_client.get(URL, headers=ENGLISH).content.decode()

    assert polls(text) and "This page looks again in 20 seconds." in text


def test_a_page_stops_looking_once_nothing_waits(aiko, aiko_client, aws):
    connect(aiko)

    text = aiko_client.post(VERIFY, {"left": "9"}, headers=HTMX).content.decode()

    assert not polls(text)


def test_a_run_with_pasted_keys_is_never_looked_at_again(aiko, aiko_client, aws):
    connect(aiko)
    aws.answers(verdict(FIRST, "wait"), verdict(SECOND))
    keys = {"access_key": "ASIA" + "A" * 16, "secret_key": "s", "session_token": "t"}

    answered = aiko_client.post(f"{URL}keys/", keys | {"region": REGION}, follow=True)

    assert answered.context["report"].is_waiting
    assert not polls(answered.content.decode())


def test_who_disconnected_is_not_asked_again_and_again(aiko, aiko_client):
    make_run(aiko, status="wait", verdicts=[kept_verdict(FIRST, "wait")])

    assert not polls(aiko_client.get(URL).content.decode())


def test_a_refused_look_ends_the_looking_and_keeps_the_report(aiko, aiko_client):
    make_run(aiko, status="wait", verdicts=[kept_verdict(FIRST, "wait")])

    answered = aiko_client.post(VERIFY, {"left": "9"}, headers=ENGLISH | HTMX)

    text = answered.content.decode()
    assert answered.status_code == 422 and 'role="alert"' in text
    assert "AWS is still at work" in text and not polls(text)


@pytest.mark.parametrize("left", ["-1", "0", "1", "soon", "²", "9" * 5000, "9999", "nan", ""])
def test_nonsense_about_looks_left_neither_crashes_nor_looks_for_ever(aiko, aiko_client, aws, left):
    connect(aiko)
    aws.answers(verdict(FIRST, "wait"), verdict(SECOND))

    answered = aiko_client.post(VERIFY, {"left": left}, headers=HTMX)

    assert answered.status_code == 200
    assert answered.context["looks_again"] <= 15


def test_a_check_that_is_gone_leaves_the_rest_of_its_runs_readable(aiko, aiko_client):
    make_run(aiko, verdicts=[kept_verdict("gone", "fail"), kept_verdict(FIRST)])

    page = aiko_client.get(URL, headers=ENGLISH)

    assert [one.id for one in page.context["report"].fine] == [FIRST]
    assert page.context["report"].mend == []
    assert "Earlier looks" in page.content.decode()


@pytest.mark.parametrize("gone", [{"course": "old"}, {"lab": "gone"}])
def test_runs_of_a_lab_or_course_that_is_gone_are_still_listed(aiko, aiko_client, gone):
    make_run(aiko)
    run = make_run(aiko, **gone)

    page = aiko_client.get("/labs/", headers=ENGLISH)

    assert page.context["lost"] == [run]
    assert f"<td>{run.course}/{run.lab}</td>" in page.content.decode()


def test_earlier_looks_are_listed_latest_first_with_masked_accounts(aiko, aiko_client):
    first, second = make_run(aiko), make_run(aiko, status="pass")

    page = aiko_client.get(URL, headers=ENGLISH)

    assert page.context["history"] == [second, first]
    assert "…3333 ap-northeast-1" in page.content.decode()
