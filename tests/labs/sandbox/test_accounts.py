"""One account a learner: apart from the others, emptied alone, the same after a restart."""

from __future__ import annotations

import pytest

from labs.sandbox.accounts import Accounts, FullError
from tests.labs.sandbox.process import TOKEN


def test_two_learners_do_not_see_each_other(mei, ken):
    mei.prepare()
    mei.serve()

    assert ken.ecs.list_clusters()["clusterArns"] == []
    assert ken.client("ecr").describe_repositories()["repositories"] == []
    assert ken.client("iam").list_roles()["Roles"] == []
    assert ken.client("logs").describe_log_groups()["logGroups"] == []


def test_a_reset_empties_one_account_and_keeps_its_keys(sandbox, mei, ken):
    for one in (mei, ken):
        one.prepare()

    keys = sandbox.accounts.reset("mei")

    assert keys == mei.keys
    assert mei.ecs.list_clusters()["clusterArns"] == []
    assert mei.client("iam").list_roles()["Roles"] == []
    assert mei.client("sts").get_caller_identity()["Account"] == mei.account
    assert len(ken.ecs.list_clusters()["clusterArns"]) == 1


def test_an_account_is_opened_once(sandbox, mei):
    mei.ecs.create_cluster(clusterName="kept")

    assert sandbox.accounts.open("mei") == mei.keys
    assert len(mei.ecs.list_clusters()["clusterArns"]) == 1


def test_numbers_and_keys_look_like_those_of_aws(mei, ken):
    assert len(mei.account) == 12 and mei.account.isdigit()
    assert len(mei.keys.access_key_id) == 20 and mei.keys.access_key_id.startswith("AKIA")
    assert len(mei.keys.secret_access_key) == 40 and mei.keys.secret_access_key.isalnum()
    assert mei.keys.secret_access_key not in repr(mei.keys)
    assert mei.account != ken.account


def test_a_restart_gives_the_same_keys_and_another_token_others(sandbox, mei):
    assert Accounts(TOKEN, 5).open("mei") == mei.keys
    assert Accounts("another token", 5).open("mei") != mei.keys


def test_there_are_no_more_accounts_than_the_operator_allows(sandbox):
    accounts = Accounts("t", 1)
    accounts.open("first")

    with pytest.raises(FullError):
        accounts.open("second")
    assert len(accounts) == 1


def test_an_account_number_is_given_once(sandbox, monkeypatch):
    numbers = {0: "111111111111", 1: "222222222222"}
    monkeypatch.setattr(Accounts, "_number", lambda _self, _learner, attempt: numbers[attempt])
    accounts = Accounts("t", 5)

    assert accounts.open("a").account_id == "111111111111"
    assert accounts.open("b").account_id == "222222222222"
