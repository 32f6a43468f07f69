# `make run` on a machine with Python 3.11 and a network. `make` alone lists the rest.

PORT ?= 8000
WORKERS ?= 2
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
TEST_ENVIRONMENT := $(BIN)/python -m tests.environment
PYTEST := $(BIN)/python -m pytest

VNU_VERSION := 26.9.27
VNU_SHA256 := 22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47
OBSERVATORY_VERSION := 1.4.8
OBSERVATORY := .cache/observatory/node_modules/@mdn/mdn-http-observatory
VNU := .cache/vnu/node_modules/vnu-jar/build/dist/vnu.jar
# It changes every text that an editor can: on a server that no other test looks at.
REWORDED := tests/browser/test_hostile_words.py
LIGHTHOUSE_VERSION := 12.8.2
LIGHTHOUSE := .cache/lighthouse/node_modules/lighthouse/cli/index.js

# Development values come from the data folder, throw-away ones from tests/environment.py.
unexport DEVELOPMENT SECRET_KEY MASTER_KEYS MASTER_KEY_FILE ALLOWED_HOSTS
export PYTHONUNBUFFERED := 1

# Each brings to the machine what is missing there.
CHROMIUM := sh tests/install.sh "command -v chromium && /sbin/ldconfig -p | grep libatomic.so.1" chromium libatomic1
# What the pages are drawn with where their pictures are compared.
LETTERS_THERE := sh tests/install.sh "ls /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf" fonts-dejavu-core

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run install keys database content static demo serve \
	test lint types migrations deployment sqlite postgres browser \
	html observatory reliability bench lighthouse looks pictures format messages lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Run it ----------------------------------------------------------------------------------------------------------

run: install keys database content static demo serve ## Serve a development copy at PORT (8000); its data is in DATA_DIR (data)

install: $(VENV)/installed

keys:
	@$(BIN)/python -m config.development

database: install keys
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable --verbosity 0

content: database
	@$(MANAGE) load_content

static: install keys
	@$(MANAGE) collectstatic --no-input --verbosity 0

demo: content
	@$(MANAGE) make_demo

serve: static demo
	@echo
	@echo "  http://localhost:$(PORT)/    (Ctrl-C stops it)"
	@echo "  Sign in as parent@example.org, other@example.org (Spanish), visitor@example.org or editor@example.org;"
	@echo "  the password is most-of-the-time-demo"
	@echo
	@exec $(BIN)/gunicorn config.wsgi:application --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
		--preload --no-control-socket --log-level warning

# --- Check it --------------------------------------------------------------------------------------------------------

test: lint types migrations deployment sqlite postgres browser ## Everything a change must pass, `make html` aside

lint: $(VENV)/installed-dev ## Style of the code and the templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet

types: $(VENV)/installed-dev ## mypy, strict
	$(TEST_ENVIRONMENT) $(BIN)/mypy

migrations: $(VENV)/installed-dev ## Every change of a model has its migration
	$(TEST_ENVIRONMENT) $(MANAGE) makemigrations --check --dry-run

deployment: $(VENV)/installed-dev ## Django's check of the production settings
	$(TEST_ENVIRONMENT) $(MANAGE) check --deploy --fail-level WARNING

sqlite: $(VENV)/installed-dev ## The suite on SQLite
	env -u DATABASE_URL $(PYTEST) -n $(WORKERS)

postgres: $(VENV)/installed-dev ## The suite on a PostgreSQL of its own
	$(BIN)/python -m tests.postgres -- $(PYTEST) -n $(WORKERS)

browser: $(VENV)/installed-dev ## The pages in a real Chromium
	@$(CHROMIUM)
	@$(LETTERS_THERE)
	$(PYTEST) -n $(WORKERS) tests/browser --ignore $(REWORDED)
	$(PYTEST) -n $(WORKERS) $(REWORDED)

html: $(VENV)/installed-dev $(VNU) ## Every page through the Nu HTML checker
	@sh tests/install.sh "java -version" default-jre-headless
	VNU_JAR="$(CURDIR)/$(VNU)" $(PYTEST) tests/html

observatory: $(VENV)/installed-dev $(OBSERVATORY)/conf/hsts-preload.json ## Every page graded by the MDN HTTP Observatory, over TLS
	OBSERVATORY="$(CURDIR)/$(OBSERVATORY)" $(PYTEST) -s tests/observatory

reliability: $(VENV)/installed-dev ## Crashes, dead lines, lost power, and each rule of access switched off: hours (RULES=notes asks of those alone)
	@$(CHROMIUM)
	$(PYTEST) tests/reliability
	$(BIN)/python -m tests.postgres -- $(PYTEST) tests/reliability/test_fuzz.py

bench: $(VENV)/installed-dev ## How fast it is, with a large journal
	@$(CHROMIUM)
	$(PYTEST) -s tests/bench

lighthouse: $(VENV)/installed-dev $(LIGHTHOUSE) ## Lighthouse 12 on a phone: Today, the form, the week
	@$(CHROMIUM)
	$(TEST_ENVIRONMENT) $(BIN)/python -m tests.bench.lighthouse $(LIGHTHOUSE)

# --- Look after it ---------------------------------------------------------------------------------------------------

looks: $(VENV)/installed-dev ## Keep how the pages look now, for tests/browser/test_looks.py to compare with
	@$(CHROMIUM)
	@$(LETTERS_THERE)
	NEW_LOOKS=1 $(PYTEST) -q tests/browser/test_looks.py

pictures: $(VENV)/installed-dev ## Take the pictures in docs/pictures again, of the demo families
	@$(CHROMIUM)
	$(BIN)/python -m tests.browser.pictures docs/pictures

format: $(VENV)/installed-dev ## Tidy the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/installed-dev ## Bring the translations up to the code, and compile them
	$(BIN)/python -m tests.catalog update
	$(BIN)/python -m tests.catalog compile

lock: $(BIN)/uv ## Pin requirements*.in again; UPGRADE=--upgrade takes newer versions
	for set in requirements requirements-dev; do \
		UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
			--generate-hashes $(UPGRADE) $$set.in --output-file $$set.txt || exit 1; \
	done

clean: ## Remove all that was made here, except the data
	rm -rf $(VENV) .cache .hypothesis test-results
	find . -name __pycache__ -prune -exec rm -rf {} +

# --- What the others stand on ----------------------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is wanted: make PYTHON=python3.12 run" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(BIN)/python
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@ $(VENV)/installed

$(BIN)/uv: | $(BIN)/python
	$(BIN)/pip install -qq --disable-pip-version-check uv

$(VNU):
	@sh tests/install.sh "command -v npm" npm
	npm install --loglevel error --no-progress --fetch-retries 5 --ignore-scripts --no-save --no-package-lock --prefix .cache/vnu vnu-jar@$(VNU_VERSION)
	@echo "$(VNU_SHA256)  $@" | sha256sum --check --quiet

$(LIGHTHOUSE):
	@sh tests/install.sh "command -v npm" npm
	npm install --loglevel error --no-progress --fetch-retries 5 --ignore-scripts --no-save --no-package-lock --prefix .cache/lighthouse lighthouse@$(LIGHTHOUSE_VERSION)

# Its own set-up would fetch Chromium's list of hosts known for https; none of ours is on it.
$(OBSERVATORY)/conf/hsts-preload.json:
	@sh tests/install.sh "command -v npm" npm
	npm install --loglevel error --no-progress --fetch-retries 5 --ignore-scripts --no-save --no-package-lock --prefix .cache/observatory \
		@mdn/mdn-http-observatory@$(OBSERVATORY_VERSION)
	@echo "{}" > $@
