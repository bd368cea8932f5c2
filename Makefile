# The two commands: `make run` opens the application, `make test` proves it. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
PYTEST := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest --durations=10
.PHONY: run test test-browser test-beside setup setup-dev system locale clean

run: setup system
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: setup-dev system
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(PYTEST) -n 2 --ignore tests/browser --ignore tests/cli
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-browser test-beside

# A browser leaves much of the second core idle: the command line and the types are proved meanwhile.
test-browser:
	$(PYTEST) tests/browser

test-beside:
	$(BIN)/mypy
	$(PYTEST) tests/cli

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.development

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, found " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.development: requirements.txt requirements-dev.txt | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

# Chromium draws the pictures for download and runs the browser tests; the fonts put Chinese text into them.
system:
	@sh ./install_system_packages.sh

# Collect new sentences into the catalogues and list those without a translation.
locale: setup-dev
	$(BIN)/python locale/update.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
