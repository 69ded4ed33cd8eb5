# Trapline. A fresh machine needs python3 (3.11 to 3.13), make and git; every target installs what else it needs.
#   make run    the demonstration case: set up, drop it, show progress, print receipts and where the linkage report lies
#   make test   every suite, on a real Elasticsearch server that it fetches and starts itself
#   make check  format, lint, types, layers, wheel build and smoke test in a clean environment
#   make bench  the tables of figures
#   make fuzz   every parser on mutated samples, half a minute each; FUZZ_ARGS says how long and which
#   make score  what the text analysis scores on the batches for test, its errors, and the learning curve
#   make train  the models that are shipped, from the texts for training
#   make score-linkage  linkage on simulated worlds beside their truth; SCORE_ARGS narrows or turns to development seeds
#   make lock   resolve the dependencies again

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
DATA   ?= trapline-data
# Every drop starts processes; where Python may not keep compiled files they would compile half of the code each time.
COMPILE := $(BIN)/python -m compileall -q config parsers nlp search ingest

.DEFAULT_GOAL := run
.PHONY: run test check bench fuzz score train score-linkage lock system clean

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Wheels only, each with its hash: nothing is compiled, and nothing that was not locked is installed. The lock names all
# that is needed; left to itself pip takes the newest of what is wanted with an extra, and stops as it is not locked.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --no-deps --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@$(COMPILE)
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --no-deps --require-hashes --only-binary :all: -r requirements-dev.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@$(COMPILE)
	@touch $@ $(VENV)/.run

run: $(VENV)/.run
	$(BIN)/trapline demo --run --data $(DATA)

# Java and Maven for the Elasticsearch server, Chromium for the pages; installed only where they are missing and may be.
system:
	bash tests/install_system_packages.sh

# Two processes share the tests (tests/sharing.py says how); a machine of two cores is what the suites must do with.
test: $(VENV)/.dev system
	$(BIN)/python -m pytest tests --ignore=tests/benches -n 2 --dist loadgroup $(PYTEST_ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	bash tests/smoke_wheel.sh $(BIN)/python

bench: $(VENV)/.dev system
	$(BIN)/python -m tests.benches

# FUZZ_ARGS="--seconds 600 ufdr xry_text": seconds for each format, and which formats.
fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz $(FUZZ_ARGS)

# What the text analysis scores on the batches for test, its errors in scores/ for reading, and the learning curve; the
# models that are shipped are made by `make train`.
score: $(VENV)/.dev
	$(BIN)/python -m nlp.training.score --write-errors scores $(SCORE_ARGS)
	$(BIN)/python -m nlp.training.curve

# First the changes of number, then the names: all that come after them look at them. Run twice, it gives the same bytes.
train: $(VENV)/.dev
	$(BIN)/python -m nlp.training.train_changes
	$(BIN)/python -m nlp.training.train_first_look
	$(BIN)/python -m nlp.training.train_orders
	$(BIN)/python -m nlp.training.train_names
	$(BIN)/python -m nlp.training.train_spans
	$(BIN)/python -m nlp.training.train_stretches
	$(BIN)/python -m nlp.training.train

score-linkage: $(VENV)/.dev
	$(BIN)/python -m tests.linkage_score $(or $(SCORE_ARGS),--final --worlds 12 --by-regime --ablation)

lock: $(VENV)/.dev
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra bench --extra build --universal --generate-hashes --no-emit-index-url --no-header --quiet --upgrade --output-file requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-emit-index-url --no-header --quiet --constraints requirements-dev.lock --output-file requirements.lock

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
