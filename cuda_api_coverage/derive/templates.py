"""The C++ half of the runtime API: function templates and overloads that `cuda_runtime.h` adds to the C functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crosswarp.cuda_api_coverage.catalogue.model import Entry, State
from crosswarp.cuda_api_coverage.derive.declared_names import declared_cplusplus


def entries(kept: Iterable[Entry]) -> list[Entry]:
    """The kept records: there is what our cuda_runtime.h declares for C++ and not for C."""
    known = declared_cplusplus("cuda_runtime.h")
    found = []
    for entry in kept:
        source = known.get(entry.name, "")
        found.append(replace(entry, state=State.IMPLEMENTED if source else State.ABSENT, refused_on=(), source=source))
    return found
