# Everything starts here: `make run` to see the room, `make test` to trust it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/installed-run
DEV_STAMP := $(VENV)/installed-dev
PACKAGES := indexer search_api query_room

.PHONY: run test check lock translations soak clean

run: $(RUN_STAMP)
	@$(BIN)/query-room demo

test: $(DEV_STAMP)
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

check: $(DEV_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Installed again only when the lock has changed; hashes make it the same everywhere.
$(RUN_STAMP): requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

lock: $(DEV_STAMP)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
		--no-annotate --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
		--no-annotate --no-header pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

translations: $(DEV_STAMP)
	$(BIN)/pybabel -q extract -F babel.cfg -k lazy_gettext -o $(VENV)/messages.pot .
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d query_room/translations --no-fuzzy-matching
	$(BIN)/pybabel -q compile -d query_room/translations

soak: $(DEV_STAMP)
	$(BIN)/pytest -m soak --no-cov -q

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis
