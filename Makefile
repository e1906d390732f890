# `make help` lists the targets. Nothing needs to be installed by hand but python3 (3.11 or later) and make.

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
BRIEF ?=
PORT ?=
WORKERS ?=
BENCH ?= sites
# Where it is set, each of the many processes would compile our modules anew, for most of a second.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo up test check test-sqlite test-postgres faults sitecheck bench venv messages schemas docs format clean .venv-dev .chromium

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

demo: venv ## make a website from a sample onboarding (BRIEF=path.json: from yours)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo $(if $(BRIEF),"$(BRIEF)")

up: venv ## open the shop in a browser (PORT=8001: at another port; WORKERS=2: two sites at once)
	@$(MANAGE) up $(if $(PORT),--port "$(PORT)") $(if $(WORKERS),--workers "$(WORKERS)")

test: export INSTALL := yes
test: check .chromium ## all that decides whether the project is sound
	@tools/tests.sh

check: .venv-dev ## the quick half of test: lint, types, layers, and generated files that are current
	@tools/check.sh

test-sqlite: .venv-dev .chromium ## pytest on a SQLite file
	$(PYTHON) -m pytest

test-postgres: .venv-dev .chromium ## pytest on PostgreSQL, from a wheel
	$(PYTHON) tools/postgres.py --volatile $(PYTHON) -m pytest

faults: export INSTALL := yes
faults: export FAULTS_POPPED := 1000
faults: export FAULTS_HISTORIES := 1000
faults: export FAULTS_WORKER_HISTORIES := 10
faults: export FAULTS_API_CASES := 20000
faults: .venv-dev ## the faults of docs/faults.md at length, for an hour or two; FAULTS_API_CASES of odd requests
	@tools/tests.sh $(wildcard tests/faults tests/api)

sitecheck: export INSTALL := yes
sitecheck: .venv-dev ## every page of the samples' sites in a browser; writes docs/quality.md
	@tools/sitecheck.sh

bench: export INSTALL := yes
bench: .venv-dev ## how quick it is: BENCH=sites beside Hugo, =engine beside RQ, =api beside a bare view (ORDERS=20000: fewer)
	@tools/bench.sh $(BENCH)

venv: ## the virtual environment of the product, in .venv
	@tools/venv.sh requirements.txt

.venv-dev:
	@tools/venv.sh requirements-dev.txt

.chromium:
	@command -v chromium >/dev/null || tools/apt.sh chromium

messages: .venv-dev ## collect the texts to be translated, and compile the translations
	$(PYTHON) tools/messages.py

schemas: .venv-dev ## write docs/schemas and docs/openapi.yaml
	$(MANAGE) schemas

docs: .venv-dev ## write docs/settings.md
	$(PYTHON) tools/settings_docs.py

format: .venv-dev ## format the code
	$(PYTHON) -m ruff check --fix --quiet
	$(PYTHON) -m ruff format

clean: ## remove the virtual environment, caches, and var/ with every order and site in it
	rm -rf .venv .mypy_cache .mypy_worker.*.json .ruff_cache .pytest_cache .import_linter_cache var
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
