# `make run` opens the application, `make test` proves it, `make test-quick` is the daily loop. Each sets up what it needs, in the
# versions of the lock; `make lock` renews it and runs the tests, `make test-newest` tries the newest versions the ranges allow.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# This machine only; README says how to serve others.
ADDRESS ?= 127.0.0.1
RUNTIME ?= requirements.lock
DEVELOPMENT ?= requirements-dev.lock
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --upgrade
PYTEST := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest --durations=10
QUICK := $(addprefix tests/,architecture words analysis charts survey_schema storage)
.PHONY: run test test-quick test-browser test-beside test-newest lock setup setup-dev system system-tests locale clean

run: setup system
	$(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS)

test: setup-dev system-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(PYTEST) -n 2 --ignore tests/browser --ignore tests/command_line
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-browser test-beside

# A browser leaves much of the second core idle: the command line and the types are proved meanwhile.
test-browser:
	$(PYTEST) tests/browser

test-beside:
	$(BIN)/mypy
	$(PYTEST) tests/command_line

# The daily loop, under two minutes on two free cores: everything computed, drawn, read and stored that needs no screen, no browser, no
# simulation and no sweep over processes. `make test` is what counts before a change is handed on.
test-quick: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(PYTEST) -n 2 -m "not slow" $(QUICK)

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.development

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, found " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(RUNTIME) | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(RUNTIME)
	@touch $@

$(VENV)/.development: $(RUNTIME) $(DEVELOPMENT) | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(DEVELOPMENT)
	@touch $@ $(VENV)/.runtime

lock: setup-dev
	$(LOCK) requirements.txt --output-file requirements.lock
	$(LOCK) requirements-dev.txt --constraints requirements.lock --output-file requirements-dev.lock
	$(MAKE) --no-print-directory test

# In an environment of its own, so that what is installed for work stays as locked.
test-newest:
	$(MAKE) --no-print-directory test VENV=.venv-newest RUNTIME=requirements.txt DEVELOPMENT=requirements-dev.txt

# Chromium draws the pictures for download and runs the browser tests; the fonts put Chinese text into them.
system:
	@sh ./install_system_packages.sh

# Java too, for Apache Spark.
system-tests:
	@sh ./install_system_packages.sh tests

# Collect new sentences into the catalogues, list those without a translation, and renew the table of answers in README.
locale: setup-dev
	$(BIN)/python locale/update.py
	$(BIN)/python docs/update_readme.py

clean:
	rm -rf $(VENV) .venv-newest .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
