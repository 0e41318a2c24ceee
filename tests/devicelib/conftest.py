"""The device math library as a shared object of this machine, built once per session."""

from __future__ import annotations

import os

import pytest
from crosswarp.targets.devicelib.tools.host_library import HostLibrary


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> HostLibrary:
    # Sessions of pytest-xdist share nothing but the parent of their temporary folders; each worker builds its own.
    return HostLibrary(tmp_path_factory.mktemp(f"math-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"))
