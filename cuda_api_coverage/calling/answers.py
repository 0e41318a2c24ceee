"""What each entry of the runtime answered on each device when it was called with valid arguments, as it was written down.

`observe` makes the calls, `scripts/observe_api.py` keeps the answers in `observed.tsv`; a test compares them with new ones.
"""

from __future__ import annotations

from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.tables import rows, write_rows

OBSERVED = Path(__file__).with_name("observed.tsv")
DEVICES = ("cpu", "emulated", "amd", "nvidia")
WORKS, NOT_SUPPORTED = "works", "not supported"
# Answers other than success that are what the entry is for.
ANSWERS = {
    "cudaStreamQuery": {600},
    "cudaEventQuery": {600},
    "cudaIpcOpenMemHandle": {201},  # refuses the process that made the handle, which observation is
    "cudaLibraryGetUnifiedFunction": {500},  # no device has unified functions, and then CUDA finds none
}


def status(name: str, code: int) -> str:
    """The word for what an entry answered."""
    return WORKS if code == 0 or code in ANSWERS.get(name, ()) else NOT_SUPPORTED if code == 801 else f"answers {code}"


def observed(path: Path = OBSERVED) -> dict[str, dict[str, str]]:
    """Device to entry to status."""
    found = list(rows(path))
    return {device: {row[0]: row[i + 1] for row in found} for i, device in enumerate(DEVICES)}


def write_observed(found: dict[str, dict[str, int]], path: Path = OBSERVED) -> None:
    """Keeps the answers of every device."""
    names = sorted({name for answers in found.values() for name in answers})
    lines = ([name, *(status(name, found[device].get(name, -1)) for device in DEVICES)] for name in names)
    write_rows(path, "What each entry answers on each device. Written by scripts/observe_api.py.", ("name", *DEVICES), lines)
