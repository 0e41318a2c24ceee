"""CCCL's headers come in an extra; without it nothing in this folder can run."""

from __future__ import annotations

import pytest
from crosswarp.support.paths import cccl_dir


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if cccl_dir() is not None:
        return
    for item in items:
        if "tests/cccl/" in item.nodeid:
            item.add_marker(pytest.mark.skip(reason="nvidia-cuda-cccl is not installed: pip install 'crosswarp[cccl]'"))
