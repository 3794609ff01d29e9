# Needs Python (>= 3.11) with pip and nothing else. PYTHON=python3.12 chooses another interpreter, VENV=... another place.
# (Tried, not only looked for: a version manager has names on the path that do not run.)
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# Two processes at least: while one waits for a kernel, the other computes
PYTEST_ARGS ?= -n auto --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench clean

help:
	@echo "make demo   run notebooks/quickstart.ipynb, plainly and under %%poppy, and print the times"
	@echo "make test   lint, types and all tests"
	@echo "make lint   ruff and mypy alone"
	@echo "make bench  what the engine costs, beside the goals; BENCH=\"plain memory\" chooses (takes minutes)"
	@echo "make clean  remove the virtual environment and caches"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "poppy_nb needs Python 3.11 or later: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps make a second run start at once; they age with pyproject.toml.
$(VENV)/.demo: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[demo]'
	@touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[demo,test]'
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo
	$(BIN)/python -m poppy_nb.demo

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/mypy

# The browser is driven by a loop that runs in the thread of its tests: a process of its own.
# The notebooks are compared with nbval in a run of pytest that includes them, so that one summary line closes it all.
test: lint
	$(BIN)/python -m pytest -q tests/browser; browser=$$?; \
	POPPY_NB_QUIET=1 $(BIN)/python -m pytest $(PYTEST_ARGS) --ignore=tests/browser && exit $$browser

bench: $(VENV)/.demo
	$(BIN)/python -m benchmarks $(BENCH)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
