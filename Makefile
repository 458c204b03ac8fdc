# Two commands do all the set-up on a fresh machine with Python 3.11+ and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types check cases proof fuzz mutants coverage bench smoke expected docs gallery sbom wheelhouse clean

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "affil needs Python 3.11 or newer"'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

demo: $(READY)
	$(BIN)/affil demo affil-demo

# FollowTheMoney judges what `affil export --format ftm` writes. Its PyICU is compiled, which takes a compiler and the headers of ICU
# (libicu-dev): where they are missing this is told, its test is passed over, and the model recorded in tests/export judges alone.
$(VENV)/.ftm: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[ftm]' 2> $(VENV)/ftm.log \
		|| echo "followthemoney could not be installed ($(VENV)/ftm.log): its own judgement of an export is left out"
	touch $@

test: $(READY) $(VENV)/.ftm
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

check: lint types test

# All cases of all rules through the real stages; `make test` runs two of each rule.
cases: $(READY)
	$(BIN)/affil rules test -w .

# The engine against a brute-force walk over the raw records: 10,000 officials by hash, and many new small worlds. Then kill -9
# 200 times in each command that writes to the store (AFFIL_KILLS for another number), at every step that changes the disk and at
# random moments; two commands at once; no room on the disk; names that are code, through every command in every form.
proof: $(READY)
	@began=$$(date +%s); \
	AFFIL_PROOF=300 $(BIN)/python -m pytest -n 2 -rP tests/rules/test_large_world.py tests/rules/test_oracle.py && \
	AFFIL_PROOF=1 $(BIN)/python -m pytest -n 2 --dist load -rP tests/proof tests/test_hostile_names.py \
		tests/test_hostile_review.py tests/test_guides.py tests/test_harmful_inputs.py tests/law tests/language/test_frequencies.py; \
	code=$$?; echo "make proof: $$(( $$(date +%s) - began )) s"; exit $$code

# The properties on examples never seen before (the usual run takes the same ones every time), then bytes nobody thought of,
# guided by what they reach in the readers, so many seconds a format. atheris has wheels for Linux and macOS.
FUZZ_SECONDS ?= 60
fuzz: $(READY)
	AFFIL_FUZZ=1 AFFIL_PROOF=60 $(BIN)/python -m pytest -n 2 -k "not large_world and not readme"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt atheris
	for format in xml csv json pdf zip workbook word; do $(BIN)/python tests/fuzz/fuzz_readers.py $$format $(FUZZ_SECONDS) || exit 1; done

# Small changes of the engine, one at a time, put to the tests: build/mutants.txt names every one that no test notices.
# MUTANTS="--part kinship", "--cap 50" for less. Works where a process can be forked (Linux, macOS).
mutants: $(READY)
	$(BIN)/python tests/mutants/run.py $(MUTANTS)

# Lines that the tests run, those run by programs they start included: shown, not chased.
coverage: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered --cov-report=html:build/coverage

bench: $(READY)
	$(BIN)/python -m benchmarks.speed

clean:
	rm -rf $(VENV) affil-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist

# The built wheel in a clean environment without the development tools and away from the sources: what it must carry is in it,
# and a newcomer's way from the demo to a new workspace works.
smoke:
	rm -rf build/smoke && mkdir -p build/smoke
	$(PYTHON) -m venv build/smoke/venv
	build/smoke/venv/bin/python -m pip wheel --quiet --disable-pip-version-check --constraint constraints.txt --no-deps --wheel-dir build/smoke .
	build/smoke/venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt build/smoke/affil-*.whl
	cd build/smoke && venv/bin/python ../../tests/wheel_carries.py affil-*.whl
	cd build/smoke && venv/bin/affil demo district > summary.txt && venv/bin/affil check -w district > check.txt || test $$? -eq 5
	cd build/smoke && venv/bin/affil rules test in-law-supplier -w district > cases.txt && venv/bin/affil init new > /dev/null && test -s new/templates/Контракты.xlsx
	cd build/smoke && venv/bin/affil rules list > rules.txt && test -s district/reports/latest && test -s check.txt && tail -n 1 summary.txt

# What a user installs, as CycloneDX 1.6 for those who check: of a clean environment that has affil and nothing else.
sbom: $(READY)
	rm -rf build/sbom && mkdir -p build/sbom
	$(PYTHON) -m venv --without-pip build/sbom/venv
	$(BIN)/python -m pip --python build/sbom/venv/bin/python install --quiet --disable-pip-version-check --constraint constraints.txt .
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt '.[sbom]'
	$(BIN)/cyclonedx-py environment --output-reproducible --spec-version 1.6 --output-format JSON --pyproject pyproject.toml --output-file build/sbom.json build/sbom/venv/bin/python
	@echo build/sbom.json

# A folder from which affil installs on Windows without a network: wheels for win_amd64, their SHA-256, install.cmd. The machine it
# is copied to needs only Python of one of these versions, from the Microsoft Store.
PYTHONS ?= 3.12 3.13
wheelhouse: $(READY)
	$(BIN)/python .ci/windows/wheelhouse.py build/wheelhouse $(PYTHONS)

# After a change that is meant to alter findings: write the district's anew, then read the difference.
expected: $(READY)
	$(BIN)/python tests/test_district.py

# After a change of a rule or its cases: write the pages of the rules anew.
docs: $(READY)
	$(BIN)/python -m affil.reports.rule_pages docs/rules

# After a change of a document: write the gallery in reports/ anew, then look at the difference.
gallery: $(READY)
	$(BIN)/python reports/make_gallery.py
