# The commands that docs and CI use. `make` alone lists them.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PORT ?= 8000
export PORT

RUNNING := .venv/installed-requirements.lock
DEVELOPING := .venv/installed-requirements-dev.lock

.PHONY: help
help:  ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

.PHONY: run
run: $(RUNNING)  ## Start the site with demonstration data at http://127.0.0.1:8000/ (PORT= moves it)
	@.venv/bin/python -m config.demonstration

.PHONY: test
test: $(DEVELOPING)  ## Run the suite on SQLite, and on PostgreSQL what a database can change
	@bin/test

.PHONY: fix
fix: $(DEVELOPING)  ## Format the code (a template's layout is its writer's), and write docs/permissions.md
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .
	@.venv/bin/python -m tests.matrix

.PHONY: quality
quality: $(DEVELOPING)  ## Check style, layers, migrations, settings and translations
	@bin/quality

.PHONY: audit
audit: $(DEVELOPING)  ## Run the long checks, or some (PART="scanner torture"; bin/audit.toml lists them)
	@.venv/bin/python bin/audit.py $(PART)

.PHONY: bench
bench: $(DEVELOPING)  ## Measure what each page costs (CHAIRS=100000 for that size alone; DATABASE=sqlite)
	@.venv/bin/python -m bench $(if $(CHAIRS),--chairs $(CHAIRS)) $(if $(DATABASE),--database $(DATABASE))

.PHONY: torture
torture: $(DEVELOPING)  ## Serve the site under load and faults, and count what is lost (MINUTES=2; DATABASE=sqlite; SEED=1)
	@.venv/bin/python -m torture $(if $(MINUTES),--minutes $(MINUTES)) $(if $(DATABASE),--database $(DATABASE)) $(if $(SEED),--seed $(SEED))

.PHONY: mutants
mutants: $(DEVELOPING)  ## Make one mistake at a time in the rules, and name what no test notices (AREA=money; SAMPLE=60; SEED=1)
	@.venv/bin/python -m mutants $(AREA) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

.PHONY: deploy-check
deploy-check: $(DEVELOPING)  ## Stand the site up from Debian's packages, deploy a new version under load, take it down (as root)
	@.ci/deploy

.PHONY: sbom
sbom: $(DEVELOPING)  ## List what the site is made of in sbom.json, for a release (CycloneDX)
	@.venv/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file sbom.json requirements.lock
	@.venv/bin/python -c 'import json; print(len(json.load(open("sbom.json", "rb"))["components"]), "parts are listed in sbom.json")'

.PHONY: lock
lock: $(DEVELOPING)  ## Bring the lock files up to date with requirements*.txt, moving nothing else
	@bin/lock

.PHONY: upgrade
upgrade: $(DEVELOPING)  ## Make the lock files anew with every dependency at its newest, and install it
	@bin/lock --upgrade
	@$(MAKE) $(DEVELOPING)

.PHONY: screenshots
screenshots: $(DEVELOPING)  ## Photograph every sort of page into screenshots/
	@bin/screenshots

$(RUNNING): requirements.lock
	@bin/venv requirements.lock

# It installs all that runs the site too.
$(DEVELOPING): requirements-dev.lock
	@bin/venv requirements-dev.lock
	@touch $(RUNNING)
