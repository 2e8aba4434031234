# The kit's workshop. `make help` lists what it does; each target sets up what it needs, once.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := 0.13.9
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
OUT ?= published

.PHONY: help story test test-slow cross-check lab references lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-11s %s\n", $$1, $$2}'
	@echo "  Variables: INCIDENT=id DATA=file OUT=folder JOBS=n"

story: $(READY) ## set up, run the notebooks, and make the figures (INCIDENT= DATA= OUT= JOBS=)
	@$(VENV)/bin/kit rerun --out "$(OUT)" $(if $(INCIDENT),--incident "$(INCIDENT)") $(if $(DATA),--records "$(DATA)") $(if $(JOBS),--jobs "$(JOBS)")

# Notebooks that are tested write their figures to a folder of the run; one worker a notebook (see CONTRIBUTING.md).
test: $(READY) ## set up and run every test
	@out=$$(mktemp -d) && trap 'rm -rf "$$out"' EXIT && \
	KIT_OUT="$$out/published" $(PY) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder \
	  --nbval --nbval-current-env --nbval-sanitize-with tests/nbval-sanitize.cfg -m "not slow" helpers tests notebooks

test-slow: $(READY) ## the exhaustive runs that `make test` leaves out
	@$(PY) -m pytest -q -m slow tests

cross-check: $(READY) ## hold the exact statistics against R on 500 tables (needs r-base-core)
	@$(PY) tests/benchmarks/r_cross_check.py

lab: $(READY) ## open JupyterLab at the first notebook
	@$(VENV)/bin/kit lab

references: $(READY) ## run the reference notebooks in place and store their outputs
	@$(PY) -m tests.references

lock: $(VENV)/.uv ## work out requirements.lock again from pyproject.toml
	@$(VENV)/bin/uv pip compile -q pyproject.toml --all-extras --universal --python-version 3.11 \
	  --no-header --no-annotate --generate-hashes -o requirements.lock

clean: ## remove everything that these targets made
	rm -rf $(VENV) published published-failed .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that runs and is neither too old nor too new.
$(VENV)/.uv:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "This kit needs Python 3.11, 3.12 or 3.13, and none was found. Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	if ! $$found -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "$$found has no venv module. On Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$($$found --version) ..."; \
	$$found -m venv $(VENV) && $(PY) -m pip install -q --disable-pip-version-check uv==$(UV) && touch $@

# Compiled at once, half a minute on two processors: otherwise each first start would do it, or every start where
# Python may not write beside its modules.
$(READY): requirements.lock pyproject.toml $(VENV)/.uv
	@$(VENV)/bin/uv pip install -q --compile-bytecode --python $(PY) --require-hashes -r requirements.lock
	@$(VENV)/bin/uv pip install -q --python $(PY) --no-deps --no-build-isolation -e .
	@$(PY) -m compileall -q helpers
	@touch $@
