# Work on Kiện Toàn. A newcomer needs only start.py; these are the steps of `make check`.
PYTHON ?= .venv/bin/python

.PHONY: check lint types contracts test test-pg15 messages lock format documents

check: lint types contracts test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

format:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

types:
	$(PYTHON) -m mypy

contracts:
	PYTHONPATH=. .venv/bin/lint-imports --no-cache

test:
	$(PYTHON) start.py test

# The same suite on Debian's PostgreSQL 15 (apt-get install postgresql-15); makes a cluster of its own.
test-pg15:
	$(PYTHON) tests/on_postgresql_15.py

lock:
	uv lock
	uv export --no-header --no-emit-project --no-dev --output-file requirements.lock
	uv export --no-header --no-emit-project --group dev --output-file requirements-dev.lock
	uv export --no-header --no-emit-project --only-group benchmarks --output-file requirements-benchmarks.lock
