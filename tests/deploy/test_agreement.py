"""The template says of the site what the site says of itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from portal import server
from portal.env import Env
from tests import settings as loaded
from tests.deploy.template import LEARNERS, Stack, container, secrets, stack, template, variables
from tests.site import ROOT

BLUE_GREEN = {"Strategy": "BLUE_GREEN"}
BOTH = pytest.mark.parametrize("strategy", ["ROLLING", "BLUE_GREEN"])
EVERYTHING = {
    **BLUE_GREEN,
    "LearnerRoles": LEARNERS,
    "AllowExec": "true",
    "AlarmEmail": "a@b.example",
}

# Of the Dockerfile, the last stage is the site's.
SITE = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]


def in_dockerfile(pattern: str) -> str:
    (found,) = re.findall(pattern, SITE, re.MULTILINE)
    return str(found)


def test_every_variable_is_a_setting_of_the_site():
    one = stack(**EVERYTHING)

    names = {*variables(one), *secrets(one)}

    assert names - loaded.env.declared.keys() == set()
    assert "PORTAL_LABS_PRINCIPAL" in names


def test_every_secret_comes_from_secrets_manager_and_no_other_setting_is_one():
    one = stack(**EVERYTHING)
    kept_secret = {name for name, each in loaded.env.declared.items() if each.is_secret}

    assert secrets(one) == {
        "PORTAL_SECRET_KEY": "SiteKey",
        "PORTAL_DATABASE_PASSWORD": "DatabaseSecret:password::",
    }
    # The address of the database is a secret only where a password stands in it.
    assert variables(one).keys() & kept_secret == {"DATABASE_URL"}
    assert re.fullmatch(r"postgres://gantry@[^:@/]+:5432/gantry\?sslmode=require", url(one))


def url(one: Stack) -> str:
    return variables(one)["DATABASE_URL"]


@pytest.mark.parametrize("given", [{}, EVERYTHING])
def test_the_site_starts_with_these_settings(tmp_path, given):
    one = stack(**given)
    made = {
        "PORTAL_SECRET_KEY": "k" * 64,
        "PORTAL_DATABASE_PASSWORD": "p",
        "PORTAL_DATA_DIR": str(tmp_path),
    }
    code = (
        "import json, portal.settings as s;"
        "print(json.dumps([s.PRODUCTION, s.ALLOWED_HOSTS[0], s.DATABASES['default']['HOST'],"
        " s.DATABASES['default']['PASSWORD'], s.DATABASES['default']['OPTIONS'],"
        " s.PORTAL_LABS_PRINCIPAL, s.PORTAL_LOG_FORMAT]))"
    )

    started = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=variables(one) | made,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 0, started.stderr
    assert json.loads(started.stdout) == [
        True,
        "study.example.com",
        "database.endpoint.address",
        "p",
        {"sslmode": "require"},
        "TaskRole.Arn" if given else "",
        "json",
    ]


def test_the_container_is_the_one_of_the_image():
    one = container(stack())

    assert one["User"] == in_dockerfile(r"^USER (\S+)$")
    assert one["HealthCheck"]["Command"] == [
        "CMD",
        *json.loads(in_dockerfile(r"^HEALTHCHECK .*CMD (\[.*\])$")),
    ]
    assert one["MountPoints"] == [
        {
            "SourceVolume": "data",
            "ContainerPath": in_dockerfile(r"^VOLUME (\S+)$"),
            "ReadOnly": False,
        }
    ]
    assert stack().properties("TaskDefinition")["Volumes"] == [{"Name": "data"}]


def test_the_image_gives_the_volume_its_owner_before_it_declares_it():
    """ECS copies the owner from there."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    stages = re.findall(r"^FROM (\S+) AS (\S+)$", dockerfile, re.MULTILINE)
    owned = dockerfile.index("install -d -o gantry -g gantry /data")

    assert stages[-1] == ("base", "portal")
    assert dockerfile.index(" AS base\n") < owned < dockerfile.index(" AS practice-wheels\n")
    assert "\nVOLUME /data" in SITE


@BOTH
def test_the_port_of_the_image_is_the_port_everywhere(strategy):
    one = stack(Strategy=strategy)
    port = int(in_dockerfile(r"^EXPOSE (\d+)$"))

    assert in_dockerfile(r"PORTAL_BIND=\S+:(\d+)") == str(port)
    assert container(one)["PortMappings"] == [{"ContainerPort": port, "Protocol": "tcp"}]
    assert [each["ContainerPort"] for each in one.properties("Service")["LoadBalancers"]] == [port]
    groups = one.of_type("AWS::ElasticLoadBalancingV2::TargetGroup").values()
    assert {each["Port"] for each in groups} == {port}
    assert {each["TargetType"] for each in groups} == {"ip"}


def gunicorn(one: Stack) -> tuple[int, int]:
    """How long Gunicorn keeps an idle connection, and lets requests end, with these settings."""
    code = (
        "from gunicorn.app.wsgiapp import WSGIApplication; c = WSGIApplication().cfg;"
        "print(c.keepalive, c.graceful_timeout)"
    )
    environment = {"PORTAL_BEHIND_PROXY": variables(one)["PORTAL_BEHIND_PROXY"]}
    command = [sys.executable, "-c", code]
    said = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE
    )
    idle, graceful = said.stdout.split()
    return int(idle), int(graceful)


def attribute(properties: dict[str, list[dict[str, str]]], group: str, key: str) -> str:
    return next(each["Value"] for each in properties[group] if each["Key"] == key)


def test_nothing_is_cut_off_while_the_site_lets_requests_end():
    one = stack()
    idle, graceful = gunicorn(one)
    balancer = one.properties("LoadBalancer")
    targets = one.properties("BlueTargets")
    waits = attribute(balancer, "LoadBalancerAttributes", "idle_timeout.timeout_seconds")
    delay = attribute(targets, "TargetGroupAttributes", "deregistration_delay.timeout_seconds")

    assert idle > int(waits)
    assert int(delay) >= graceful
    assert graceful < container(one)["StopTimeout"] <= 120  # the most Fargate takes


def test_a_failover_of_the_database_does_not_replace_the_tasks():
    targets = stack().properties("BlueTargets")

    patience = targets["HealthCheckIntervalSeconds"] * targets["UnhealthyThresholdCount"]

    assert targets["HealthCheckPath"] == "/readyz"
    assert patience > 120  # RDS: typically 60 to 120 seconds
    assert "healthz" in (ROOT / "portal/health.py").read_text()  # the container's asks no database


def test_both_target_groups_are_alike():
    one = stack(**BLUE_GREEN)

    assert one.properties("BlueTargets") == one.properties("GreenTargets")


def test_connections_at_the_most_tasks_of_a_deployment_raise_no_alarm():
    defaults = {name: each.get("Default") for name, each in template()["Parameters"].items()}
    settings = {
        name: int(each.default) for name, each in loaded.env.declared.items() if "POOL" in name
    }

    each_task = (
        server.read(Env({})).workers * settings["PORTAL_DATABASE_POOL"] + 1
    )  # and prepare, at its start

    assert each_task * defaults["MaxTasks"] * 2 <= defaults["ConnectionsMost"]
