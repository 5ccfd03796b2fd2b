# `make` alone lists what can be done. Each stage leaves a stamp in .venv, so the next run is quick.
PYTHON ?= python3
PORT ?= 8000
DATA ?= ../shared/data/police_events.jsonl.gz
SEED ?= 1
REPORT ?= .run/faults.json
V := .venv
export PATH := $(CURDIR)/$V/bin:$(PATH)
WEB := $(shell find static templates/patrol fieldlog/patrol -type f -not -path 'static/dist/*' -not -path '*/__pycache__/*' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run test bench screens lighthouse lint real faults faults-root faults-full faults-prove engines clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F ':.*## ' '{sub(/:.*/, "", $$1); printf "  make %-13s %s\n", $$1, $$2}'

run: $V/.installed $V/.built  ## serve the demo at http://127.0.0.1:8000 (PORT changes it)
	@$V/bin/fieldlog demo --port $(PORT)

test: $V/.test $V/.built $V/.engines  ## every test, with a real Chromium and a real PostgreSQL
	$V/bin/pytest --every-engine -n 2 --dist worksteal
	node --test tests/js/*.test.js

bench: $V/.test $V/.built $V/.engines  ## measure push, wire and pages: ratios and medians
	$V/bin/python -m bench

screens: $V/.test $V/.built  ## take the pictures of every screen, and the README's, from the demo
	$V/bin/python -m tools.shots

lighthouse: $V/.test $V/.built  ## what Lighthouse says of the phone app (fetches it the first time)
	cd tools/lighthouse && npm ci --silent
	$V/bin/python -m tools.lighthouse

lint: $V/.test $V/.built  ## what ruff, ESLint and the type checker say
	$V/bin/ruff check .
	$V/bin/ruff format --check .
	npm run -s lint
	npm run -s types

real: $V/.test $V/.built $V/.engines  ## real input through phones, nodes, faults and kills (DATA names it)
	$V/bin/python -m tests.real "$(DATA)"

faults: $V/.test $V/.built $V/.engines  ## do every fault a few times, and count what was lost or doubled
	$V/bin/python -m tests.faults --seed $(SEED)

faults-root: $V/.test $V/.built $V/.engines  ## the same for those that need root: power cuts, full disks
	$V/bin/python -m tests.faults --root --seed $(SEED)

faults-full: $V/.test $V/.built $V/.engines  ## every fault at length, for hours; run again, it goes on (REPORT, SEED)
	$V/bin/python -m tests.faults --size full --seed $(SEED) --resume $(REPORT)

faults-prove: $V/.test $V/.built $V/.engines  ## take each guard away in turn: the loss must be found
	$V/bin/python -m tests.faults.prove

engines: $V/.test $V/.built $V/.engines $V/.others  ## the offline journey in Firefox and WebKitGTK too
	$V/bin/pytest tests/engines

clean:  ## remove what was installed, built or served
	rm -rf $V node_modules static/dist .run .pytest_cache .ruff_cache .hypothesis

$V/bin/python:
	$(PYTHON) -m venv $V || { echo "No virtual environment could be made: install your system's python3-venv."; exit 1; }

$V/.node: tools/ensure_node.py | $V/bin/python
	$V/bin/python tools/ensure_node.py
	@touch $@

$V/.installed: pyproject.toml constraints.txt $V/.node
	$V/bin/pip install -qq -c constraints.txt -e .
	@touch $@

$V/.built: hatch_build.py build.mjs package.json package-lock.json $(WEB) $V/.installed
	$V/bin/python hatch_build.py
	@touch $@

$V/.test: $V/.installed
	$V/bin/pip install -qq -c constraints.txt -e '.[postgres,test]'
	@touch $@

$V/.engines: tools/ensure_chromium.py tools/ensure_postgres.py tools/ensure_strace.py tools/packages.py | $V/bin/python
	$V/bin/python tools/ensure_chromium.py
	$V/bin/python tools/ensure_postgres.py
	$V/bin/python tools/ensure_strace.py
	@touch $@

$V/.others: tools/ensure_firefox.py tools/ensure_webkit.py tools/packages.py | $V/bin/python
	$V/bin/python tools/ensure_firefox.py
	$V/bin/python tools/ensure_webkit.py
	@touch $@
