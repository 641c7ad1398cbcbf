"""The addresses for the site: only with the token, and with a plain no otherwise."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from labs.sandbox.accounts import Accounts
from labs.sandbox.management import Management
from labs.sandbox_client import ACCOUNTS, HEALTH, RESET
from tests.labs.sandbox.process import TOKEN

BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def site(sandbox) -> Client:
    return Client(sandbox)


def test_health_needs_no_token(site):
    answer = site.get(HEALTH)

    assert answer.status_code == 200
    assert answer.json["status"] == "ok"


@pytest.mark.parametrize("path", [ACCOUNTS, RESET])
@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer x"}, {"Authorization": "é"}])
def test_without_the_token_there_are_no_keys(site, path, given):
    answer = site.post(path, json={"learner": "mei"}, headers=given)

    assert answer.status_code == 401
    assert "key" not in answer.text


def test_an_account_is_opened_and_emptied(site, mei):
    mei.ecs.create_cluster(clusterName="c")

    opened = site.post(ACCOUNTS, json={"learner": "mei"}, headers=BEARER)
    emptied = site.post(RESET, json={"learner": "mei"}, headers=BEARER)

    assert opened.json == emptied.json
    assert opened.json["account_id"] == mei.account
    assert opened.headers["Cache-Control"] == "no-store"
    assert mei.ecs.list_clusters()["clusterArns"] == []


@pytest.mark.parametrize("body", ["", "{", "[]", '{"learner": ""}', '{"learner": 3}', "x" * 5000])
def test_rubbish_is_refused(site, body):
    assert site.post(ACCOUNTS, data=body, headers=BEARER).status_code == 400


def test_a_learner_with_an_endless_name_is_refused(site):
    answer = site.post(ACCOUNTS, json={"learner": "x" * 201}, headers=BEARER)

    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/_sandbox/", "/_sandbox/reset/all", ACCOUNTS])
def test_there_is_nothing_else(site, path):
    assert site.get(path, headers=BEARER).status_code == 404


def test_a_full_practice_account_says_so(sandbox):
    full = Management(Accounts("t", 0), TOKEN, sandbox.lock, sandbox.aws)

    answer = Client(full).post(ACCOUNTS, json={"learner": "late"}, headers=BEARER)

    assert answer.status_code == 503
    assert answer.json == {"error": "All 0 accounts are taken."}
