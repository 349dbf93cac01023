# Every command a person types. `make help` lists them.
VENV := .venv
BIN := $(VENV)/bin
# Debian's own Python where it is new enough: what runs in an office is what is tested, and it is up
# to twice as fast as one that pyenv compiles. PYTHON=python3.11 takes another.
ifndef PYTHON
PYTHON := $(shell /usr/bin/python3 -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo /usr/bin/python3 || echo python3)
endif

# What is compiled is kept, whatever the environment says: the tests start some hundred processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install run serve test check packages golden screenshots pictures accessibility scores benchmarks soak lock bundle rehearsal audit clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(VENV)/.runtime ## Install what the app needs into .venv/

run: install $(VENV)/.store ## Install what is needed and serve the app; the first time on a fresh store
	$(BIN)/streamlit run serve.py

serve: install ## Serve an office, on a store that is there: settings from the environment, or SETTINGS=FILE
	$(if $(SETTINGS),set -a; . "$(abspath $(SETTINGS))"; set +a;) exec $(BIN)/python serve.py

# While Debian's packages come, the second processor looks at types.
test: $(VENV)/.dev ## Install what is needed and run every check and every test
	$(MAKE) --no-print-directory --jobs 2 packages check
	$(BIN)/pytest --numprocesses auto --dist worksteal -m ""

packages: $(VENV)/.dev ## Install from Debian what the tests need
	tools/system-packages tests

golden: $(VENV)/.dev ## Freeze the outputs anew that tests/golden compares: ONLY=part of a name
	$(BIN)/python -m tests.golden $(ONLY)

check: $(VENV)/.dev ## Formatting, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

scores: install ## Score the backtest of the nation's figures beside the simple forecast
	$(BIN)/python -m benchmarks.backtest_scores

benchmarks: install .benchmarks/statsforecast/.installed .benchmarks/pmdarima/.installed ## Compare with other packages on quarterly series: SERIES=FILE [EVERY=20] [ONLY=ours]
	tools/system-packages benchmarks
	$(BIN)/python -m benchmarks.compare "$(SERIES)" $(if $(EVERY),--every $(EVERY)) $(if $(ONLY),--only $(ONLY))

screenshots: $(VENV)/.dev ## Photograph every screen into screenshots/, or INTO=FOLDER
	tools/system-packages tests
	mkdir -p $(or $(INTO),screenshots)
	SCREENSHOTS=$(or $(INTO),screenshots) $(BIN)/pytest tests/browser/test_screens.py

pictures: $(VENV)/.dev ## Take the pictures of the tutorial anew, in both languages
	tools/system-packages tests
	$(BIN)/python -m tests.browser.tutorial

accessibility: $(VENV)/.dev ## Hold every page against axe-core, the keyboard and twice the size of text
	tools/system-packages tests
	$(BIN)/pytest --numprocesses auto -m "" tests/browser/test_accessible.py tests/browser/test_screens.py

soak: $(VENV)/.dev ## Let many work at once while processes are killed, and look what is lost: MINUTES=20
	tools/system-packages tests
	$(BIN)/python -m benchmarks.soak $(if $(MINUTES),--minutes $(MINUTES))

lock: $(VENV)/.dev ## Generate requirements*.txt from pyproject.toml, and the list of licences
	tools/lock $(BIN)/uv
	$(MAKE) --no-print-directory $(VENV)/.dev
	$(BIN)/python -m tools.list_licences > docs/licences.md

bundle: ## Write one archive into bundle/ that installs on a bare Debian without a network
	tools/bundle bundle

rehearsal: bundle ## Install the bundle on a bare Debian without a network, upgrade it and go back
	tools/rehearse_bundle bundle

audit: .audit/.installed ## Look for known weaknesses of what the app is built from
	.audit/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements-cluster.txt

clean: ## Remove the environment and every cache
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	tools/system-packages python
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	tools/system-packages app
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

# Once: a store that is gone later on is never made anew without being asked for.
$(VENV)/.store: | $(VENV)/.runtime
	$(BIN)/python -m data init
	touch $@

# In one go, and without compiling what no test imports: together half a minute less.
$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	tools/system-packages app
	$(BIN)/python -m pip install --quiet --no-compile --requirement requirements.txt \
		--requirement requirements-dev.txt
	touch $(VENV)/.runtime $@

.audit/.installed:
	$(PYTHON) -m venv .audit
	.audit/bin/python -m pip install --quiet pip-audit
	touch $@

.benchmarks/%/.installed: benchmarks/peers/%.txt | $(VENV)/bin/python
	$(PYTHON) -m venv .benchmarks/$*
	.benchmarks/$*/bin/python -m pip install --quiet --requirement $<
	touch $@
