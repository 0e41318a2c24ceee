"""Catalogues made up for the page and its figures: small ones with every status, hostile ones, and large ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Proof, State

MALLOC = Entry("runtime", "cudaMalloc", Kind.FUNCTION, "Memory", "cuda_runtime_api.h",
               state=State.IMPLEMENTED, source="api/cudaMalloc.cpp")
DIFFERS = "pitch is a multiple of 256"
ENTRIES = (
    MALLOC,
    replace(MALLOC, name="cudaMallocPitch", difference=DIFFERS, since="11.0"),
    replace(MALLOC, name="cudaBindTexture", group="Texture", deprecated="11.0", removed="13.0"),
    replace(MALLOC, name="cudaNewest", group="Device", since="13.0"),
    replace(MALLOC, name="cudaGraphicsMapResources", group="Graphics", state=State.REFUSED, source=""),
    replace(MALLOC, name="cudaUnheardOf", group="", state=State.ABSENT, source=""),
    Entry("driver", "cuMemAlloc", Kind.FUNCTION, "Memory", "cuda.h", state=State.IMPLEMENTED, refused_on=(Device.NVIDIA,)),
    Entry("cooperative_groups", "thread_block::sync", Kind.MEMBER, "thread_block", state=State.IMPLEMENTED),
    Entry("cooperative_groups", "grid_group::sync", Kind.MEMBER, "grid_group", state=State.ABSENT),
    Entry("ptx", "mad{.lo}.T", Kind.INSTRUCTION, "Integer", state=State.IMPLEMENTED),
)
TESTS = tuple(f"tests/shim/test_memory.py::test_{number}" for number in range(7))
PROOFS = {
    ("runtime", "cudaMalloc"): (Proof(Device.CPU, TESTS), Proof(Device.AMD, TESTS[:1], recorded=True)),
    ("runtime", "cudaMallocPitch"): (Proof(Device.CPU, TESTS[:2]), Proof(Device.EMULATED, TESTS[1:2])),
    ("runtime", "cudaGraphicsMapResources"): (Proof(Device.CPU, TESTS[:1]),),
    ("cooperative_groups", "thread_block::sync"): (Proof(Device.CPU, TESTS[:1]),),
}
USAGE = {"cudaMalloc": 600, "cudaMallocPitch": 30, "cuMemAlloc": 20, "cudaUnheardOf": 10, "sync": 40, "helper_cuda.h": 100}


@pytest.fixture(scope="session")
def small() -> Catalogue:
    """Ten entries with every status, several versions, and a name that two entries have."""
    return Catalogue(ENTRIES, PROOFS, USAGE)


@pytest.fixture(scope="session")
def made() -> Callable[[int], Catalogue]:
    """A catalogue of so many entries, spread over all families, groups and statuses."""
    return made_catalogue


def made_catalogue(count: int) -> Catalogue:
    """Every third entry is proved on the CPU, every fifth emulated, every seventh is absent."""
    families, kinds = list(FAMILIES), list(Kind)
    per_family = -(-count // len(families))
    entries = tuple(
        Entry(families[i // per_family], f"cudaMadeUp{i:05}OfSome{'Length' * (i % 4)}", kinds[i // per_family % len(kinds)],
              f"Group {i % per_family // 50}", "cuda_runtime_api.h", since=("", "12.0", "13.0")[i % 3],
              removed="13.0" if i % 11 == 4 else "", state=State.ABSENT if i % 7 == 0 else State.IMPLEMENTED,
              source=f"runtime_shim/api/made/up{i}.cpp")
        for i in range(count)
    )
    proofs = {entry.key: (Proof(Device.CPU, TESTS), *([Proof(Device.EMULATED, TESTS[:3])] if i % 5 == 0 else []))
              for i, entry in enumerate(entries) if i % 3 == 0}
    return Catalogue(entries, proofs, {entry.name: i % 700 for i, entry in enumerate(entries) if i % 4 == 0})


HOSTILE = (
    "</script><script>document.title='hit'</script>",
    "<img src=x onerror=\"document.title='hit'\">",
    "'\"><svg onload=document.title='hit'>",
    "javascript:document.title='hit'//{{ 7 * 7 }}",
    "__proto__",
    "constructor",
    "<!--<script>",
    "\u2028\u202e&amp;\x07é漢",
)


@pytest.fixture(scope="session")
def hostile() -> Catalogue:
    """Names, groups, differences, sources and tests that would be markup or scripts if anything took them so."""
    entries = tuple(
        Entry("runtime", name, Kind.FUNCTION, name, name, state=State.IMPLEMENTED, difference=name, source=name) for name in HOSTILE
    )
    return Catalogue(entries, {entry.key: (Proof(Device.CPU, HOSTILE),) for entry in entries}, dict.fromkeys(HOSTILE, 3))
