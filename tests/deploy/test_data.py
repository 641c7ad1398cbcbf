"""The database and the secrets: kept, encrypted, and of a kind that RDS and the site take."""

from __future__ import annotations

import json

from moto import mock_aws

from portal import secret_key
from tests.course import models
from tests.deploy.api import asked
from tests.deploy.made import client
from tests.deploy.template import secrets, stack

NOT_IN_A_PASSWORD = set('/"@ ')  # botocore, rds CreateDBInstance.MasterUserPassword


def generated(name: str) -> str:
    """What Secrets Manager makes of the description of a secret, the part that is random."""
    wanted = stack().properties(name)["GenerateSecretString"]
    shape = models.shape_at("secretsmanager", "GetRandomPassword")
    request = {key: wanted[key] for key in wanted.keys() & shape.members.keys()}
    assert wanted.keys() - request.keys() <= {"SecretStringTemplate", "GenerateStringKey"}
    with mock_aws():
        made: str = client("secretsmanager").get_random_password(**request)["RandomPassword"]
    return made


def test_the_sites_key_is_as_long_as_the_site_asks():
    assert len(generated("SiteKey")) >= secret_key.LEAST


def test_the_password_is_one_that_rds_takes():
    password = generated("DatabaseSecret")

    assert 8 <= len(password) <= 128
    assert password.isascii() and not NOT_IN_A_PASSWORD & set(password)


def test_the_secret_is_a_json_with_the_key_that_the_task_asks_for():
    wanted = stack().properties("DatabaseSecret")["GenerateSecretString"]
    asks = secrets(stack())["PORTAL_DATABASE_PASSWORD"]

    document = json.loads(wanted["SecretStringTemplate"]) | {wanted["GenerateStringKey"]: "x"}

    _, key, stage, version = asks.split(":")
    assert document[key] == "x"
    assert (stage, version) == ("", "")  # the current one; the colons have to stay


def test_rds_takes_the_database_with_its_settings():
    one = stack()
    named = {"DBInstanceIdentifier": "gantry", **one.properties("Database")}
    named["VpcSecurityGroupIds"] = named.pop("VPCSecurityGroups")
    settings = one.properties("DatabaseSettings")
    group = {
        "DBParameterGroupName": "settings",
        "DBParameterGroupFamily": settings["Family"],
        "Description": settings["Description"],
    }
    request, faults = asked("rds", "CreateDBInstance", named)
    del request["DBSubnetGroupName"]
    request |= {"DBParameterGroupName": "settings", "VpcSecurityGroupIds": ["sg-1"]}

    with mock_aws():
        rds = client("rds")
        rds.create_db_parameter_group(**group)
        made = rds.create_db_instance(**request)["DBInstance"]

    assert faults == []
    assert made["DBParameterGroups"][0]["DBParameterGroupName"] == "settings"
    assert [each["VpcSecurityGroupId"] for each in made["VpcSecurityGroups"]] == ["sg-1"]
    assert (made["DeletionProtection"], made["StorageEncrypted"], made["MultiAZ"]) == (
        True,
        True,
        True,
    )


def test_the_database_is_encrypted_kept_and_refuses_what_is_not_tls():
    one = stack()
    whole = one.resources()["Database"]
    database = whole["Properties"]

    assert (whole["DeletionPolicy"], whole["UpdateReplacePolicy"]) == ("Snapshot", "Snapshot")
    assert (database["StorageEncrypted"], database["DeletionProtection"]) == (True, "true")
    assert database["BackupRetentionPeriod"] == 7
    assert database["DBParameterGroupName"] == "DatabaseSettings"
    assert one.properties("DatabaseSettings")["Parameters"] == {"rds.force_ssl": "1"}
    version = database["EngineVersion"]
    assert one.properties("DatabaseSettings")["Family"] == f"postgres{version}"


def test_the_password_is_made_once_and_rotated_by_nobody():
    one = stack()
    database = one.properties("Database")
    made = one.properties("DatabaseSecret")["GenerateSecretString"]

    assert "ManageMasterUserPassword" not in database
    assert one.of_type("AWS::SecretsManager::RotationSchedule") == {}
    assert database["MasterUserPassword"] == (
        "{{resolve:secretsmanager:DatabaseSecret:SecretString:password}}"
    )
    assert f'"username": "{database["MasterUsername"]}"' in made["SecretStringTemplate"]
    assert made["GenerateStringKey"] == "password"


def test_the_sites_key_outlives_the_stack():
    key = stack().resources()["SiteKey"]

    assert (key["DeletionPolicy"], key["UpdateReplacePolicy"]) == ("Retain", "Retain")
