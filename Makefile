# Two targets do all: `make dist` builds the courses, `make test` runs every test. Each makes what it needs.

PYTHON ?= python3
VENV := .venv
LOWEST := .venv-lowest
BIN := $(VENV)/bin
NODE_BIN := tests/node_modules/.bin
# As `pip install` does: on machines that are set not to write bytecode every start would compile it anew.
COMPILE := $(BIN)/python -m compileall -q scormgen
PLAYERS := scormgen/player/player.js scormgen/player/web.js
# The player's script of a target, from the module that it begins with: $(call bundle,scorm12).
bundle = $(NODE_BIN)/esbuild scormgen/player/src/$(1).js --bundle --minify --format=iife --target=es2022 --log-level=warning
PYTEST := $(BIN)/pytest -n 2 --dist worksteal
WITH_CHROMIUM = CHROMIUM="$$($(BIN)/python tests/find_chromium.py --install)"

.PHONY: dist lint fast browser test coverage test-lowest soak fuzz bench docs pictures narration player sheet clean
.DELETE_ON_ERROR:

dist: $(VENV)/installed
	$(BIN)/scormgen build

# Seconds: what needs no test to run.
lint: $(VENV)/test-installed tests/node_modules/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(NODE_BIN)/tsc --project tests/tsconfig.json
	$(call bundle,scorm12) | cmp - scormgen/player/player.js
	$(call bundle,web) | cmp - scormgen/player/web.js
	$(NODE_BIN)/prettier --check scormgen/player/src scormgen/preview/static tests/player tests/preview tests/lms/*.js --log-level warn

# Under a minute: no browser, and of processes only a few.
fast: lint
	node --test tests/player/*.test.js tests/preview/*.test.js
	$(COMPILE)
	$(PYTEST) -m "not browser and not process"

browser: $(VENV)/test-installed tests/node_modules/installed
	$(COMPILE)
	$(WITH_CHROMIUM) $(PYTEST) -m browser

# All that CI runs.
test: lint
	node --test tests/player/*.test.js tests/preview/*.test.js
	$(COMPILE)
	$(WITH_CHROMIUM) $(PYTEST)

# The lines of scormgen/ that no test runs. Commands that tests start in a process of their own are not seen.
coverage: $(VENV)/test-installed tests/node_modules/installed
	$(COMPILE)
	$(WITH_CHROMIUM) $(PYTEST) --cov

# With each library at the lowest version that pyproject.toml allows, in an environment of its own: the tests that need Python alone.
test-lowest: $(LOWEST)/test-installed
	$(LOWEST)/bin/pytest -m "not browser and not node" -n 2 --dist worksteal

$(LOWEST)/test-installed: pyproject.toml tests/lowest.py
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python tests/lowest.py > $(LOWEST)/constraints.txt
	$(LOWEST)/bin/pip install --quiet --disable-pip-version-check --constraint $(LOWEST)/constraints.txt --editable '.[test]'
	touch $@

# By hand: many faults, kills and relaunches, of which `make test` runs a sample.
soak: $(VENV)/test-installed tests/node_modules/installed
	$(COMPILE)
	SCHEDULES=2000 node --test tests/player/session.test.js
	$(PYTEST) -m "hypothesis and not browser" --hypothesis-profile=soak
	$(WITH_CHROMIUM) $(BIN)/python -m tests.soak

# By hand: mutants of courses and reports by seed. COUNT is how many of each kind, SEED the first: another one gives others.
fuzz: $(VENV)/test-installed
	$(BIN)/python -m tests.fuzz --count $(or $(COUNT),500) --seed $(or $(SEED),0)

player: $(PLAYERS)

$(PLAYERS): scormgen/player/%.js: $(shell find scormgen/player/src -name '*.js') tests/node_modules/installed
	$(call bundle,$(if $(filter player,$*),scorm12,$*)) --outfile=$@

docs: $(VENV)/installed
	$(BIN)/python -m scormgen.problems.explain > docs/rules.md

pictures: $(VENV)/installed
	$(BIN)/python courses/_shared/draw.py

# Needs espeak-ng and lame.
narration:
	$(PYTHON) courses/_shared/narrate.py

sheet: $(VENV)/test-installed
	$(WITH_CHROMIUM) $(BIN)/python -m tests.contact_sheet

bench: $(VENV)/test-installed
	$(COMPILE)
	$(BIN)/python tests/bench.py
	$(WITH_CHROMIUM) $(BIN)/python -m tests.bench_preview

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/test-installed: $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

tests/node_modules/installed: tests/package-lock.json
	cd tests && npm ci --no-audit --no-fund --ignore-scripts --loglevel error
	touch $@

clean:
	rm -rf $(VENV) $(LOWEST) tests/node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find dist -mindepth 1 ! -name .gitignore -delete
