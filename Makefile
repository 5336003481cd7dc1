# `make chat` and `make test` set up all they need; the other targets are for those who work on the assistant.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: chat test lint format gates bench screenshots clean

chat: .venv/installed
	$(BIN)/assistant serve

test: .venv/installed-dev
	$(BIN)/pytest

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Every quote of every answer to the policy set has to be exact, where it says, and the speaker's; every tampered quote
# has to be refused.
gates: .venv/installed-dev
	$(BIN)/assistant evaluate quotes
	$(BIN)/assistant evaluate evals/sets/policy.yaml --repeats 1 --fail-under "quote exactness=1" \
		--fail-under "citation validity=1" --fail-under "attribution exactness=1"

# Speed, memory and size; with ASSISTANT_BENCHMARKS set, also the figures on public data.
bench: .venv/installed-dev
	$(BIN)/python -m evals.bench

# Every view in light, dark and at a phone's width, in screenshots/.
screenshots: .venv/installed-dev
	$(BIN)/python -m tests.web.screenshots

clean:
	rm -rf .venv .assistant

.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@
