# Two commands do everything: make run, make test. The rest are their parts.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
PORTAL_BIND ?= 127.0.0.1:8000
export PORTAL_BIND

.PHONY: help run dev test lint types contracts unit postgres exercises consumers faults e2e image sandbox lock messages audit bench pictures clean

help:
	@echo "make run     install, check, start the site at http://$(PORTAL_BIND)/"
	@echo "make sandbox the practice account for labs, at 127.0.0.1:8001; give the site PORTAL_SANDBOX_URL"
	@echo "make dev     the same for authors and developers: reloads what you edit"
	@echo "make test    everything: linters, types, contracts, SQLite, PostgreSQL, exercises, exported files, faults, browser, image"
	@echo "make lint types contracts unit postgres exercises consumers faults e2e image    one part of make test"
	@echo "make lock    write requirements*.txt anew from pyproject.toml"
	@echo "make messages   collect the interface's texts into locale/ and compile them"
	@echo "make audit   look for known weaknesses in what is locked (needs the network)"
	@echo "make bench   measure speed (takes minutes)"
	@echo "make pictures   take the README's pictures of the pages anew"

# An environment holds exactly one lock; it is made anew when the lock changes.
$(VENV)/.run: requirements.txt
	@scripts/environment $(VENV) requirements.txt $(PYTHON)
	@touch $@

$(VENV)/.dev: requirements-dev.txt
	@scripts/environment $(VENV) requirements-dev.txt $(PYTHON)
	@touch $@ $(VENV)/.run

run: $(VENV)/.run
	@scripts/prepare $(BIN)/python
	@exec $(BIN)/gunicorn

dev: export PORTAL_DEBUG = true
dev: $(VENV)/.dev
	@$(BIN)/python manage.py migrate --verbosity 0
	@exec $(BIN)/python manage.py runserver $(PORTAL_BIND)

test: lint types contracts unit postgres exercises consumers faults e2e image
	@echo "Everything passed."

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@git ls-files -z '*.py' | xargs -0 $(BIN)/django-upgrade --target-version 5.2
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run --settings tests.settings
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py validate_courses
	$(BIN)/python manage.py diagrams --check
	@scripts/check-deploy $(BIN)/python

types: $(VENV)/.dev
	$(BIN)/mypy .

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/pytest --numprocesses auto

# Coverage takes half as long again, so it is taken once, and not where people wait for it.
postgres: $(VENV)/.dev
	$(BIN)/python -m tests.postgres $(BIN)/pytest --numprocesses auto --cov --cov-report term

exercises: $(VENV)/.dev
	$(BIN)/pytest tests/course/exercises tests/labs -m exercises --force-enable-socket --numprocesses auto

consumers: $(VENV)/.dev
	$(BIN)/python -m tests.consumers.here $(BIN)/pytest tests/consumers -m consumers --numprocesses auto --dist loadscope

faults: $(VENV)/.dev
	$(BIN)/pytest tests/faults -m faults --force-enable-socket
	$(BIN)/python -m tests.postgres $(BIN)/pytest tests/faults -m faults --force-enable-socket

e2e: $(VENV)/.dev
	$(BIN)/python -m tests.e2e.browser $(BIN)/pytest tests/e2e -m e2e --force-enable-socket --numprocesses auto

image: $(VENV)/.dev
	@$(BIN)/python -m tests.image scripts/image build
	@$(BIN)/python -m tests.image $(BIN)/pytest tests/image -m image --force-enable-socket
	@$(BIN)/python -m tests.image $(BIN)/python -m tests.postgres $(BIN)/pytest tests/image -m image --force-enable-socket

# The practice account has an environment of its own: an environment holds exactly one lock.
.venv-sandbox/.run: requirements-sandbox.txt
	@scripts/environment .venv-sandbox requirements-sandbox.txt $(PYTHON)
	@touch $@

sandbox: .venv-sandbox/.run
	@exec .venv-sandbox/bin/python -m labs.sandbox

lock: $(VENV)/.dev
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet pyproject.toml --python-version 3.11 --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --output-file requirements.txt > /dev/null
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet pyproject.toml --extra sandbox --python-version 3.11 --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --output-file requirements-sandbox.txt > /dev/null
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet pyproject.toml --extra pdf --group dev --python-version 3.11 --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --output-file requirements-dev.txt > /dev/null

messages: $(VENV)/.dev
	$(BIN)/python -m django makemessages --locale ja --no-wrap --no-location --no-obsolete --ignore '.venv/*' --ignore 'tests/*' --ignore 'bench/*' --ignore 'content/courses/*'
	msgfmt --check-format --output-file locale/ja/LC_MESSAGES/django.mo locale/ja/LC_MESSAGES/django.po

audit: $(VENV)/.dev
	@scripts/audit $(BIN)/uv

bench: $(VENV)/.dev
	$(BIN)/python -m bench

pictures: $(VENV)/.dev
	$(BIN)/python -m tests.e2e.browser $(BIN)/python -m tests.e2e.pictures

clean:
	rm -rf $(VENV) .venv-sandbox staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage .hypothesis
