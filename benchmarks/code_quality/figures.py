"""What the assembly says of each kernel: instructions by class, registers, memory, occupancy.

Registers, scratch, LDS, code size and occupancy are LLVM's own figures, from the comments and metadata that it prints.
Instructions are the lines of the kernel's body; scheduling hints (`s_delay_alu`, `s_clause`, `s_nop`, ...), which do no work, are
not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

_HINTS = ("s_delay_alu", "s_clause", "s_nop", "s_code_end", "s_set_inst_prefetch_distance", "s_sethalt")
_WAITS = ("s_waitcnt", "s_wait_")
# A class of instructions by the beginning of their names; the first that fits.
_CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("wait", _WAITS),
    ("branch", ("s_branch", "s_cbranch", "s_setpc", "s_swappc", "s_endpgm")),
    ("scalar memory", ("s_load", "s_buffer")),
    ("matrix", ("v_mfma", "v_wmma", "v_smfmac", "v_swmmac")),
    ("scalar", ("s_",)),
    ("vector", ("v_",)),
    ("LDS", ("ds_",)),
    ("global", ("global_", "buffer_")),
    ("flat", ("flat_",)),
    ("scratch", ("scratch_",)),
)
CLASSES = (*(name for name, _ in _CLASSES), "other")
_BODY = re.compile(r"^(\w+):\s+; @\1\n(.*?)^\.Lfunc_end.*?; Kernel info:\n(.*?)\n\t", re.S | re.M)
_METADATA = re.compile(r"^    \.name: +(\w+)\n(.*?)\.wavefront_size", re.S | re.M)


@dataclass(frozen=True)
class Figures:
    """One kernel. Bytes for `scratch` (of a thread), `lds` (of a block, without the dynamic part) and `code`; `occupancy` in waves
    of a SIMD; `spills` counts registers.
    """

    instructions: int
    classes: Counter[str] = field(repr=False)
    vgprs: int = 0
    sgprs: int = 0
    spills: int = 0
    scratch: int = 0
    lds: int = 0
    occupancy: int = 0
    code: int = 0


def class_of(instruction: str) -> str:
    """The class of an instruction by its name."""
    return next((name for name, stems in _CLASSES if instruction.startswith(stems)), "other")


def is_hint(instruction: str) -> bool:
    """Whether it only advises the scheduler."""
    return instruction.startswith(_HINTS)


def read_figures(assembly: Path) -> dict[str, Figures]:
    """The kernels of an assembly file by name."""
    text = assembly.read_text()
    metadata = {m[1]: dict(re.findall(r"\.(\w+): +(\d+)\n", m[2])) for m in _METADATA.finditer(text)}
    bodies = {m[1]: (m[2], m[3]) for m in _BODY.finditer(text)}
    return {name: _figures(*bodies[name], metadata[name]) for name in metadata if name in bodies}


def _figures(body: str, comments: str, metadata: dict[str, str]) -> Figures:
    names = [m[1] for m in re.finditer(r"^\t([a-z]\w+)", body, re.M) if not is_hint(m[1])]
    notes = dict(re.findall(r"^; (\w+)\s*[:=] (\d+)", comments, re.M))
    return Figures(
        len(names), Counter(class_of(n) for n in names), vgprs=int(metadata["vgpr_count"]), sgprs=int(metadata["sgpr_count"]),
        spills=int(metadata["vgpr_spill_count"]) + int(metadata["sgpr_spill_count"]), scratch=int(notes["ScratchSize"]),
        lds=int(notes["LDSByteSize"]), occupancy=int(notes["Occupancy"]), code=int(notes["codeLenInByte"]))
