# make demo   set up a virtual environment and show the main job end to end
# make test   set up and run the tests
# make lint   ruff, mypy --strict, import contracts
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint clean

demo: $(READY)
	$(BIN)/python -m tools.demo

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev,toolkit]'
	$(BIN)/python -m compileall -q compiler oxide_lsp
	$(BIN)/python -m compiler.semantics.prepare examples/*.rs
	touch $(READY)

clean:
	rm -rf $(VENV) build out *.egg-info
