"""The runtime API's entries and what each does, from the shim itself, so that no list has to be kept by hand.

`runtime_shim/api/<family>/<entry>.cpp` implements an entry; `runtime_shim/api/unsupported.inc` names those that only return
`cudaErrorNotSupported`. What is in neither is absent: a program that calls it does not link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import State
from crosswarp.support.paths import PACKAGE_ROOT

API = PACKAGE_ROOT / "runtime_shim" / "api"
# Forms of an entry for the per-thread default stream: the same API under a second symbol.
PER_THREAD_FORMS = ("_ptds", "_ptsz")
_UNSUPPORTED = re.compile(r"^CW_UNSUPPORTED\((\w+)\)", re.M)


class Status(Enum):
    """What a call of an entry gives."""

    IMPLEMENTED = "implemented"
    NOT_SUPPORTED = "returns cudaErrorNotSupported"


STATES = {Status.IMPLEMENTED: State.IMPLEMENTED, Status.NOT_SUPPORTED: State.REFUSED}
"""The same in the catalogue's words."""


@dataclass(frozen=True, order=True)
class Entry:
    """One function of the runtime API; `family` is its folder's name, `source` the file that implements it."""

    family: str
    name: str
    status: Status
    source: Path


def runtime_entries(api: Path = API) -> list[Entry]:
    """Every public entry of the shim, by family and name. Functions that only compiled code calls (`__cuda...`) are left out."""
    table = api / "unsupported.inc"
    entries = [Entry(path.parent.name, path.stem, Status.IMPLEMENTED, path)
               for path in api.glob("*/*.cpp") if path.stem.startswith("cuda")]
    entries += [Entry("unsupported", name, Status.NOT_SUPPORTED, table) for name in _UNSUPPORTED.findall(table.read_text())]
    entries = [entry for entry in entries if not entry.name.endswith(PER_THREAD_FORMS)]
    return sorted(entries, key=lambda entry: (entry.family, entry.name))


def totals(entries: Iterable[Entry]) -> Counter[Status]:
    """How many entries have each status."""
    return Counter(entry.status for entry in entries)
