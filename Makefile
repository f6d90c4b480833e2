# CryoWeb. `make run` starts it, `make test` tests it; both do all the set-up themselves.
PYTHON ?= python3
VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
# Vite 8 needs Node 20.19 or 22.12 and later.
NODE := $(shell command -v npm >/dev/null 2>&1 && node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
  process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && echo system || echo wheel)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run test check bench load soak bench-peers peers pretrain build screenshots clean help

run: $(VENV)/.runtime build  ## Set up what is missing, then start CryoWeb (HOST=, PORT=, CRYOWEB_DATA=)
	@$(BIN)/python manage.py serve

# Tests run in two processes with one thread of torch each, which suits two cores. Browser tests wait for half of their time, so
# three processes suit them. Those of a file share what they prepared, and each process has a server of its own. Python's
# packages are installed while the page is built.
test:  ## Set up what is missing, then run every test
	@$(MAKE) --no-print-directory -j 3 $(VENV)/.development build $(VENV)/.browser
	CRYOWEB_TORCH_THREADS=1 $(BIN)/python -m pytest tests --ignore=tests/e2e --ignore=tests/peers -n 2 --dist loadgroup
	npm --prefix frontend test
	$(BIN)/python -m pytest tests/e2e -p no:schemathesis -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.development frontend/node_modules/.ready  ## Style, types, migrations, import rules and the types of the page
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive manage.py cryoweb picking client
	$(BIN)/python -m tests.advisories
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest -q tests/test_imports.py tests/schema
	npm --prefix frontend run check

bench: $(VENV)/.development build $(VENV)/.browser  ## Print the figures of docs/benchmarks.md (PARTS=)
	$(BIN)/python -m tests.bench $(PARTS)

load: $(VENV)/.development build  ## 100 people on 5 projects for two minutes, on this machine (LOAD="--people 20 --seconds 30")
	$(BIN)/python -m tests.bench.server.load $(LOAD)

soak: $(VENV)/.development build  ## A long session in which things are killed, paused and stopped (SOAK="1000 --seed 7")
	$(BIN)/python -m tests.soak $(SOAK)

bench-peers: $(VENV)/.development $(PEERS)/.topaz  ## Print the figures of EMAN2's networks, Topaz and ASPIRE next to ours
	$(BIN)/python -m tests.bench topaz eman2 averages

peers: $(VENV)/.development $(PEERS)/.topaz  ## See that other programs read what CryoWeb writes, and the other way round
	$(BIN)/python -m pytest tests/peers

pretrain: $(VENV)/.runtime  ## Make simulated.safetensors and wide.safetensors again: the networks that come with CryoWeb
	$(BIN)/python -m picking.science.nets.training.pretrain
	$(BIN)/python -m picking.science.nets.pretraining

screenshots: $(VENV)/.development build $(VENV)/.browser  ## Take the README's pictures from the running program
	$(BIN)/python -m tests.screenshots

build: frontend/dist/.vite/manifest.json  ## Build the frontend

clean:  ## Remove what was installed and built; the data in var/ stays
	rm -rf $(VENV) $(PEERS) frontend/node_modules frontend/dist

help:
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info[:2] <= (3, 13); \
	  sys.exit(0 if ok else "CryoWeb needs Python 3.11, 3.12 or 3.13, and this is " + sys.version.split()[0] \
	  + ". Choose another one: PYTHON=python3.12 make run")'
	$(PYTHON) -m venv $(VENV)

# Node comes first: no two pips may write into one environment.
$(VENV)/.runtime: requirements.txt client/pyproject.toml | $(VENV)/.node
	$(BIN)/pip install --disable-pip-version-check -q -r requirements.txt
	@touch $@

$(VENV)/.development: requirements.txt requirements-dev.txt client/pyproject.toml | $(VENV)/.node
	$(BIN)/pip install --disable-pip-version-check -q -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

# Topaz without its other dependencies, which only its training needs: its torchvision fits few builds of torch.
$(PEERS)/.topaz: requirements-peers.txt
	@$(PYTHON) -m venv $(PEERS) \
	  && $(PEERS)/bin/pip install --disable-pip-version-check -q -r requirements-peers.txt \
	  && $(PEERS)/bin/pip install --disable-pip-version-check -q --no-deps topaz-em==0.3.20 \
	  || { echo "The peers could not be installed in $(PEERS); the message above says why. They need Python 3.11 or" \
	    "3.12 (PYTHON=python3.12 make bench-peers) and a package index. EMAN2's networks run without them:" \
	    "make bench PARTS=eman2"; exit 1; }
	@touch $@

# Node: the machine's own where there is one, else the Python package that carries it.
$(VENV)/.node: requirements-node.txt | $(VENV)/bin/pip
	@if [ $(NODE) = wheel ]; then $(BIN)/pip install --disable-pip-version-check -q -r requirements-node.txt; fi
	@touch $@

frontend/node_modules/.ready: frontend/package.json frontend/package-lock.json $(VENV)/.node
	npm --prefix frontend ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/.vite/manifest.json: frontend/node_modules/.ready $(shell find frontend/src frontend/index.html frontend/vite.config.ts -type f)
	npm --prefix frontend run build --silent
	@touch $@

# The tests' browser: Debian's where we may install it, else playwright's own.
$(VENV)/.browser: | $(VENV)/.development
	@if command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q; apt-get install -qy chromium-headless-shell || apt-get install -qy chromium; \
	else $(BIN)/playwright install chromium; fi
	@touch $@
