"""Records of the catalogue for device functions and cooperative groups: whether our headers declare a name for device code.

Which targets refuse a declared name stands in `device_functions.toml` (`without`), whose other names a test
compiles for each target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, State
from crosswarp.cuda_api_coverage.derive.declarations import INCLUDE
from crosswarp.cuda_api_coverage.derive.device_functions import Family, families
from device_declarations import Declaration, declarations

IN_DEVICE_CODE = " in device code"
"""Behind names of the runtime API that device code may call too: the host's are another family's."""
GROUPS = "cooperative_groups::"
_DEVICE_RUNTIME = INCLUDE / "crosswarp" / "device" / "device_runtime.h"
_ENTRY = re.compile(r"^CW_DEVICE_API [^(]*?(?P<name>\w+)\((?P<body>.*?)\}$", re.M | re.S)
_CHILD = "__cw_child_"
_WITHOUT = {"cpu": (Device.CPU,), "amdgpu": (Device.EMULATED, Device.AMD), "nvptx": (Device.NVIDIA,)}
# Names that clang itself or a system header declares, and what gives them a meaning here.
_BUILT_IN = {"__syncthreads": "targets/amdgpu/devicelib/barriers.cpp", "alloca": "targets/cpu/lower.py",
             "assert": "runtime_shim/include/crosswarp/device/assertions.h"}


def device_functions(kept: list[Entry]) -> list[Entry]:
    """The kept names and those of the table of signatures, as our headers have them."""
    refused = _refused()
    known = [*kept, *_of_the_table({entry.name for entry in kept})]
    found = [_found(entry, entry.name.removesuffix(IN_DEVICE_CODE)) for entry in known]
    return [replace(entry, refused_on=refused.get(entry.name, ())) for entry in found]


def _of_the_table(known: set[str]) -> Iterator[Entry]:
    """Records for names that the table has and nobody wrote down yet."""
    named = {name: (family, kind) for family in reversed(families()) for kind, names in _kinds(family) for name in names}
    for name in sorted(named.keys() - known):
        family, kind = named[name]
        yield Entry("device_functions", name, kind, family.name, family.headers[0] if family.headers else "cuda_runtime.h")


def _kinds(family: Family) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    return (Kind.DEVICE_FUNCTION, family.names), (Kind.TYPE, family.types), (Kind.MACRO, family.macros)


def cooperative_groups(kept: list[Entry]) -> list[Entry]:
    """The same; a record's name leaves `cooperative_groups::` out."""
    return [_found(entry, GROUPS + entry.name) for entry in kept]


def _found(entry: Entry, name: str) -> Entry:
    declared = declarations().get(name)
    if name in _BUILT_IN:
        declared = Declaration("FUNCTION_DECL", _BUILT_IN[name], device=True)
    there = declared is not None and declared.device
    state = State.IMPLEMENTED if there else State.ABSENT
    return replace(entry, state=state, refused_on=(), source=declared.source if declared is not None and there else "")


def _refused() -> dict[str, tuple[Device, ...]]:
    """Name to devices, by the first family that has it: later ones are its forms for other types. What launches from device code
    is made of only the CPU device has.
    """
    children = (match for match in _ENTRY.finditer(_DEVICE_RUNTIME.read_text()) if _CHILD in match["body"])
    spellings = [name for match in children for name in (match["name"], match["name"] + IN_DEVICE_CODE)]
    found = dict.fromkeys(spellings, (Device.EMULATED, Device.AMD, Device.NVIDIA))
    for family in families():
        devices = tuple(device for target in family.without for device in _WITHOUT[target])
        found = dict.fromkeys(family.names, devices) | found
    return found
