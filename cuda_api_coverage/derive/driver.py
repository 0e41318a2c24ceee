"""The records of the driver API's functions and of NVRTC: one a name that programs write; second versions are forms of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind, State
from crosswarp.cuda_api_coverage.derive.driver_api import SHIM, driver_entries, other_entries
from crosswarp.cuda_api_coverage.derive.functions import function_records
from crosswarp.cuda_api_coverage.derive.runtime_api import STATES
from crosswarp.cuda_api_coverage.derive.types import DRIVER_HEADERS, type_entries

_NVRTC_ENTRY = re.compile(r"^(?:CW_NVRTC_ENTRY|extern \"C\".*char\*) (nvrtc\w+)\(.*?(?=^CW_NVRTC_ENTRY |^extern |\Z)", re.M | re.S)
_NVRTC_RESULT = re.compile(r"^CW_RESULT\((\w+),", re.M)  # an entry for the size of a result, and one for the result


def entries(kept: Iterable[Entry]) -> list[Entry]:
    """The driver API's."""
    sources = {entry.name: (STATES[entry.status], entry.source) for entry in driver_entries() + other_entries()}
    return function_records("driver", kept, sources)


def type_records(kept: Iterable[Entry]) -> list[Entry]:
    """Types, enumerators and macros of the driver API."""
    return type_entries(DRIVER_HEADERS, kept, entries(()))


def nvrtc_entries(kept: Iterable[Entry]) -> list[Entry]:
    """NVRTC's: functions from the library's sources, the rest from its header."""
    kept = list(kept)
    functions = function_records("nvrtc", [entry for entry in kept if entry.kind is Kind.FUNCTION], nvrtc_functions())
    return functions + type_entries(("nvrtc.h",), [entry for entry in kept if entry.kind is not Kind.FUNCTION])


def nvrtc_functions() -> dict[str, tuple[State, Path]]:
    """Each entry of libnvrtc.so: state and source. Refused are those that say that their result is not made."""
    found = {}
    for path in sorted((SHIM / "nvrtc").glob("*.cpp")):
        for match in _NVRTC_ENTRY.finditer(path.read_text()):
            found[match[1]] = (State.REFUSED if "not_made(" in match[0] else State.IMPLEMENTED, path)
        for result in _NVRTC_RESULT.findall(path.read_text()):
            found |= dict.fromkeys((f"nvrtcGet{result}", f"nvrtcGet{result}Size"), (State.IMPLEMENTED, path))
    return found
