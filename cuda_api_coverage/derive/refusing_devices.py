"""Entries that some devices refuse though others have them: what observation told of the runtime, and refusing_devices.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from crosswarp.cuda_api_coverage.calling.answers import NOT_SUPPORTED, observed
from crosswarp.cuda_api_coverage.catalogue.model import Device

TABLE = Path(__file__).with_suffix(".toml")


def refusing_devices() -> dict[str, tuple[Device, ...]]:
    """Entry to the devices on which it answers "not supported", or which refuse what makes its arguments."""
    found: dict[str, tuple[Device, ...]] = {}
    for device, answers in observed().items():
        for name, answer in answers.items():
            if answer == NOT_SUPPORTED:
                found[name] = (*found.get(name, ()), Device(device))
    for refusal in tomllib.loads(TABLE.read_text())["refusal"]:
        found |= dict.fromkeys(refusal["entries"].split(), tuple(map(Device, refusal["devices"])))
    return found
