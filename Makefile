# Noddfa: `make` lists what there is.
SHELL := /bin/bash
PORT ?= 8000
PYTHON := .venv/bin/python
STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
export PYTHONPATH := site:.
unexport PYTHONDONTWRITEBYTECODE # tests that pytest has rewritten are kept for the next process

.DEFAULT_GOAL := help
.PHONY: help run test test-postgres check proof sample demo shots clean

help: ## List all targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.venv/bin/python:
	python3 -m venv .venv

$(STAMP): requirements.txt | .venv/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	touch $@

$(DEV_STAMP): requirements-dev.txt $(STAMP)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	touch $@

run: $(STAMP) ## Serve the bilingual demo on PORT (8000)
	@$(PYTHON) -m catalogues.compile
	@$(PYTHON) manage.py serve_demo --port $(PORT)

check: $(DEV_STAMP) ## The fast part: style, types, layers, templates, migrations, catalogues
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djhtml --check templates
	.venv/bin/lint-imports
	$(PYTHON) -m catalogues.compile
	$(PYTHON) -m catalogues.check
	DJANGO_SETTINGS_MODULE=config.settings.test $(PYTHON) manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=example.org \
	  DJANGO_SETTINGS_MODULE=config.settings.production $(PYTHON) manage.py check --deploy --fail-level WARNING
	.venv/bin/mypy .

test: check ## Everything on SQLite, browser and Elasticsearch included
	$(PYTHON) -m pytest -n 3 --dist loadgroup --no-loadscope-reorder -m "not slow" tests

test-postgres: $(DEV_STAMP) ## All that asks a database, on a real PostgreSQL that the tests start
	$(PYTHON) -m catalogues.compile
	$(PYTHON) -m tests.postgres -- $(PYTHON) -m pytest -n 2 --dist loadgroup --no-loadscope-reorder -m "not slow" tests

proof: $(DEV_STAMP) ## The long evidence; prints one line per figure
	$(PYTHON) -m pytest -n 0 -m slow -s tests
	$(PYTHON) -m tests.postgres -- $(PYTHON) -m pytest -n 0 -m slow -s tests

sample: $(DEV_STAMP) ## Some of the long evidence, in a few minutes
	$(PYTHON) -m pytest -n 0 -m slow -s tests/operations tests/press tests/demo tests/browser/test_looks.py

clean: ## Remove what was made on this machine (database, media, environment)
	rm -rf .venv var
