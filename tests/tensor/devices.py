"""The devices that judge matrix products: the CPU, and emulated GPUs with WMMA (gfx11, gfx12) and MFMA (gfx9)."""

from __future__ import annotations

import pytest

DEVICES = ("cpu", "gfx1100", "gfx1201", "gfx90a", "gfx942")


def on_devices(*quick: str) -> pytest.MarkDecorator:
    """A test for each device, slow on those that are not named."""
    cases = [pytest.param(device, marks=() if device in quick else pytest.mark.slow) for device in DEVICES]
    return pytest.mark.parametrize("device", cases)
