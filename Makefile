# One door for everything. `make` alone lists what can be done.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
run_tools = @command -v $(PYTHON) >/dev/null 2>&1 || { echo "Python est introuvable : installez Python 3.11, 3.12 ou 3.13." >&2; exit 1; }; $(PYTHON) tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help demo run test check fix bench pictures ci migrations lock wheel wheelhouse
MAKEFLAGS += --no-print-directory

help:
	@echo "make <commande>, avec :"
	@sed -n 's/^\([a-z]*\):.*## /  \1|/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

# `exec`: whoever ends make ends the head of the tree itself, not a shell in front of it.
demo: ## installe, construit le monde d’exemple (Grand Dax) et ouvre http://127.0.0.1:8000 (PORT=8001 pour un autre port)
	$(run_tools) run
	@FAUBOURG_PORT=$(PORT) exec $(VENV)/faubourg demo

run: ## la même plateforme sans l’exemple : vos propres données, sous FAUBOURG_HOME
	$(run_tools) run
	@FAUBOURG_PORT=$(PORT) exec $(VENV)/faubourg serve --migrate --worker

test: ## tous les tests : SQLite, PostgreSQL et navigateur là où ils se trouvent
	$(run_tools) dev
	@$(VENV)/python tools/test.py $(ARGS)

check: ## style, types, contrats d’import, gabarits, migrations manquantes
	$(run_tools) dev
	@$(VENV)/python tools/check.py

fix: ## corrige le style du code et des gabarits
	$(run_tools) dev
	@$(VENV)/python tools/check.py --fix

bench: ## mesure la vitesse et la mémoire (ARGS=--write garde la mesure dans benchmarks/README.md)
	$(run_tools) dev
	@$(VENV)/python -m benchmarks $(ARGS)

pictures: ## reprend dans le monde d’exemple les images du README et des guides (ARGS=comite pour une seule)
	$(run_tools) dev
	@$(VENV)/python tools/pictures.py $(ARGS)

ci: ## ce que fait l’intégration continue : paquets Debian, make check, les autres Python, make test, sans rien laisser de côté
	@.ci/run

migrations: ## réécrit la migration unique de chaque pièce à partir des modèles
	$(run_tools) dev
	@$(VENV)/python tools/fold_migrations.py

lock: ## récrit les versions exactes et leurs empreintes dans requirements/ (demande uv)
	@$(PYTHON) tools/lock.py

wheel: ## fait dans dist/ le paquet à installer (wheel), les sources et la liste des composants (SBOM) ; la version vient des étiquettes git
	$(run_tools) dev
	@$(VENV)/python tools/wheel.py

wheelhouse: ## fait dans dist/wheelhouse/ tout ce qu’il faut pour installer sans réseau
	$(run_tools) dev
	@$(VENV)/python tools/wheel.py --house
