"""The practice account's image holds and may do no more than the practice account needs."""

from __future__ import annotations

import pytest

from labs.sandbox_client import Sandbox
from tests.image.container import USER, PracticeContainer, config

pytestmark = pytest.mark.image

PROBE = """
import os, shutil
for folder in ("/", "/opt/gantry/site", "/etc"):
    try:
        open(f"{folder}/probe", "w").close()
        print(folder, "written")
    except OSError as error:
        print(folder, error.errno)
print(os.getuid(), os.getgid(), [g for g in os.getgroups() if g != os.getgid()])
print([tool for tool in ("gcc", "cc", "make", "git") if shutil.which(tool)])
print(sorted(os.listdir(".")), sorted(name for name in os.listdir("labs") if name[0] != "_"))
"""


def test_it_opens_and_empties_accounts(practice: Sandbox):
    keys = practice.open_account("mei")

    assert practice.reset("mei") == keys
    assert practice.open_account("ken") != keys


def test_it_writes_nowhere_and_has_nothing_to_build_with_and_no_page_of_the_site(
    practice_container: PracticeContainer,
):
    lines = practice_container.run("python", "-c", PROBE).stdout.splitlines()

    assert lines[:3] == ["/ 30", "/opt/gantry/site 30", "/etc 30"]  # EROFS
    assert lines[3] == f"{USER} {USER} []"
    assert lines[4] == "[]"
    ours = ["fargate.py", "sandbox", "sandbox_client.py", "sandbox_settings.py"]
    assert lines[5] == f"['LICENSE', 'labs'] {ours}"


def test_its_health_is_asked_for_and_told(practice_container: PracticeContainer):
    ask = ("python", "-m", "labs.sandbox.health")
    alive = practice_container.run(*ask)
    kept = practice_container.environment["PORTAL_SANDBOX_BIND"]
    practice_container.environment["PORTAL_SANDBOX_BIND"] = "127.0.0.1:9"
    dead = practice_container.run(*ask)
    practice_container.environment["PORTAL_SANDBOX_BIND"] = kept

    assert alive.returncode == 0, alive.stderr
    assert dead.returncode == 1
    assert "does not answer" in dead.stderr


def test_it_says_its_user_port_and_command():
    said, site = config("sandbox"), config()

    assert said["User"] == site["User"] == f"{USER}:{USER}"
    assert said["ExposedPorts"] == {"8001/tcp": {}}
    assert not said.get("Volumes")
    assert said["Cmd"] == ["python", "-m", "labs.sandbox"]
    for name in ("version", "licenses"):
        label = f"org.opencontainers.image.{name}"
        assert isinstance(said["Labels"], dict) and isinstance(site["Labels"], dict)
        assert said["Labels"][label] == site["Labels"][label]
