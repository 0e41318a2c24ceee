"""Buffer instructions that convert: every format of whole components, its number from the assembler's names, by MTBUF and MUBUF."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave

from tests.emulator.memory_forms import Array, group, random_bytes

LANES = {"gfx1100": 32, "gfx1030": 32, "gfx1201": 32, "gfx90a": 64, "gfx942": 64}
archs = pytest.mark.parametrize("arch", LANES)
LAYOUTS = [(8, 1), (16, 1), (8, 2), (32, 1), (16, 2), (8, 4), (32, 2), (16, 4), (32, 3), (32, 4)]
FORMATS = [(bits, count, kind) for bits, count in LAYOUTS for kind in ("UINT", "SINT", "FLOAT") if bits > 8 or kind != "FLOAT"]
PARTS = ("x", "xy", "xyz", "xyzw")
ROOM = 4096


def format_name(arch: str, bits: int, count: int, kind: str) -> str:
    layout = "_".join([str(bits)] * count)
    if arch.startswith("gfx9"):
        return f"format:[BUF_DATA_FORMAT_{layout},BUF_NUM_FORMAT_{kind}]"
    return f"format:[BUF_FMT_{layout}_{kind}]"


def instruction(arch: str, name: str, register: int, count: int, tail: str = "") -> str:
    return f"{name} {group(register, count)}, v0, s[4:7], {'null' if arch == 'gfx1201' else 0} {tail} offen offset:8"


def format_number(arch: str, code: bytes) -> int:
    """The number in a descriptor of the format that the first instruction has: bits 14:12 and 18:15 on gfx9, 18:12 later."""
    words = np.frombuffer(code[:8], np.uint32)
    field = int(words[1]) >> 23 & 127 if arch == "gfx1201" else int(words[0]) >> 19 & 127
    return (field & 15) << 3 | field >> 4 if arch.startswith("gfx9") else field


def expected(memory: Array, at: int, form: tuple[int, int, str]) -> list[int]:
    """The four components of one lane as register values."""
    bits, count, kind = form
    raw = memory[at : at + bits // 8 * count].tobytes()
    if kind == "FLOAT":
        values = np.frombuffer(raw, f"f{bits // 8}").astype(np.float32)
        return [*values.view(np.uint32).tolist(), 0, 0, 0, 0x3F800000][:count] + [0, 0, 0, 0x3F800000][count:]
    values = np.frombuffer(raw, f"{'i' if kind == 'SINT' else 'u'}{bits // 8}").astype(np.int64) & 0xFFFFFFFF
    return values.tolist() + [0, 0, 0, 1][count:]


def wave_on(arch: str, memory: Array, number: int = 0) -> Wave:
    wave = Wave(arch, LANES[arch])
    base = int(memory.ctypes.data)
    raw = 3 << 28 if arch.startswith("gfx1") else 0
    wave.sgpr[4:8] = [base & 0xFFFFFFFF, base >> 32, ROOM, raw | number << 12 | 0o7654]
    wave.vgpr[0] = np.random.default_rng(5).integers(0, 200, LANES[arch]) * 16
    return wave


def finite_memory() -> Array:
    """Bytes that are numbers in f16 and f32: NaN would be compared as bits."""
    memory = random_bytes(ROOM, 11)
    memory[1::2] &= 0xBB
    return memory


@archs
def test_loads(arch: str) -> None:
    """Components that the format lacks are 0, 0, 0 and 1."""
    memory = finite_memory()
    for form in FORMATS:
        own, text = format_name(arch, *form), []
        for n, parts in enumerate(PARTS):
            text.append(instruction(arch, f"tbuffer_load_format_{parts}", 4 + 4 * n, n + 1, own))
            text.append(instruction(arch, f"buffer_load_format_{parts}", 20 + 4 * n, n + 1))
        code = assemble("\n".join([*text, "s_endpgm"]), arch, LANES[arch])
        wave = wave_on(arch, memory, format_number(arch, code))
        wave.run(code)
        for lane in range(wave.lanes):
            wanted = expected(memory, int(wave.vgpr[0, lane]) + 8, form)
            for n in range(4):
                for first in (4, 20):
                    found = wave.vgpr[first + 4 * n : first + 5 * n + 1, lane].tolist()
                    assert found == wanted[: n + 1], (form, lane, first)


@archs
def test_stores(arch: str) -> None:
    """Those that do not convert; others stop the wave."""
    for form in [form for form in FORMATS if form[0] == 32]:
        memory = random_bytes(ROOM, 12)
        wave = wave_on(arch, memory)
        wave.vgpr[0] = 16 * np.arange(wave.lanes)
        wave.vgpr[4:8] = np.random.default_rng(6).integers(0, 1 << 32, (4, wave.lanes), dtype=np.uint32)
        wanted = memory.copy()
        for lane in range(wave.lanes):
            data = wave.vgpr[4 : 4 + form[1], lane].copy().view(np.uint8)
            wanted[8 + 16 * lane : 8 + 16 * lane + data.size] = data
        wave.run(instruction(arch, f"tbuffer_store_format_{PARTS[form[1] - 1]}", 4, form[1], format_name(arch, *form)))
        assert np.array_equal(memory, wanted), form
    with pytest.raises(Fault, match="format that is not emulated"):
        wave.run(instruction(arch, "tbuffer_store_format_x", 4, 1, format_name(arch, 16, 1, "FLOAT")))
    with pytest.raises(Fault, match="format that is not emulated"):
        wave.run(instruction(arch, "tbuffer_load_format_x", 4, 1, format_name(arch, 16, 1, "UNORM")))


@archs
def test_descriptor_selects(arch: str) -> None:
    """MUBUF: components in any order, and the constants 0 and 1."""
    memory = finite_memory()
    example = assemble(instruction(arch, "tbuffer_load_format_x", 4, 1, format_name(arch, 8, 4, "UINT")), arch, LANES[arch])
    wave = wave_on(arch, memory, format_number(arch, example))
    wave.sgpr[7] = int(wave.sgpr[7]) & ~0o7777 | 0o1057  # W, Y, 0, 1
    wave.run(instruction(arch, "buffer_load_format_xyzw", 4, 4))
    for lane in range(wave.lanes):
        four = expected(memory, int(wave.vgpr[0, lane]) + 8, (8, 4, "UINT"))
        assert wave.vgpr[4:8, lane].tolist() == [four[3], four[1], 0, 1]
