# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.DEFAULT_GOAL := help
.PHONY: help demo kiosk test test-slow check format bench bench-lm bench-heart bench-face bench-voice bench-fusion bench-app clean

help:  ## what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(BIN)/python pyproject.toml
	@echo "Setting up $(VENV) (once; the package registry is all it needs) ..."
	$(PIP) install -e .
	@touch $@

$(VENV)/.app: $(BIN)/python pyproject.toml
	@echo "Setting up $(VENV) for the web app (once) ..."
	$(PIP) install -e ".[kiosk]"
	@touch $@ $(VENV)/.core

$(VENV)/.dev: $(BIN)/python pyproject.toml
	@echo "Setting up $(VENV) for development (once) ..."
	$(PIP) install -e ".[dev]"
	@touch $@ $(VENV)/.core $(VENV)/.app

$(VENV)/.train: $(VENV)/.dev
	@echo "Adding torch, transformers and Inspect to $(VENV) (once) ..."
	$(PIP) install -e ".[dev,inspect,train]"
	@touch $@

demo: $(VENV)/.core  ## one whole turn on the embedded models, then a chat where there is a terminal
	@$(BIN)/insideout demo

kiosk: $(VENV)/.app  ## the kiosk, the assistant and the lab, on http://127.0.0.1:7860
	@$(BIN)/python app.py

test: $(VENV)/.dev  ## the fast tests; the network is off
	$(BIN)/pytest -n 2 -m "not slow"

test-slow: $(VENV)/.train  ## the slow tests, and those that need torch: browser, embedded model, training
	$(BIN)/pytest -n 2 -m "slow or torch"

check: $(VENV)/.dev  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev  ## time the modes, our own overhead, the start, 100 sessions at once
	$(BIN)/python -m insideout.eval.bench

bench-lm: $(VENV)/.dev  ## time and memory of the embedded language model
	$(BIN)/python -m insideout.eval.bench_lm

bench-heart: $(VENV)/.dev  ## time and memory of reading a heart
	$(BIN)/python -m insideout.eval.bench_heart

bench-face: $(VENV)/.dev  ## time, memory and accuracy of reading faces, beside other models
	$(BIN)/python -m insideout.eval.bench_face

bench-voice: $(VENV)/.dev  ## time and memory of reading a voice
	$(BIN)/python -m insideout.eval.bench_voice

bench-fusion: $(VENV)/.dev  ## time of one turn with four modalities, and of a live stream
	$(BIN)/python -m insideout.eval.bench_fusion

bench-app: $(VENV)/.dev  ## the web app in a real browser: start, live measurement, replies, memory, chats
	$(BIN)/python -m insideout.eval.bench_app

clean:  ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build *.egg-info
