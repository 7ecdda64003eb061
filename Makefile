# The whole workflow. Each target sets up what it needs; `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
READY := .venv/.ready
COMPILED := .venv/.compiled
LOOPS := $(wildcard src/second_opinion/engine/compiling.py src/second_opinion/engine/*/kernel.py \
	src/second_opinion/engine/*/kernel/*.py src/second_opinion/engine/*/*/kernel/*.py)
MESSAGES := $(wildcard src/second_opinion/locale/*/LC_MESSAGES/*.po)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup run test check bench soak messages lock wheel clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) $(COMPILED)  ## make .venv with everything locked, and .venv/bin/second-opinion

$(READY): requirements/locked.txt pyproject.toml hatch_build.py scripts/find_python.sh $(MESSAGES)
	@python=$$(sh scripts/find_python.sh) && { test -x $(BIN)/python || "$$python" -m venv .venv; }
	@echo "Setting up .venv (the first time takes a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/locked.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(COMPILED): requirements/locked.txt $(LOOPS) | $(READY)
	@$(BIN)/second-opinion compile
	@touch $@

run: setup  ## serve the demo on this machine, with made-up cases
	@$(BIN)/second-opinion demo

test: setup  ## every test that this machine can run
	@$(BIN)/python -m pytest --quiet -n auto $(ARGS)

check: setup  ## format, lint, types, imports, migrations, translations, docs
	@$(BIN)/python scripts/check.py

bench: setup  ## timings against peers, as ratios, into benchmarks/results.md
	@$(BIN)/python benchmarks/run.py $(ARGS)

soak: setup  ## the long randomised tests; SOAK_SHARE=0.02 runs a sample
	@$(BIN)/python -m pytest --quiet -m soak -s $(ARGS)

messages: setup  ## read the texts to translate into the catalogues
	@$(BIN)/python scripts/messages.py

lock: setup  ## resolve the dependencies anew into requirements/locked.txt (needs uv on the PATH)
	@uv pip compile pyproject.toml --group build --group check --group test --universal \
		--generate-hashes --python-version 3.11 --no-header --quiet --upgrade --output-file requirements/locked.txt

wheel: setup  ## build the wheel into dist/
	@$(BIN)/python -m hatchling build --target wheel

clean:  ## remove what the targets made
	@rm -rf .venv .demo dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
