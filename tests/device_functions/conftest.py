"""One program a family: `make_program(name, calls, ...)`."""

from __future__ import annotations

import pytest

from tests.device_functions.runner import Program


@pytest.fixture(scope="session")
def make_program(tmp_path_factory, crosswarp_nvcc):
    """Compile a `Program`; keyword arguments are its own."""
    def make(name, calls, **options):
        return Program(crosswarp_nvcc, tmp_path_factory.mktemp(name), calls, **options)
    return make
