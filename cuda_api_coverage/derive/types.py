"""Types, enumerators and macros: a name is there where one of our headers, which programs include by NVIDIA's names, has it.

What only refused functions take is refused as well: `cudaExternalMemoryHandleDesc` has no other use than cudaImportExternalMemory.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crosswarp.cuda_api_coverage.catalogue.model import Entry, State
from crosswarp.cuda_api_coverage.derive.declared_names import declared_names, plain_name
from crosswarp.cuda_api_coverage.derive.type_users import users

RUNTIME_HEADERS = ("cuda_runtime_api.h", "cuda_profiler_api.h", "cuda_gl_interop.h", "cuda_egl_interop.h", "cuda_vdpau_interop.h",
                   "math_constants.h", "library_types.h", "surface_types.h", "texture_types.h", "vector_types.h")
DRIVER_HEADERS = ("cuda.h", "cudaProfiler.h", "cudaGL.h", "cudaEGL.h", "cudaVDPAU.h")


def type_entries(headers: tuple[str, ...], kept: Iterable[Entry], functions: Iterable[Entry] = ()) -> list[Entry]:
    """The kept records: kind, and the enumeration that an enumerator belongs to, are our header's where it has the name.
    `functions` are those of the same API.
    """
    known = declared_names(headers)
    refused = _refused(headers, functions)
    found = []
    for entry in kept:
        if declared := known.get(entry.name):
            fact = replace(entry, kind=declared.kind, group=entry.group or declared.enum.removesuffix("_enum"))
            state = State.REFUSED if refused & {entry.name, declared.enum} else State.IMPLEMENTED
            found.append(replace(fact, state=state, refused_on=(), source=declared.source))
        else:
            found.append(replace(entry, state=State.ABSENT, refused_on=(), source=""))
    return found


def _refused(headers: tuple[str, ...], functions: Iterable[Entry]) -> frozenset[str]:
    """Types of which every user is refused."""
    names = {entry.name for entry in functions if entry.state is State.REFUSED}
    of = users(headers).items() if names else ()
    return frozenset(name for name, symbols in of if all(plain_name(symbol) in names for symbol in symbols))
