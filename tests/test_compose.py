"""compose.yaml says what Dockerfile and settings say, and gives a service what it needs only."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from portal import settings_table
from tests.test_project import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]
IN_SECRETS = "/run/secrets/"
ENTRY = re.compile(r"^(\w+) +((?:.*\\\n)*.*)$", re.MULTILINE)


def stage(name: str) -> dict[str, str]:
    """Return what the Dockerfile says in a stage, by instruction."""
    stages = re.split(r"^FROM \S+ AS ", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    (text,) = (text for text in stages if text.partition("\n")[0] == name)
    return dict(ENTRY.findall(text.partition("\n")[2]))


def secret_files(service: dict[str, Any]) -> set[str]:
    values = service.get("environment", {}).values()
    return {value.removeprefix(IN_SECRETS) for value in values if value.startswith(IN_SECRETS)}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_writes_to_its_volumes_only_and_has_no_rights_of_root(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("user") != "root"
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_a_service_is_the_image_that_its_stage_makes(name):
    service = SERVICES[name]
    made = stage(service["build"]["target"])

    ((_here, inside),) = [port.rsplit(":", 1) for port in service["ports"]]
    assert inside == made["EXPOSE"]
    assert [place.partition(":")[2] for place in service.get("volumes", [])] == made.get(
        "VOLUME", ""
    ).split()
    assert made["USER"] == "10001:10001"
    assert "user" not in service
    assert "command" not in service
    assert f"={service['image']}" in (ROOT / "scripts/image").read_text()


@pytest.mark.parametrize("name", OURS)
def test_health_is_asked_for_as_the_image_asks(name):
    asked = dict(SERVICES[name]["healthcheck"])
    options, _, command = stage(SERVICES[name]["build"]["target"])["HEALTHCHECK"].partition("CMD ")

    assert asked.pop("test") == ["CMD", *yaml.safe_load(command)]
    told = dict(option.removeprefix("--").split("=") for option in shlex.split(options))
    assert {key.replace("_", "-"): str(value) for key, value in asked.items()} == told


def test_only_this_machine_reaches_a_service_unless_the_operator_says_otherwise():
    published = {name: service.get("ports", []) for name, service in SERVICES.items()}

    assert published == {
        "portal": ["${GANTRY_LISTEN:-127.0.0.1:8000}:8000"],
        "db": [],
        "practice": ["${GANTRY_PRACTICE_LISTEN:-127.0.0.1:8001}:8001"],
    }


@pytest.mark.parametrize("name", OURS)
def test_every_setting_that_a_service_is_given_is_one(name):
    given = set(SERVICES[name]["environment"])

    assert given - set(settings_table.names()) == set()


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_sees_the_secrets_it_reads_and_no_other(name):
    service = SERVICES[name]

    assert secret_files(service) == set(service["secrets"])


def test_secrets_are_files_that_go_into_no_commit_and_no_image():
    for name, secret in COMPOSE["secrets"].items():
        path = f"secrets/{name}"
        assert secret == {"file": path}
        assert (
            subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT, check=False).returncode
            == 0
        )
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"
    assert "!secrets" not in (ROOT / ".dockerignore").read_text()


def test_the_site_finds_the_database_and_waits_until_it_is_there():
    site, database = SERVICES["portal"], SERVICES["db"]
    url = urlsplit(site["environment"]["DATABASE_URL"])

    assert (url.username, url.password) == (database["environment"]["POSTGRES_USER"], None)
    assert (url.hostname, url.path) == ("db", f"/{url.username}")  # the image names it for the user
    password = site["environment"]["PORTAL_DATABASE_PASSWORD_FILE"]
    assert password == database["environment"]["POSTGRES_PASSWORD_FILE"]
    assert site["depends_on"] == {"db": {"condition": "service_healthy"}}


def test_the_site_has_the_time_to_end_its_requests():
    gunicorn = (ROOT / "gunicorn.conf.py").read_text()
    (graceful,) = re.findall(r"^graceful_timeout = (\d+)$", gunicorn, re.MULTILINE)

    assert SERVICES["portal"]["stop_grace_period"].endswith("s")
    assert int(SERVICES["portal"]["stop_grace_period"][:-1]) > int(graceful)


def test_the_practice_account_reaches_nothing_and_starts_on_wish_only():
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}

    assert networks["practice"] & (networks["portal"] | networks["db"]) == set()
    assert {name for name, service in SERVICES.items() if "profiles" in service} == {"practice"}
    assert COMPOSE["networks"]["database"] == {"internal": True}
    assert networks["db"] == {"database"}


def test_what_is_kept_is_kept_in_volumes_with_names():
    mounted = [place for service in SERVICES.values() for place in service.get("volumes", [])]

    assert {place.partition(":")[0] for place in mounted} == set(COMPOSE["volumes"])


def test_the_last_stage_is_the_site():
    stages = re.findall(r"^FROM \S+ AS (\S+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    assert stages[-1] == SERVICES["portal"]["build"]["target"]


def test_the_guide_makes_every_secret():
    guide = (ROOT / "docs/self-hosting.md").read_text()
    (made,) = re.findall(r"for name in ([\w ]+); do openssl rand", guide)

    assert set(made.split()) == set(COMPOSE["secrets"])


def test_the_proxy_of_the_guide_lets_through_what_the_site_takes():
    guide = (ROOT / "docs/self-hosting.md").read_text()
    (most,) = re.findall(r"client_max_body_size (\d+)m;", guide)
    site = {setting.name: setting for setting in settings_table.groups()["Site"]}

    assert int(most) == int(site["PORTAL_UPLOAD_MB"].default) + 1
