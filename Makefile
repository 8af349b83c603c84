# `make` alone lists what there is. Each recipe ends in `exec`: a shell in between would be killed in its program's place.

PORT ?= 8000
ARGS ?=
PYTHON := .venv/bin/python
SERVICES := $(PYTHON) -m attendance_site.services
# Compiled once for all processes, also where the surroundings ask Python to keep nothing: each of a demo's or a test
# run's would compile the same files anew, and pytest takes twenty seconds over those of the tests.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-stop services test check bench clean

help:  ## what there is
	@exec sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

setup:  ## .venv with the pinned requirements
	@cmp -s requirements.txt .venv/requirements.installed || exec .ci/setup

demo: setup  ## a demo district on http://localhost:8000 (PORT=8001 for another port)
	@exec $(SERVICES) demo --port $(PORT) --with-parent

demo-stop: setup  ## stops a demo, or services, in the background
	@exec $(SERVICES) stop

services: setup  ## PostgreSQL and Redis alone, migrated, for commands run beside them
	@exec $(SERVICES) services --with-parent

test: setup  ## every test, browser tests too (ARGS="-k marking" for some)
	@$(PYTHON) -m tests.browser
	@exec $(PYTHON) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup  ## style, types, the order of the apps, forgotten migrations
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	@# It would also like to ask a database whether it is up to date, and warns that none runs.
	exec $(PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

bench: setup  ## the benchmarks, as a table with ratios
	@exec $(PYTHON) -m bench $(ARGS)

clean:  ## deletes the demo's data, .venv and all caches
	@test ! -x $(PYTHON) || $(SERVICES) forget
	rm -rf .data .venv staticfiles tests/screenshots
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@exec find . -name __pycache__ -type d -prune -exec rm -rf {} +
