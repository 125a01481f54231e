# Two commands matter: `make demo` runs the main job on the bundled reports, `make test` passes the tests.
# Both make their own environment in .venv and need nothing but Python 3.11+ with pip and venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := $(PIP) install --no-deps --require-hashes
ITSELF := $(PIP) install --no-deps --no-build-isolation -e .
DATA ?= ../shared

.PHONY: demo test check gold eval bench schemas reference lock audit sbom licenses pictures clean help

help:
	@sed -n 's/^## //p' Makefile

## make demo     run the main job on the bundled reports and write an edition and its page
demo: $(VENV)/.installed
	$(BIN)/variorum demo

## make test     lint, types, import contract, tests
test: check
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

## make gold     the figures of the project's own gold (tuning parts), and whether one has fallen
gold: $(VENV)/.installed-dev
	$(BIN)/python tools/gold_figures.py --check --half tune
	$(BIN)/python tools/gold_figures.py --check --half tune-2
	$(BIN)/python tools/gold_figures.py --check --half tune-3
	$(BIN)/python tools/gold_figures.py --check --half tune-4
	$(BIN)/python tools/gold_figures.py --check --half tune-5
	$(BIN)/python tools/gold_figures.py --check --half tune-6
	$(BIN)/python tools/gold_figures.py --check --half tune-7

## make eval     score every layer on the corpora under $(DATA)/data, where they are
eval: $(VENV)/.installed-dev
	$(BIN)/python tools/evaluate.py --data $(DATA)/data --scorers $(DATA)/evaluate

## make bench    the pipeline and its layers beside the syntax model, reading beside bare trafilatura, derivation beside MinHash,
##                 all beside a usual stack and on a cluster; then the pictures of docs/performance.md
bench: $(VENV)/.installed-dev
	$(LOCKED) -r requirements/bench.txt
	$(BIN)/python benchmarks/pipeline.py --corpus $(DATA)/data/load/gaza_4k.jsonl.gz
	$(BIN)/python benchmarks/pipeline.py --copies 0.6 --corpus $(DATA)/data/load/gaza_4k.jsonl.gz
	$(BIN)/python benchmarks/layers.py --corpus $(DATA)/data/load/gaza_4k.jsonl.gz
	$(BIN)/python benchmarks/reading.py --pages $(DATA)/data/pages
	$(BIN)/python benchmarks/derivation.py
	$(BIN)/python benchmarks/reconciliation.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/peers/compare.py --data $(DATA)/data --scorers $(DATA)/evaluate
	$(BIN)/python benchmarks/cluster.py --corpus $(DATA)/data/load/gaza_4k.jsonl.gz
	$(BIN)/python benchmarks/pictures.py

## make schemas  write the JSON Schemas of both outputs from the records
schemas: $(VENV)/.installed-dev
	$(BIN)/python tools/write_schemas.py

## make reference write docs/reference.md from the commands and the options
reference: $(VENV)/.installed-dev
	$(BIN)/python tools/write_reference.py

## make lock     pin every package anew, with hashes (versions stay; `$(BIN)/python tools/lock.py --upgrade` takes newer ones)
lock: $(VENV)/.installed-release
	$(BIN)/python tools/lock.py

## make audit    ask the advisory database of PyPI whether any pinned package has a known fault (needs the network)
audit: $(VENV)/.installed-release
	$(BIN)/python tools/audit.py

## make sbom     write a bill of materials (CycloneDX) to dist/
sbom: $(VENV)/.installed-dev
	$(BIN)/python tools/write_sbom.py

## make licenses write LICENSES.md
licenses: $(VENV)/.installed-dev
	$(BIN)/python tools/write_licenses.py

## make pictures draw the pictures of the README and the docs anew (needs Chromium)
pictures: $(VENV)/.installed-dev
	$(BIN)/python tools/draw_pictures.py

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Variorum needs Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0] + ". Name one: make demo PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

FRONTEND := hatch_build.py $(wildcard frontend/*.json frontend/*.mjs frontend/src/*)

$(VENV)/.installed: pyproject.toml requirements/build.txt requirements/run.txt $(FRONTEND) | $(VENV)/bin/python
	$(LOCKED) -r requirements/build.txt -r requirements/run.txt
	$(ITSELF)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml requirements/build.txt requirements/dev.txt $(FRONTEND) | $(VENV)/bin/python
	$(LOCKED) -r requirements/build.txt -r requirements/dev.txt
	$(ITSELF)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-release: requirements/release.txt | $(VENV)/.installed-dev
	$(LOCKED) -r requirements/release.txt
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis demo-edition.*
