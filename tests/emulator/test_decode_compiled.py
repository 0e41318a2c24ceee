"""The decoder knows every instruction of code that our compiler made."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from crosswarp.driver.emit import emit
from crosswarp.targets.amdgpu.emulator.wave import disassemble
from elftools.elf.elffile import ELFFile

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("tests/emulator/inputs/compiled.cu", "benchmarks/kernels/reductions.cu")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("arch", ["gfx1100", "gfx1201", "gfx1030", "gfx90a", "gfx942"])
def test_no_unknown_encodings(arch: str, source: str) -> None:
    """Names all along, and instructions that end where the next ones start."""
    with io.BytesIO(emit(f"{arch}.hsaco", ROOT / source, [])) as stream:
        code = bytes(ELFFile(stream).get_section_by_name(".text").data())
    found = list(disassemble(code, arch, 32 if arch.startswith("gfx1") else 64))
    assert [hex(offset) for offset, name, _ in found if name is None] == []
    assert sum(size for _, _, size in found) == len(code)
    assert sum(name == "s_endpgm" for _, name, _ in found) >= 5
