"""Fixtures of the CPU target's tests: each input file is compiled once."""

from __future__ import annotations

import pytest

from tests.targets.cpu.device_code import INPUTS, DeviceCode, Loader


@pytest.fixture(scope="session")
def load(tmp_path_factory: pytest.TempPathFactory) -> Loader:
    """Compile and load `inputs/<name>.cu`, or portable IR `inputs/<name>`."""
    loaded: dict[str, DeviceCode] = {}

    def get(name: str) -> DeviceCode:
        if name not in loaded:
            source = (INPUTS / name).read_bytes() if name.endswith(".ll") else (INPUTS / f"{name}.cu").read_text()
            loaded[name] = DeviceCode(source, tmp_path_factory.mktemp(name))
        return loaded[name]

    return get
