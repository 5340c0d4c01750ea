# `make demo` and `make test` are all that a newcomer needs; each does its own set-up. The rest is for work on the code.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test test-long test-postgresql test-browser check fix messages lock bench

BIN := .venv/bin
INSTALLED := .venv/installed
CATALOGUES := $(wildcard interparl/core/locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)
# Checks read settings but keep nothing: no key file, no database file.
APART := INTERPARL_SECRET_KEY=checks DATABASE_URL=sqlite://:memory: INTERPARL_MODE=development

# Journeys take as long as all the rest: who is through with his half takes over from the other one.
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

help: ## says what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) $(COMPILED) ## builds .venv from requirements.lock and compiles the message catalogues

$(INSTALLED): requirements.lock pyproject.toml tools/need
	@python="$$(tools/need python)" && { test -x $(BIN)/pip || "$$python" -m venv --clear .venv; }
	@echo "Installing what requirements.lock names into .venv"
	@# The file names all that is needed; where pip looks for more itself it may find something newer, and refuses it.
	@$(BIN)/python -m pip install -qq --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(COMPILED) &: $(CATALOGUES) $(INSTALLED)
	@$(APART) $(BIN)/interparl manage messages --compile

demo: setup ## fills a demonstration database and serves it
	$(BIN)/interparl demo

test: setup ## the suite on SQLite, a real browser included, without the long tests
	@tools/need chromium || true
	$(PYTEST) -m "not slow"

test-long: setup ## the long tests: many writers, a server killed, full disks, backups, each role at each address
	@tools/need chromium || true
	@tools/need postgresql || true
	$(PYTEST) -m slow

test-postgresql: setup ## what asks a database, on PostgreSQL
	tools/need postgresql
	INTERPARL_TEST_DATABASE=postgresql $(PYTEST) -m "not browser and not postgres and (not slow or repeated)"

test-browser: setup ## the journeys alone, in the languages that INTERPARL_BROWSER_LANGUAGES names
	tools/need chromium
	$(PYTEST) -m browser

check: setup ## format, lint, types, layers, migrations, message catalogues, sources, known vulnerabilities
	$(BIN)/ruff format --check --output-format concise .
	$(BIN)/ruff check --output-format concise .
	$(APART) $(BIN)/mypy
	$(BIN)/lint-imports
	$(APART) $(BIN)/interparl manage makemigrations --check --dry-run
	$(APART) $(BIN)/interparl manage messages --check
	$(BIN)/python -m pytest -q tests/test_sources.py
	$(BIN)/python -m pip check
	$(BIN)/python tools/audit.py

fix: setup ## formats the code and mends what ruff can mend
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

messages: setup ## brings the message catalogues up to date with the code and compiles them
	$(APART) $(BIN)/interparl manage messages
	$(APART) $(BIN)/interparl manage messages --compile

lock: setup ## resolves pyproject.toml anew into requirements.lock, from the public index only
	PIP_CONFIG_FILE=/dev/null PIP_EXTRA_INDEX_URL= PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make lock" \
		$(BIN)/pip-compile --quiet --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links \
		--strip-extras --extra dev --output-file requirements.lock pyproject.toml

bench: setup ## compares our pages with their floor
	$(BIN)/python -m benchmarks
