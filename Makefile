# The commands a newcomer needs: `make demo`, `make test`, and while editing `make check`, which leaves out the tests
# that take long or need a browser, a kernel or the network. All set up .venv by themselves.
PYTHON ?= python3
BIN := .venv/bin
EXTRAS := web,stats,llm,images,spss,excel,office,cluster
# What the site shows: each file stands where it stands here, so that its links lead on from there, too.
PUBLISHED := README.md LICENSE docs reports datasets benchmarks compare
# Kept in compiled form, the tests are collected in half the time, and the programs that they start take half of theirs.
# An empty value is as good as none.
export PYTHONDONTWRITEBYTECODE :=
# A worker for each core is enough: threads beside them cost a seventh more.
test check: export OMP_NUM_THREADS := 1

.PHONY: demo check check-lowest check-newest test lint types format fuzz coverage lock dist site bench gallery clean

demo: .venv/installed
	$(BIN)/storydiff demo -o demo.html

test: .venv/installed-for-tests
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: lint types
	$(BIN)/python -m pytest -m fast --numprocesses auto --dist worksteal

lint: .venv/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed-for-tests
	$(BIN)/mypy

format: .venv/installed-for-tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# make fuzz SECONDS=30: attacks every door through which strangers' data comes, each for so long
SECONDS := 30
fuzz: .venv/installed-for-tests
	OMP_NUM_THREADS=1 $(BIN)/python tests/fuzz.py --seconds $(SECONDS)

# which lines and branches the tests run; takes half as long again as the tests
coverage: .venv/installed-for-tests
	$(BIN)/python -m pip install --quiet --group coverage
	OMP_NUM_THREADS=1 $(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# the versions and hashes of all that the tests and checks install, for every Python and system: what `make test` installs
# is newer where something newer is out. To install just these: pip install --require-hashes -r requirements.lock
lock: .venv/installed
	$(BIN)/python -m pip install --quiet --group lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --upgrade --all-extras --group test --group lint \
		pyproject.toml --output-file requirements.lock

# wheel and sdist, built twice from the last commit's moment and compared byte by byte
dist: .venv/installed
	$(BIN)/python -m pip install --quiet --group dist
	$(BIN)/python .ci/dist.py

# make bench DATA=folder: speed and memory on real stories, and on a few invented ones with every engine and other tools
bench: .venv/installed
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/story_speed.py
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/scale.py --stories 10 --times 4
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/peers.py --stories 5
	$(BIN)/python benchmarks/real_stories.py $(DATA)

# the worked reports and the demo's pages as HTML, and the READMEs' pictures of them; needs Chromium
gallery: .venv/installed-for-gallery
	OMP_NUM_THREADS=1 $(BIN)/python docs/gallery.py

# the documentation as a folder of pages that is read without a network: build/site/index.html
site: .venv/installed-for-site
	rm -rf build/pages && mkdir -p build/pages
	ln -s $(addprefix $(CURDIR)/,$(PUBLISHED)) build/pages/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --config-file docs/mkdocs.yml

# the quick tests on the oldest releases that pyproject.toml allows, and on the newest: make check-newest PYTHON=python3.14
check-lowest: SET := lowest-direct
check-newest: SET := highest
check-lowest check-newest: export OMP_NUM_THREADS := 1
check-lowest check-newest:
	$(PYTHON) -m venv --clear build/$@
	build/$@/bin/python -m pip install --quiet uv
	build/$@/bin/uv pip install --quiet --python build/$@/bin/python --resolution $(SET) --group test --editable ".[$(EXTRAS)]"
	build/$@/bin/python -m pytest -m fast --numprocesses auto --dist worksteal -p no:cacheprovider
	rm -rf build/$@ # a gigabyte

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "storydiff needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[web,stats]"
	@touch $@

.venv/installed-for-tests: .venv/installed
	$(BIN)/python -m pip install --quiet --group test --group lint
	@touch $@

.venv/installed-for-gallery: .venv/installed
	$(BIN)/python -m pip install --quiet --group gallery
	@touch $@

.venv/installed-for-site: .venv/installed
	$(BIN)/python -m pip install --quiet --group docs
	@touch $@

clean:
	rm -rf .venv build dist *.egg-info
