"""What kernels need of a processor: registers, shared memory, spills. From the image itself.

AMD code objects say it in their metadata note. A cubin says it in `.nv.info` (a list of u8 form, u8 attribute, u16 bytes or value)
and by the size of `.nv.shared.<kernel>`; public disassemblers document both.
"""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

from crosswarp.driver.binaries.elf_tables import Symbol, symbols_by_index
from crosswarp.driver.binaries.image import Image, Kind
from crosswarp.support.elf import section_bytes, sections

_REGISTERS, _FRAME = 0x2F, 0x11
_SIZED = 4


class Usage(NamedTuple):
    """One kernel: registers by kind, bytes of shared memory a block and of stack (scratch) a thread, spilled registers by kind."""

    name: str
    registers: dict[str, int]
    shared: int
    stack: int
    spills: dict[str, int]

    @property
    def text(self) -> str:
        """In the form of cuobjdump's `-res-usage`."""
        spilled = {f"{kind} spills": count for kind, count in self.spills.items() if count}
        words = {**self.registers, "STACK": self.stack, "SHARED": self.shared, **spilled}
        return " ".join(f"{name}:{value}" for name, value in words.items())


def usage_of(image: Image) -> list[Usage] | None:
    """The kernels of an image; None where the image does not say. Raises `ElfError`, `ContentError`."""
    if image.kind is Kind.AMDGPU:
        from crosswarp.targets.amdgpu.metadata import read_metadata

        return [_amd(kernel) for kernel in read_metadata(image.data).get("amdhsa.kernels", [])]
    return _cubin(image.data) if image.kind is Kind.CUBIN else None


def _amd(kernel: dict[str, Any]) -> Usage:
    registers = {"VGPR": kernel[".vgpr_count"], "AGPR": kernel.get(".agpr_count", 0), "SGPR": kernel[".sgpr_count"]}
    return Usage(kernel[".name"], {name: count for name, count in registers.items() if count or name != "AGPR"},
                 kernel[".group_segment_fixed_size"], kernel[".private_segment_fixed_size"],
                 {"VGPR": kernel.get(".vgpr_spill_count", 0), "SGPR": kernel.get(".sgpr_spill_count", 0)})


def _cubin(data: bytes) -> list[Usage]:
    facts: dict[int, dict[int, int]] = {}
    info, at = section_bytes(data, ".nv.info"), 0
    while at + 4 <= len(info):
        form, attribute, size = struct.unpack_from("<BBH", info, at)
        at += 4
        if form == _SIZED:
            if attribute in (_REGISTERS, _FRAME) and size == 8 and at + 8 <= len(info):
                symbol, value = struct.unpack_from("<II", info, at)
                facts.setdefault(symbol, {})[attribute] = value
            at += size
    shared = {section.name.removeprefix(".nv.shared."): section.size for section in sections(data)}
    named: dict[int, Symbol] = symbols_by_index(data)
    return [Usage(named[index].name, {"REG": found[_REGISTERS]}, shared.get(named[index].name, 0), found.get(_FRAME, 0), {})
            for index, found in facts.items() if index in named and _REGISTERS in found]
