# Attune's front door. `make` says what there is; every target installs what
# it lacks, and nothing twice.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run headless dev test test-core test-ui e2e days check fmt crash histories attack attack-quick bench bundle ready-core ready-window ready-test pages

export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/.tools/node/bin:$(PATH)
CARGO := cargo --locked

help: ## Say what there is
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: ## Open Attune on practice families (without a display: do the main job headless)
	@tools/run.sh

headless: ready-core ## Build only attunectl and do the main job in the terminal
	$(CARGO) build -p attune-cli
	@python3 tools/headless.py $${CARGO_TARGET_DIR:-target}/debug/attunectl target/practice

dev: ready-window pages ## The window on practice families, its pages reloading as you edit them
	@tools/dev.sh

test: test-core attack-quick test-ui e2e ## Every test, the window's included

test-core: ready-core ## Rules, store, log, crashes and command line; needs no web view
	$(CARGO) test --workspace --exclude attune

test-ui: ## The pages' own tests
	@tools/pages.sh install
	cd ui && npm test

e2e: ready-window ready-test pages ## The built program in a real window; pictures land in target/e2e/
	$(CARGO) test -p attune

days: ready-window ready-test pages ## Practice records and the window tests on ten difficult days; an hour or more
	@tools/days.sh

check: ready-core ready-window pages ## Format, lints, types, what nothing uses, licences, generated files
	$(CARGO) fmt --all --check
	cd ui && npm run check
	@python3 tools/page_licences.py ui/package-lock.json
	@tools/install.sh cargo-deny
	$(CARGO) fetch
	cargo deny --offline --all-features check licenses bans sources
	@tools/install.sh cargo-shear
	cargo shear
	@tools/generated.sh
	$(CARGO) clippy --workspace --all-targets -- -D warnings

fmt: pages ## Format everything
	$(CARGO) fmt --all
	cd ui && npm run -s fmt

crash: ready-core ## Kill the program 200 times in the middle of its work and count what is lost
	ATTUNE_KILLS=200 $(CARGO) test -p attune-core --test journeys crash -- --nocapture

histories: ready-core ## Ten thousand random histories: the rows are what the log makes
	ATTUNE_HISTORIES=10000 $(CARGO) test --release -p attune-core --test journeys log::rebuilding -- --nocapture

attack: ready-core ## Attack 10,000 random releases, 1,000 sequences and the rest, going on where it stopped (docs/attack.md)
	@tools/attack.sh

attack-quick: ready-core ## A little of each attack, in about a minute
	@tools/attack.sh --quick

bench: ready-core ## Figures, one JSON object a line: ours beside the raw thing, in one run (docs/bench.md)
	@tools/bench.sh

bundle: ready-window pages ## Installers for this system, in target/release/bundle/
	@tools/install.sh tauri-cli
	tauri build

ready-core:
	@tools/packages.sh core

ready-window:
	@tools/packages.sh core window

ready-test:
	@tools/packages.sh test
	@tools/install.sh tauri-driver

pages:
	@tools/pages.sh
