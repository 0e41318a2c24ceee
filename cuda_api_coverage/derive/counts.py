"""How much of the runtime API is there, by CUDA version and by device.

Which functions NVIDIA declares stands in `runtime_api_names.tsv`; which are here, the shim's sources say (`runtime_api`); what they
answer on each device is observed by calling them (`observe`, `scripts/observe_api.py`) and kept in `observed.tsv`, which a test
compares with a new observation.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crosswarp.cuda_api_coverage.derive.declarations import aliases
from crosswarp.cuda_api_coverage.derive.runtime_api import Status, runtime_entries

NAMES = Path(__file__).parent / "runtime_api_names.tsv"
OBSERVED = Path(__file__).parents[1] / "calling" / "observed.tsv"
DEVICES = ("cpu", "amd", "nvidia")
WORKS, NOT_SUPPORTED = "works", "not supported"
# Answers other than success that are what the entry is for.
ANSWERS = {
    "cudaStreamQuery": {600},
    "cudaEventQuery": {600},
    "cudaIpcOpenMemHandle": {201},  # refuses the process that made the handle, which observation is
    "cudaLibraryGetUnifiedFunction": {500},  # no device has unified functions, and then CUDA finds none
}


@dataclass(frozen=True)
class Row:
    """One function that NVIDIA declares. `family` is empty where it is absent here; `devices` are those on which it works."""

    name: str
    header: str
    versions: tuple[str, ...]
    family: str
    devices: frozenset[str]


def _table(path: Path) -> list[list[str]]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def status(name: str, code: int) -> str:
    """The word for what an entry answered."""
    return WORKS if code == 0 or code in ANSWERS.get(name, ()) else NOT_SUPPORTED if code == 801 else f"answers {code}"


def observed(path: Path = OBSERVED) -> dict[str, dict[str, str]]:
    """Device to entry to status."""
    rows = _table(path)
    return {device: {row[0]: row[i + 1] for row in rows} for i, device in enumerate(DEVICES)}


def write_observed(found: dict[str, dict[str, int]], path: Path = OBSERVED) -> None:
    """Keeps the answers of every device."""
    names = sorted({name for answers in found.values() for name in answers})
    lines = ["# What each entry answers on each device. Written by scripts/observe_api.py.", "\t".join(["name", *DEVICES])]
    lines += ["\t".join([name, *(status(name, found[device].get(name, -1)) for device in DEVICES)]) for name in names]
    path.write_text("\n".join(lines) + "\n")


def rows() -> list[Row]:
    """Every function that NVIDIA declares, or once did."""
    second = {name: symbol for symbol, name in aliases().items()}
    families = {entry.name: entry.family for entry in runtime_entries()}
    refused = {entry.name for entry in runtime_entries() if entry.status is Status.NOT_SUPPORTED}
    working = observed()
    names = aliases()
    found = []
    for name, header, versions in _table(NAMES):
        symbol = name if name in families else second.get(name, name)
        called = names.get(name, name)
        devices = frozenset(device for device in DEVICES if symbol not in refused and working[device].get(called) == WORKS)
        found.append(Row(name, header, tuple(versions.split()), families.get(symbol, ""), devices))
    return found
