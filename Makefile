# Everything starts here: `make run` to see the room, `make test` to trust it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/installed-run
DEV_STAMP := $(VENV)/installed-dev
OCR_STAMP := $(VENV)/installed-ocr
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: run ocr test check lock translations soak clean

run: $(RUN_STAMP)
	@$(BIN)/query-room demo

# What recognises scans, beside what `run` installs: some 150 MB more.
ocr: $(OCR_STAMP)

test: $(DEV_STAMP)
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=40 --cov --cov-report=term:skip-covered

check: $(DEV_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { echo "This Python cannot make environments: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@echo "Making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

# Installed again only when the lock has changed; hashes make it the same everywhere.
$(RUN_STAMP): requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(OCR_STAMP): requirements-ocr.txt $(RUN_STAMP)
	@echo "Installing the locked dependencies of text recognition"
	@$(PIP) install --require-hashes -r requirements-ocr.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	@echo "Installing the locked dependencies of the tests"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

lock: $(DEV_STAMP)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
		--no-strip-extras --no-annotate --no-header pyproject.toml --group build -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
		--no-strip-extras --no-annotate --no-header pyproject.toml --group build --extra ocr \
		-c requirements.txt -o requirements-ocr.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
		--no-strip-extras --no-annotate --no-header pyproject.toml --group dev --extra ocr \
		-c requirements.txt -c requirements-ocr.txt -o requirements-dev.txt

translations: $(DEV_STAMP)
	$(BIN)/pybabel -q extract -F babel.cfg -k lazy_gettext --no-location --sort-output -o $(VENV)/messages.pot .
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d query_room/translations --no-fuzzy-matching
	$(BIN)/pybabel -q compile -d query_room/translations

soak: $(DEV_STAMP)
	$(BIN)/pytest -m soak --no-cov -q

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage* .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
