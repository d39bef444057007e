# Every target makes the environment by itself; the second call costs nothing.
# Python 3.11 or later and make are all a machine needs. Windows: make.cmd has the same targets.

.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help results test test-browser test-spark crash check format lint types rule query bench mutants fuzz golden compare coverage audit test-minimum docs sample weeks new-rule new-format build clean

help:  ## this list
	@echo "make results   read data/inbox (or the sample) and write the reports"
	@echo "make weeks     three Mondays of the sample: what each would change, and its run"
	@echo "make query     open a read-only SQL shell on the published run"
	@echo "make test      prove that the program works"
	@echo "make test-browser   see the pages in Chromium and on paper; installs it where there is apt-get"
	@echo "make test-spark     every file of SQL on DuckDB and on Apache Spark; needs Java 17"
	@echo "make check     all that must hold before a change lands: format, lint, types, tests, docs"
	@echo "make rule name=CODE            run one rule's cases"
	@echo "make new-rule name=CODE        begin a rule"
	@echo "make new-format name=N sample=FILE   begin a format"
	@echo "make bench     measure against the floor"
	@echo "make mutants   break every rule in every small way: would its cases notice? (name=CODE: one rule; name=readers: the readers)"
	@echo "make coverage  which branches of the program no test takes"
	@echo "make fuzz      search for files that break the readers (minutes=5 seed=1)"
	@echo "make golden    show what the seasons have become since they were kept, and keep it (SHOW=1: the rows)"
	@echo "make compare BASE=COMMIT   two versions over the sample, rule by rule (HEAD=COMMIT INBOX=DIR SHOW=1)"
	@echo "make crash     make a whole run fail at every place, in every way: is what is published whole? (part=1/3)"
	@echo "make audit     has any package that runs with it a known weakness? asks the package index"
	@echo "make test-minimum   a choice of tests with the oldest packages that pyproject.toml allows"
	@echo "make docs      write the generated pages again"
	@echo "make sample    write the sample centre again"
	@echo "make build     make the wheel"
	@echo "make clean     remove what can be made again; runs and inbox stay"

$(READY): pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --quiet --inexact --compile-bytecode
	@touch $@

results: $(READY)  ## the main job
	@$(BIN)/resultsday run --or-sample

# the sample's run, as long as there is none of your own
PUBLISHED = $(if $(wildcard data/current data/current.txt),data,data/sample-runs)

query: $(READY)
	@$(BIN)/resultsday query --data $(PUBLISHED)

test: $(READY)
	@$(BIN)/python -m pytest

# root, or a user who may become it
AS_ROOT = $(if $(filter 0,$(shell id -u)),,sudo)
SEEN_BY = chromium libreoffice-calc poppler-utils

test-browser: $(READY)
	@if command -v apt-get >/dev/null && ! { command -v chromium && command -v soffice && command -v pdftotext; } >/dev/null; \
	then $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq --no-install-recommends $(SEEN_BY); fi
	@BROWSER_TESTS=1 $(BIN)/python -m pytest tests/browser -n 0 -rs

test-spark: $(READY)
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --quiet --inexact --extra spark
	@SPARK_TESTS=1 $(BIN)/python -m pytest tests/spark -n 0 -rs

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/python -m pipelines.sql_lint

types: $(READY)
	@$(BIN)/mypy

check: lint types test
	@$(BIN)/python -m pipelines.catalogue --check
	@$(BIN)/python data/sample/generate.py --check

rule: $(READY)
	@$(BIN)/python -m pytest tests/test_rules.py -n 0 -k "$(name)"

new-rule: $(READY)
	@$(BIN)/resultsday new-rule $(name)

new-format: $(READY)
	@$(BIN)/resultsday new-format $(name) $(sample)

bench: $(READY)
	@$(BIN)/python -m benchmarks

mutants: $(READY)
	@$(BIN)/python -m tests.mutants $(name)

# browser tests need Chromium; the cases of the rules judge SQL, which has no branches of Python
coverage: $(READY)
	@rm -rf .coverage
	@mkdir -p .coverage
	@$(BIN)/python -m coverage run -m pytest --ignore=tests/browser --deselect tests/test_rules.py -q
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report

fuzz: $(READY)
	@$(BIN)/python -m tests.fuzz $(if $(minutes),--minutes $(minutes)) $(if $(seed),--seed $(seed))

golden: $(READY)
	@$(BIN)/python -m tests.golden accept $(if $(SHOW),--show)

compare: $(READY)
	@$(BIN)/python -m tests.golden compare --base "$(BASE)" --head "$(HEAD)" --inbox "$(INBOX)" $(if $(SHOW),--show)

crash: $(READY)
	@$(BIN)/python -m tests.crash $(if $(part),--part $(part))

audit: $(READY)
	@$(BIN)/python -m tests.supply audit

test-minimum: $(READY)
	@$(BIN)/python -m tests.supply minimum

docs: $(READY)
	@$(BIN)/python -m pipelines.catalogue
	@$(BIN)/python data/sample/three_mondays.py --readme

weeks: $(READY)
	@$(BIN)/python data/sample/three_mondays.py

sample: $(READY)
	@$(BIN)/python data/sample/generate.py

build: $(READY)
	@$(BIN)/uv build --quiet

clean:
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage data/cache data/sample-runs
