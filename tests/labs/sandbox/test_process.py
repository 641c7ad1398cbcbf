"""The practice account as operators start it, asked by the real `aws` command."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from labs.sandbox_client import Keys, Sandbox, SandboxDownError, SandboxRefusedError
from tests.labs.sandbox import process

pytestmark = pytest.mark.exercises

AWS = Path(sys.executable).with_name("aws")
ROLE = "arn:aws:iam::111122223333:role/none"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with process.running(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


def aws(sandbox: Sandbox, keys: Keys, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [AWS, *words],
        env={
            "PATH": "/usr/bin:/bin",
            "AWS_ENDPOINT_URL": sandbox.address,
            "AWS_ACCESS_KEY_ID": keys.access_key_id,
            "AWS_SECRET_ACCESS_KEY": keys.secret_access_key,
            "AWS_DEFAULT_REGION": "ap-northeast-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_two_learners_and_a_reset(sandbox):
    mei, ken = sandbox.open_account("mei"), sandbox.open_account("ken")
    make = ("ecs", "create-cluster", "--cluster-name", "c")
    look = ("ecs", "list-clusters", "--query", "length(clusterArns)")

    assert aws(sandbox, mei, *make).returncode == 0
    assert aws(sandbox, mei, *look).stdout.strip() == "1"
    assert aws(sandbox, ken, *look).stdout.strip() == "0"

    assert aws(sandbox, ken, *make).returncode == 0
    assert sandbox.reset("mei") == mei
    assert aws(sandbox, mei, *look).stdout.strip() == "0"
    assert aws(sandbox, ken, *look).stdout.strip() == "1"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("efs describe-file-systems", ""),
        ("servicediscovery list-namespaces", ""),
        ("cloudwatch describe-alarms", ""),
        ("s3api list-buckets", "UnsupportedOperation"),
        ("ecs describe-services --cluster none --services s", "ClusterNotFoundException"),
        ("elbv2 create-load-balancer --name a --subnets subnet-1", "SubnetNotFound"),
        (f"sts assume-role --role-arn {ROLE} --role-session-name me", "AccessDenied"),
    ],
)  # fmt: skip
def test_the_cli_shows_the_code_of_a_refusal(sandbox, words, code):
    done = aws(sandbox, sandbox.open_account("mei"), *words.split())

    assert (f"({code})" in done.stderr) if code else done.returncode == 0


def test_a_wrong_secret_is_refused(sandbox):
    keys = sandbox.open_account("mei")
    wrong = Keys(keys.account_id, keys.access_key_id, "x" * 40)

    done = aws(sandbox, wrong, "sts", "get-caller-identity")

    assert "(SignatureDoesNotMatch)" in done.stderr


def test_the_token_is_needed(sandbox):
    with pytest.raises(SandboxRefusedError, match="token"):
        Sandbox(sandbox.address, "another").reset("mei")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_and_gives_the_same_keys_after_a_restart(tmp_path, number):
    keys = []
    for _ in range(2):
        with process.started(tmp_path) as (server, sandbox):
            assert sandbox.is_up()
            keys.append(sandbox.open_account("mei"))
            asked = time.monotonic()
            server.send_signal(number)
            assert server.wait(10) == 0
            assert time.monotonic() - asked < 5
            with pytest.raises(SandboxDownError):
                sandbox.open_account("mei")
    assert keys[0] == keys[1]
    assert (tmp_path / "sandbox.log").read_text(encoding="utf-8") == ""


def test_a_taken_address_is_named_in_one_sentence(sandbox, tmp_path):
    taken = sandbox.address.removeprefix("http://")

    with (
        pytest.raises(process.StartError, match="nothing can listen there"),
        process.running(tmp_path, PORTAL_SANDBOX_BIND=taken),
    ):
        pass


def test_keys_and_token_are_not_logged(sandbox, tmp_path):
    with process.running(tmp_path) as other:
        keys = other.open_account("mei")
        aws(other, keys, "ecs", "list-clusters")

    written = json.dumps((tmp_path / "sandbox.log").read_text(encoding="utf-8"))
    for secret in (keys.secret_access_key, keys.access_key_id, process.TOKEN):
        assert secret not in written
