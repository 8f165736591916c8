# Two commands: `make run` starts Plenaria with its demonstration, `make test` proves it. `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

.DEFAULT_GOAL := help
.PHONY: help run install test sure format lock messages diagrams clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## set up if needed, then serve pages and runner on http://127.0.0.1:8000 (HOST, PORT)
	@exec $(BIN)/plenaria up

install: $(VENV)/.run ## set up only: virtual environment, locked packages, translations, database
	@$(BIN)/plenaria setup

test: $(VENV)/.dev ## run every test there is a server or a browser for; says what it left out
	@$(BIN)/python -m pytest -q -n $${TEST_WORKERS:-auto} --dist loadgroup $(ARGS)

sure: $(VENV)/.dev ## everything a change must pass: format, lint, types, contracts, templates, words, migrations, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python scripts/messages.py check
	$(BIN)/python scripts/migrations.py
	@$(MAKE) --no-print-directory test

format: $(VENV)/.dev ## put code and templates into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.uv ## renew requirements/*.txt from pyproject.toml
	$(BIN)/uv lock -q --upgrade
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-header --universal requirements/tools.in -o requirements/tools.txt
	$(BIN)/uv export -q --no-emit-project --no-header -o requirements/base.txt
	$(BIN)/uv export -q --no-emit-project --no-header --extra postgres -o requirements/postgres.txt
	$(BIN)/uv export -q --no-emit-project --no-header --extra postgres --group dev -o requirements/dev.txt

messages: $(VENV)/.dev ## collect the texts of code and templates into the four catalogues
	$(BIN)/python scripts/messages.py update

diagrams: $(VENV)/.run ## draw the processes anew into docs/diagrams
	$(BIN)/python scripts/diagrams.py

clean: ## remove the virtual environment and caches (never var/)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.uv:
	@echo "Making $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Plenaria needs Python 3.11 or newer (PYTHON=/path/to/python3 make …)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: on Debian, apt-get install python3-venv."; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements/tools.txt
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements/postgres.txt pyproject.toml consultations/translations
	@echo "Installing the locked packages …"
	@[ -e $(VENV)/.dev ] || $(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements/postgres.txt requirements/tools.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python scripts/messages.py compile
	@touch $@

$(VENV)/.dev: $(VENV)/.uv requirements/dev.txt pyproject.toml consultations/translations
	@echo "Installing the locked packages and the tools for tests …"
	@$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements/dev.txt requirements/tools.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python scripts/messages.py compile
	@touch $@ $(VENV)/.run
