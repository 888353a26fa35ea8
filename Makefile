# make demo   install everything, load the demonstration, serve it on 127.0.0.1:8000
# make test   install what the tests need, run all of them on SQLite and PostgreSQL
.DEFAULT_GOAL := help
.PHONY: help install demo test lint simulate mutate bench clean

PYTHON_BIN := .venv/bin/python
STEPS ?= 1000
ENGINE ?= both

help: ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:[^#]*##//' | while read -r name words; do printf 'make %-9s %s\n' "$$name" "$$words"; done

install: ## .venv with the soichieu command and the development tools
	@tools/install.sh

demo: install ## load the demonstration and serve it on 127.0.0.1:8000
	@.venv/bin/soichieu demo

test: install ## install what the tests need and run all of them
	@$(PYTHON_BIN) -m tools.system
	@$(PYTHON_BIN) -m tools.gate

lint: install ## the checks of make test without its tests
	@$(PYTHON_BIN) -m tools.gate --lint

simulate: install ## random histories against the oracle [SEED=n] [STEPS=1000] [ENGINE=sqlite|postgres|both]
	@$(PYTHON_BIN) -m tools.simulate --seed "$(SEED)" --steps $(STEPS) --engine $(ENGINE)

mutate: install ## break each row of the ledger's table and see that it is caught
	@$(PYTHON_BIN) -m tests.mutate

bench: install ## the benches with their peers [BENCH=name]
	@tools/install.sh bench
	@$(PYTHON_BIN) -m bench $(BENCH)

clean: ## what tests and builds leave behind; .venv stays
	@rm -rf var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
	@rm -f .venv/.catalogues .venv/.warm
