from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Any

from botocore.exceptions import EndpointConnectionError, NoCredentialsError

from labs.aws.facts import FACTS, closure
from labs.aws.run import look_up, verify
from labs.checks.model import Broken, Denied, Facts, Got, Missing
from labs.checks.registry import CHECKS, checks_of
from tests.labs.aws.test_errors import refused

ALL = frozenset(FACTS)


class Service:
    """Answers every call of one service as told, and notes it."""

    def __init__(self, aws: Aws, service: str) -> None:
        self._aws, self._service = aws, service

    def __getattr__(self, method: str) -> Any:
        return lambda **parameters: self._aws.call(f"{self._service}.{method}")

    def get_paginator(self, method: str) -> Any:
        aws, name = self._aws, f"{self._service}.{method}"

        class Pages:
            def paginate(self, **parameters: Any) -> list[Any]:
                return [aws.call(name)]

        return Pages()


class Aws:
    """Stands in for the clients; `answer` is called for every request."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.calls: Counter[str] = Counter()
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

    def __call__(self, service: str) -> Service:
        return Service(self, service)

    def call(self, name: str) -> Any:
        with self._lock:
            self.calls[name] += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return self.answer(name)
        finally:
            with self._lock:
                self.at_once -= 1


def nothing_there(name: str) -> Any:
    raise refused("ResourceNotFoundException")


def slow(name: str) -> Any:
    time.sleep(0.02)
    nothing_there(name)


def test_at_most_eight_look_ups_run_at_once():
    aws = Aws(slow)

    look_up(ALL, aws)

    assert aws.most_at_once == 8


def test_each_look_up_is_done_once():
    aws = Aws(nothing_there)

    found = look_up(ALL, aws)

    first = [one for one in FACTS.values() if not one.needs]
    assert found.keys() == ALL
    assert aws.calls.total() == len(first)
    assert {type(outcome) for outcome in found.values()} == {Missing}


def test_a_look_up_starts_as_soon_as_what_it_needs_is_known():
    """Another look-up that hangs does not hold it up."""
    hang = threading.Event()

    def answer(name: str) -> Any:
        if name == "ecs.describe_clusters":
            assert hang.wait(5)
        if name == "efs.describe_file_systems":
            return {
                "FileSystems": [
                    {
                        "FileSystemId": "fs-1",
                        "Name": "ecs-shared-data",
                        "LifeCycleState": "available",
                    }
                ]
            }
        if name == "efs.describe_mount_targets":
            hang.set()
            return {"MountTargets": []}
        return nothing_there(name)

    found = look_up(["cluster", "mount_targets"], Aws(answer))

    assert found["mount_targets"] == Got([])
    assert isinstance(found["cluster"], Missing)


def test_what_is_needed_and_came_to_nothing_is_not_asked_further():
    def answer(name: str) -> Any:
        raise refused("AccessDenied")

    aws = Aws(answer)

    found = look_up(["mount_targets"], aws)

    assert found == dict.fromkeys(
        ("file_system", "mount_targets"), Denied("elasticfilesystem:DescribeFileSystems")
    )
    assert aws.calls.total() == 1


def test_a_fatal_error_cancels_what_has_not_started():
    def answer(name: str) -> Any:
        raise NoCredentialsError

    aws = Aws(answer)

    found = look_up(ALL, aws)

    assert set(found.values()) == {Broken("no_credentials", "NoCredentialsError")}
    assert aws.calls.total() <= 8


def test_clients_that_cannot_be_made_are_an_outcome():
    def client_of(service: str) -> Any:
        raise EndpointConnectionError(endpoint_url="https://ecs.example")

    found = look_up(ALL, client_of)

    assert set(found.values()) == {Broken("no_network", "EndpointConnectionError")}


def test_an_error_that_passes_cancels_nothing():
    def answer(name: str) -> Any:
        if name.startswith("ecs."):
            raise refused("ThrottlingException")
        return nothing_there(name)

    found = look_up(ALL, Aws(answer))

    assert found["cluster"] == Broken("throttled", "ThrottlingException")
    assert isinstance(found["repo"], Missing)


def test_after_the_deadline_what_is_known_is_kept_and_nobody_waits():
    hang = threading.Event()

    def answer(name: str) -> Any:
        if name == "ecs.describe_clusters":
            hang.wait(30)
        return nothing_there(name)

    started = time.monotonic()
    found = look_up(["cluster", "repo"], Aws(answer), seconds=0.3)
    took = time.monotonic() - started
    hang.set()

    assert found["cluster"] == Broken("deadline")
    assert isinstance(found["repo"], Missing)
    assert took < 5


def test_after_the_deadline_nothing_more_is_started():
    hang = threading.Event()

    def answer(name: str) -> Any:
        hang.wait(30)
        return nothing_there(name)

    aws = Aws(answer)
    found = look_up(ALL, aws, seconds=0.3)
    before = aws.calls.total()
    hang.set()
    time.sleep(0.1)

    assert set(found.values()) == {Broken("deadline")}
    assert before == aws.calls.total() == 8


def test_what_is_known_is_not_looked_up_again():
    aws = Aws(nothing_there)
    known: Facts = {"identity": Got({"Account": "111122223333"}), "cluster": Missing("old")}

    found = verify(checks_of("cluster"), aws, known=known)

    assert aws.calls.total() == 0
    assert found.facts == known
    assert [one.status for one in found.verdicts] == ["fail", "skip", "skip", "skip"]


def test_a_run_looks_up_what_its_checks_need_and_whose_account_it_is():
    aws = Aws(nothing_there)

    found = verify(checks_of("efs"), aws)

    assert found.facts.keys() == closure(
        ["identity", "file_system", "mount_targets", "access_points", "app_revisions"]
    )
    assert {one.check for one in found.verdicts} == {"efs-fs", "efs-mt", "efs-ap", "efs-td"}


def test_all_labs_together_look_up_everything_once(account):
    asked: Counter[str] = Counter()

    def client_of(service: str) -> Any:
        made = account(service)
        made.meta.events.register_first(
            "before-call", lambda model, **_: asked.update([model.name]), unique_id="count"
        )
        return made

    found = verify(CHECKS.values(), client_of)

    assert found.facts.keys() == ALL
    assert asked["DescribeRepositories"] == asked["GetCallerIdentity"] == 1
    assert asked["DescribeServices"] == 2  # one of each cluster
    assert asked.total() <= len(ALL) + 5  # revisions, and the health of each target group
