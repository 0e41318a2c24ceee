# `make demo` and `make check` need only Python 3.11 or later: everything else comes from wheels.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# PyTorch's CPU build is 200 MB: its tests have an environment of their own.
TORCH := .torch
# Tests of HTML pages drive the system's Chromium; what drives it has an environment of its own.
BROWSER := .browser
# Tests run on the package as a user gets it, installed from this checkout.
INSTALLED := $(VENV)/.installed
SOURCES := $(shell git ls-files -co --exclude-standard -- driver frontend ir targets runtime_shim cuda_api_coverage support hatch_build.py pyproject.toml 2>/dev/null)
# What the tests' programs and compilers write about themselves: docs/coverage.md.
EVIDENCE := .evidence
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: demo check lint types test evidence recount format slow soak emulate cccl tensor torch browser programs projects scan-projects build-systems distributed hosts bench bench-tensor math-sweep develop clean

demo: $(INSTALLED)  ## build and run the samples on the best device found, and draw the pictures
	$(BIN)/python scripts/demo.py

check: lint types test  ## all that CI runs

lint: $(INSTALLED)
	$(BIN)/ruff check .
	git ls-files '*.cpp' '*.hpp' '*.h' '*.cu' '*.cuh' | xargs $(BIN)/clang-format --dry-run -Werror

types: $(INSTALLED)
	$(BIN)/python scripts/check_types.py

test: $(INSTALLED)
	rm -rf $(EVIDENCE)
	$(BIN)/python -m pytest -n $(JOBS) -q --evidence $(EVIDENCE) tests
	$(BIN)/python scripts/evidence.py --check $(EVIDENCE)

evidence: test  ## which tests prove which entry of the catalogue, from all tests, CCCL's and those on an emulated GPU
	$(BIN)/python -m pytest -n $(JOBS) -q -m 'slow or not slow' --evidence $(EVIDENCE)/longer tests/emulator/test_programs.py tests/cccl
	CROSSWARP_TEST_DEVICE=emu:gfx1100 $(BIN)/python -m pytest -n $(JOBS) -q --evidence $(EVIDENCE)/emulated \
	  tests/device_functions tests/headers/test_on_cpu.py
	$(BIN)/python scripts/evidence.py $(EVIDENCE) $(EVIDENCE)/longer $(EVIDENCE)/emulated

recount: evidence  ## the catalogue's functions counted anew, from the libraries and from the same runs
	$(BIN)/python scripts/recount_coverage.py $(EVIDENCE) $(EVIDENCE)/longer $(EVIDENCE)/emulated

slow: $(INSTALLED)  ## the longer suites: every architecture, larger sweeps
	$(BIN)/python -m pytest -n $(JOBS) -q -m slow tests

soak: $(INSTALLED)  ## ten million mixed runtime calls over eight threads
	$(BIN)/python -m pytest -q -m soak tests/shim

emulate: $(INSTALLED)  ## all samples, test programs and device functions on emulated AMD GPUs
	$(BIN)/python -m pytest -n $(JOBS) -q -m 'slow or not slow' tests/emulator/test_programs.py
	for arch in gfx1100 gfx942; do CROSSWARP_TEST_DEVICE=emu:$$arch $(BIN)/python -m pytest -n $(JOBS) -q \
	  tests/device_functions tests/headers/test_on_cpu.py || exit 1; done

cccl: $(INSTALLED)  ## CUB, Thrust and libcu++: all algorithms, types and devices
	$(BIN)/python -m pytest -n $(JOBS) -q -m 'slow or not slow' tests/cccl

tensor: $(INSTALLED)  ## products of matrices: every form and kernel on the CPU and on emulated GPUs
	$(BIN)/python -m pytest -n $(JOBS) -q -m 'slow or not slow' tests/tensor

torch: $(TORCH)/.installed  ## PyTorch extensions, in an environment with PyTorch's CPU build
	$(TORCH)/bin/python -m pytest -n $(JOBS) -q tests/torch_extensions

# It sees the packages of $(VENV), this one among them.
$(TORCH)/.installed: $(INSTALLED) tests/torch_extensions/requirements.txt
	$(PYTHON) -m venv $(TORCH)
	$(TORCH)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/torch_extensions/requirements.txt
	$(TORCH)/bin/python scripts/see_packages.py $(BIN)/python
	touch $@

browser: $(BROWSER)/.installed  ## the HTML pages of `crosswarp coverage`, in the system's Chromium
	$(BROWSER)/bin/python -m pytest -n $(JOBS) -q tests/cuda_api_coverage/report/browser

$(BROWSER)/.installed: $(INSTALLED) tests/cuda_api_coverage/report/browser/requirements.txt
	$(PYTHON) -m venv $(BROWSER)
	$(BROWSER)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/cuda_api_coverage/report/browser/requirements.txt
	$(BROWSER)/bin/python scripts/see_packages.py $(BIN)/python
	touch $@

programs: $(INSTALLED)  ## real programs that come from the package registry
	$(BIN)/python scripts/programs.py

build-systems: $(INSTALLED)  ## every build tool in its oldest, usual and newest version: needs a package registry
	$(BIN)/python -m pytest -n $(JOBS) -q -m 'slow or not slow' tests/build_systems

distributed: $(INSTALLED)  ## sccache-dist on network namespaces of this machine: needs root and bubblewrap
	$(BIN)/python -m pytest -q -m 'slow or not slow' tests/build_systems/test_distributed.py

projects: $(INSTALLED)  ## public projects by their own build systems, and docs/projects.md: hours
	$(BIN)/python scripts/projects.py

scan-projects: $(INSTALLED)  ## crosswarp coverage on public projects, beside what was found in them by hand: needs the network
	$(BIN)/python scripts/scan_projects.py --update

hosts: $(INSTALLED)  ## host compilers (HOSTS, else those of PATH) and C++ standards side by side
	$(BIN)/python scripts/hosts.py $(HOSTS)

bench: $(INSTALLED)  ## compile and build time, side by side with NVIDIA's nvcc where it is installed
	$(BIN)/python benchmarks/compile_time.py
	$(BIN)/python benchmarks/build_time.py

bench-tensor: $(INSTALLED)  ## tensor-core kernels beside kernels written for AMD's matrix units, on the emulator
	$(BIN)/python benchmarks/tensor_cores.py --markdown docs/tensor-layout.md

math-sweep: $(INSTALLED)  ## f32 functions over all 2^32 arguments: hours
	$(BIN)/python benchmarks/math_accuracy.py --sweep --update docs/math.md

format:
	$(BIN)/ruff check --fix -q .
	git ls-files '*.cpp' '*.hpp' '*.h' '*.cu' '*.cuh' | xargs $(BIN)/clang-format -i

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): $(BIN)/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check ".[dev]"
	touch $@

develop: $(BIN)/python  ## work on the checkout itself: the package is a link to this folder
	$(BIN)/python scripts/develop.py

clean:
	rm -rf $(VENV) $(EVIDENCE) $(TORCH) $(BROWSER) _native .dev .demo build dist
