"""Objects that other compilers made: what cannot be linked with ours is refused by name, before the linker's own words about it."""

from __future__ import annotations

import re

from crosswarp.driver.binaries.containers import NVIDIA_MAGIC
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import FATBIN_SECTION, RELOCATABLE_SECTION, section_bytes

_UNLINKED = re.compile(r"undefined (?:reference to|symbol:?) [`'\"]?__cudaRegisterLinkedBinary")


def refuse_nvidias(path: str, data: bytes) -> None:
    """Raises `CompileError` for an object with NVIDIA's device code, `ElfError` for a damaged one.

    Its host code calls entries of NVIDIA's runtime, and its machine code is for NVIDIA's driver alone.
    """
    if any(section_bytes(data, name).startswith(NVIDIA_MAGIC) for name in (FATBIN_SECTION, RELOCATABLE_SECTION)):
        raise user_error(f"'{path}' was compiled by NVIDIA's nvcc", "CW2015", hint="compile it again with this nvcc")


def linker_hint(message: str) -> str:
    """What to add to a host linker's message; empty where it says enough."""
    if _UNLINKED.search(message):
        return ("\n  help: device code compiled with -dc or -rdc=true has not been linked: leave -nodlink out, "
                "or add the object that nvcc -dlink makes of all these objects")
    return ""
