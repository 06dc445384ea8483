# Relais. `make run` and `make test` do everything, set-up included; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export RELAIS_DATA ?= $(CURDIR)/.relais
export RELAIS_PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev run test test-long check format lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## make .venv from the hashed lock, with the relais command

$(VENV)/.installed: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Relais needs Python 3.11 or later" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Relais needs Python 3.11 or later" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

setup-dev: $(VENV)/.installed-dev ## the same, with what the tests and checks need

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

run: setup ## start web and worker, upload the samples, print the addresses (Ctrl-C stops all)
	@$(BIN)/relais run --samples

check: setup-dev ## lint, format, types and the four floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check ## all checks and all tests that take seconds
	@./tests/programs.sh
	$(BIN)/pytest -m "not long"

test-long: check ## every test, the slow ones too
	@./tests/programs.sh
	$(BIN)/pytest

format: setup-dev ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra build --generate-hashes --no-emit-index-url --python-version 3.11 -q -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev --generate-hashes --no-emit-index-url --python-version 3.11 -q -c requirements.lock -o requirements-dev.lock

clean: ## remove .venv and caches, never the data folder
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
