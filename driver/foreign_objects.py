"""Objects and libraries of others: what cannot be linked is told by name, before or beside the linker's own words about it."""

from __future__ import annotations

import re

from crosswarp.driver.binaries.containers import NVIDIA_MAGIC
from crosswarp.driver.nvidia_libraries import HINT, NAMES
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import FATBIN_SECTION, RELOCATABLE_SECTION, section_bytes

_UNDEFINED = r"undefined (?:reference to|symbol:?) [`'\"]?"
# What a linker's message shows, and what to do about it.
_HINTS = (
    (_UNDEFINED + "__cudaRegisterLinkedBinary",
     "device code compiled with -dc or -rdc=true has not been linked: leave -nodlink out, or add the object that nvcc -dlink makes "
     "of all these objects"),
    (_UNDEFINED + r"(?:__hip\w+|hip[A-Z]\w+)", "an object of a HIP compiler: link its runtime, too (-lamdhip64)"),
    (_UNDEFINED + r"__cuda(?:LaunchKernel|GetKernel)\b", "an object of NVIDIA's nvcc: compile it again with this nvcc"),
    (rf"cannot find -l(?:{NAMES})|unable to find library -l(?:{NAMES})|{_UNDEFINED}(?:{NAMES})", HINT),
)


def refuse_nvidias(path: str, data: bytes) -> None:
    """Raises `CompileError` for an object with NVIDIA's device code, `ElfError` for a damaged one.

    Its host code calls entries of NVIDIA's runtime, and its machine code is for NVIDIA's driver alone.
    """
    if any(section_bytes(data, name).startswith(NVIDIA_MAGIC) for name in (FATBIN_SECTION, RELOCATABLE_SECTION)):
        raise user_error(f"'{path}' was compiled by NVIDIA's nvcc", "CW2015", hint="compile it again with this nvcc")


def linker_hint(message: str) -> str:
    """What to add to a host linker's message; empty where it says enough."""
    return "".join(f"\n  help: {hint}" for pattern, hint in _HINTS if re.search(pattern, message))
