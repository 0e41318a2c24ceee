"""The records of the runtime API: one a name that programs write; second versions (`_v2`) and forms for the per-thread default
stream are forms of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from crosswarp.cuda_api_coverage.catalogue.model import Entry
from crosswarp.cuda_api_coverage.derive.declarations import aliases
from crosswarp.cuda_api_coverage.derive.declared_names import plain_name
from crosswarp.cuda_api_coverage.derive.functions import function_records
from crosswarp.cuda_api_coverage.derive.runtime_api import STATES, runtime_entries
from crosswarp.cuda_api_coverage.derive.types import RUNTIME_HEADERS, type_entries


def entries(kept: Iterable[Entry]) -> list[Entry]:
    """What the shim's sources say of each kept record, and a record for what only the shim has."""
    names = aliases()
    forms = sorted(runtime_entries(), key=lambda entry: entry.name, reverse=True)  # the plain name, where it is there, is the entry
    sources = {plain_name(names.get(entry.name, entry.name)): (STATES[entry.status], entry.source) for entry in forms}
    return function_records("runtime", kept, sources)


def type_records(kept: Iterable[Entry]) -> list[Entry]:
    """Types, enumerators and macros of the runtime API."""
    return type_entries(RUNTIME_HEADERS, kept, entries(()))
