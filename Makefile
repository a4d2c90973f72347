# The two commands are `make run` and `make test`. Both do all the set-up themselves.

PORT ?= 8000
PYTHON ?=
export PYTHON

run:
	@scripts/install run
	@.venv/bin/python scripts/run.py $(PORT)

test:
	@scripts/install dev
	@scripts/install-readers
	@.venv/bin/python scripts/test.py

# What `make test` leaves out for the sake of ten minutes; `make test test-all` does nothing twice.
test-all: test
	@.venv/bin/python scripts/test.py the-rest

bench:
	@scripts/install dev
	@.venv/bin/python -m bench; sqlite=$$?; .venv/bin/python -m bench --postgres && exit $$sqlite

migrations:
	@scripts/install run
	@DEBUG=1 .venv/bin/python manage.py makemigrations

# One language: what is new to translate goes into its catalogue, and what is translated is compiled.
CATALOGUE = locale/$(TO)/LC_MESSAGES/django

messages:
	@test -n "$(TO)" || { echo "Which language? For example: make messages TO=pl"; exit 1; }
	@command -v msgfmt >/dev/null || { echo "This needs gettext (apt install gettext, brew install gettext)."; exit 1; }
	@scripts/install dev
	@DEBUG=1 .venv/bin/python manage.py makemessages --locale $(TO)
	@msgfmt --check --statistics --output $(CATALOGUE).mo $(CATALOGUE).po

fmt:
	@scripts/install dev
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .
	@.venv/bin/python scripts/templates.py

graph:
	@scripts/install dev
	@.venv/bin/python scripts/graph.py

asked-by-others:
	@scripts/install dev
	@.venv/bin/python scripts/asked_by_others.py

# Choose the newest versions pyproject.toml allows and write down their hashes.
COMPILE = .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" -c requirements/run.txt

lock:
	@scripts/install dev
	@.venv/bin/python -m pip install --quiet uv
	@: > requirements/run.txt
	@$(COMPILE) pyproject.toml --output-file requirements/run.txt
	@$(COMPILE) --group dev --output-file requirements/dev.txt
	@$(COMPILE) pyproject.toml --extra redis --output-file requirements/redis.txt

.PHONY: run test test-all bench migrations messages fmt graph asked-by-others lock
