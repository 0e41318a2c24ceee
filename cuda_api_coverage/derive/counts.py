"""How much of the runtime API is there, by CUDA version and by device.

Which functions NVIDIA declares stands in the catalogue's records; which are here, the shim's sources say (`runtime_api`); what they
answer on each device is observed by calling them (`observe`, `scripts/observe_api.py`) and kept in `observed.tsv`, which a test
compares with a new observation.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import RECORDS
from crosswarp.cuda_api_coverage.catalogue.model import Entry, State
from crosswarp.cuda_api_coverage.catalogue.tables import read_entries
from crosswarp.cuda_api_coverage.catalogue.tables import rows as read_rows
from crosswarp.cuda_api_coverage.derive.declarations import aliases
from crosswarp.cuda_api_coverage.derive.runtime_api import runtime_entries

OBSERVED = Path(__file__).parents[1] / "calling" / "observed.tsv"
_WINDOWS_HEADERS = {"cuda_d3d9_interop.h", "cuda_d3d10_interop.h", "cuda_d3d11_interop.h"}
_WINDOWS_NAMES = {"cudaWGLGetDevice"}
DEVICES = ("cpu", "amd", "nvidia")
VERSIONS = ("12.9", "13.0")
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
    """One function that NVIDIA declares, in which of `VERSIONS`. `family` is the shim's, empty where it is absent; `devices` are
    those on which it works.
    """

    name: str
    header: str
    versions: tuple[str, ...]
    family: str
    devices: frozenset[str]


def status(name: str, code: int) -> str:
    """The word for what an entry answered."""
    return WORKS if code == 0 or code in ANSWERS.get(name, ()) else NOT_SUPPORTED if code == 801 else f"answers {code}"


def observed(path: Path = OBSERVED) -> dict[str, dict[str, str]]:
    """Device to entry to status."""
    found = list(read_rows(path))
    return {device: {row[0]: row[i + 1] for row in found} for i, device in enumerate(DEVICES)}


def write_observed(found: dict[str, dict[str, int]], path: Path = OBSERVED) -> None:
    """Keeps the answers of every device."""
    names = sorted({name for answers in found.values() for name in answers})
    lines = ["# What each entry answers on each device. Written by scripts/observe_api.py.", "\t".join(["name", *DEVICES])]
    lines += ["\t".join([name, *(status(name, found[device].get(name, -1)) for device in DEVICES)]) for name in names]
    path.write_text("\n".join(lines) + "\n")


def declared_in(entry: Entry, version: str) -> bool:
    """True where CUDA of that version has it."""
    def before(date: str) -> bool:
        return [int(part) for part in date.split(".")] <= [int(part) for part in version.split(".")]

    return (not entry.since or before(entry.since)) and not (entry.removed and before(entry.removed))


def rows() -> list[Row]:
    """Every function that NVIDIA declares for Linux, or once did."""
    names = aliases()
    families = {names.get(entry.name, entry.name): entry.family for entry in runtime_entries()}
    working = observed()
    found = []
    for entry in read_entries(RECORDS / "runtime.tsv"):
        works = [device for device in DEVICES if entry.state is not State.REFUSED and working[device].get(entry.name) == WORKS]
        versions = tuple(version for version in VERSIONS if declared_in(entry, version))
        if entry.header not in _WINDOWS_HEADERS and entry.name not in _WINDOWS_NAMES:
            found.append(Row(entry.name, entry.header, versions, families.get(entry.name, ""), frozenset(works)))
    return found
