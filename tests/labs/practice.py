"""A course with labs, a stand-in for AWS, and a learner who verifies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from labs import connections
from labs.aws.run import IDENTITY, Checked
from labs.aws.session import Clients
from labs.checks.model import CheckSpec, Got, Outcome, Verdict
from labs.models import Connection, Run

ACCOUNT = "111122223333"
REGION = "ap-northeast-1"
URL = "/labs/demo/push-image/"
HTMX = {"HX-Request": "true"}
ENGLISH = {"Accept-Language": "en"}
CHECKS = ("ecr-repo", "ecr-immutable")  # of the lab push-image
ROLE = f"arn:aws:iam::{ACCOUNT}:role/gantry-verify"
PASTED = {
    "access_key": "ASIAQ3EGXMPLKEYPARTA",
    "secret_key": "s3cr3tPartOne/s3cr3tPartTwo+s3cr3tPart3",
    "session_token": "T0kenPartOne//////////T0kenPartTwo==T0kenPart3",
    "region": REGION,
}
IDENTIFIED: Outcome = Got({"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/aiko"})


def verdict(check: str, status: str = "pass", **more: Any) -> Verdict:
    values = {"found": "", "expected": "", "because": ()} | more
    return Verdict(check, status, **values)  # type: ignore[arg-type]  # a test may ask for nonsense


class Aws:
    """Stands in for a whole look: answers the same verdicts until told otherwise."""

    def __init__(self, *verdicts: Verdict, facts: Mapping[str, Outcome] | None = None) -> None:
        self.verdicts: Sequence[Verdict] = verdicts
        self.facts = {IDENTITY: IDENTIFIED} if facts is None else facts
        self.looks: list[Clients] = []

    def __call__(self, checks: Sequence[CheckSpec], clients: Clients) -> Checked:
        self.looks.append(clients)
        return Checked(self.facts, tuple(self.verdicts))

    def answers(self, *verdicts: Verdict) -> None:
        self.verdicts = verdicts


def connect(user: User, way: str = "machine", **values: object) -> Connection:
    """Keep a connection without asking anybody."""
    return Connection.objects.create(
        user=user,
        way=way,
        external_id=connections.external_id(user),
        **{"region": REGION, "account_tail": "3333"} | values,
    )


def make_run(user: User, **values: Any) -> Run:
    now: datetime = timezone.now()
    kept = {
        "course": "demo",
        "lab": "push-image",
        "way": "machine",
        "region": REGION,
        "account_tail": "3333",
        "status": "fail",
        "verdicts": [],
        "started_at": now,
        "finished_at": now,
    }
    return Run.objects.create(user=user, **kept | values)


def kept_verdict(check: str, status: str = "pass", **more: str) -> dict[str, str]:
    return {"check": check, "status": status, "found": "", "expected": "", "cause": ""} | more
