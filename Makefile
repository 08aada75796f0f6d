# demo   the binary's own account, collected and asked, without AWS
# test   everything: Rust, then the binary against moto, Python's deltalake and clients of PostgreSQL
# check  what must hold before a commit
# bench  figures of collection and of queries, release build

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

cache := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/census
# One build for all of these: outside the clone, so that a fresh clone finds it.
export CARGO_TARGET_DIR ?= $(cache)/target
PYTHON ?= python3
venv := $(cache)/venv
# Packages of JavaScript that the tests run.
export CENSUS_NODE_MODULES ?= $(cache)/node
# DuckDB, and a client of PostgreSQL.
benches := $(cache)/benches
# Makes an environment (1) of the requirements (2), a copy of which it holds: they differ where it is out of date.
define python-environment
if ! cmp -s $(2) $(1)/requirements.txt; then \
  rm -rf $(1) && $(PYTHON) -m venv $(1) && \
  $(1)/bin/pip install --quiet --disable-pip-version-check --requirement $(2) && \
  cp $(2) $(1)/requirements.txt; \
fi
endef
export CENSUS_BIN ?= $(CARGO_TARGET_DIR)/debug/census

.PHONY: help demo test check bench build rust-tests python-tests need-rust need-python need-postgres need-clients

help:
	@sed -n 's/^# //p' Makefile | head -4

demo: need-rust
	cargo run --bin census -- demo --once

test: need-postgres build rust-tests python-tests

check: need-rust
	cargo xtask check

# Release build, about half an hour from nothing.
bench: need-rust need-python need-postgres
	cargo build --release --bin census --bin bench-collection --bin bench-findings --bin bench-hstore --bin bench-wire --example template_speed
	$(CARGO_TARGET_DIR)/release/bench-collection
	$(CARGO_TARGET_DIR)/release/bench-findings
	$(CARGO_TARGET_DIR)/release/examples/template_speed
	$(PYTHON) benches/query.py $(CARGO_TARGET_DIR)/release/census
	$(call python-environment,$(benches),benches/requirements.txt)
	$(benches)/bin/python benches/hstore.py $(CARGO_TARGET_DIR)/release/bench-hstore
	$(benches)/bin/python benches/wire.py $(CARGO_TARGET_DIR)/release

# All members are always selected together: a part of them would have other features, and DataFusion be built again.
build: need-rust
	cargo build --bin census

rust-tests: need-rust need-postgres
	if cargo nextest --version >/dev/null 2>&1; then cargo nextest run --workspace; else cargo test --workspace --lib --bins --tests; fi
	cargo test --package census-sandbox --doc --quiet

python-tests: build need-python need-clients
	$(call python-environment,$(venv),tests/python/requirements.txt)
	$(venv)/bin/pytest -rs tests/python

need-rust:
	@command -v cargo >/dev/null || { echo 'cargo is missing: install Rust 1.95 or newer with rustup' >&2; exit 1; }
	@command -v cc >/dev/null || { echo 'cc is missing: install a C compiler (Debian: build-essential, macOS: xcode-select --install)' >&2; exit 1; }

need-python:
	@command -v $(PYTHON) >/dev/null || { echo '$(PYTHON) is missing: install Python 3.11 or newer' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '$(PYTHON) is too old: install Python 3.11 or newer, or set PYTHON' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo '$(PYTHON) has no venv: install it (Debian: python3-venv)' >&2; exit 1; }

# Installed on Debian by root; elsewhere its absence is said before anything is built.
need-postgres:
	@scripts/postgres.sh

# Psql, pgJDBC and node-postgres: installed on Debian by root; elsewhere their tests are skipped, and that is said.
need-clients:
	@scripts/clients.sh $(CENSUS_NODE_MODULES)
