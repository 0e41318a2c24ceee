"""Memory instructions as clang makes them from its builtins, on five architectures: buffers, atomics, LDS, private memory."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from crosswarp.support.toolchain import clang_command, tool_environment
from crosswarp.targets.amdgpu.emulator.assemble import code_object
from crosswarp.targets.amdgpu.emulator.launch import Kernel, Module

SOURCE = Path(__file__).parent / "inputs" / "memory_builtins.c"
archs = pytest.mark.parametrize("arch", ["gfx1100", "gfx1030", "gfx1201", "gfx90a", "gfx942"])
LANES = np.arange(64)


@cache
def assembly(arch: str) -> str:
    """The source compiled for an architecture."""
    options = ["-x", "c", "-target", "amdgcn-amd-amdhsa", f"-mcpu={arch}", "-nogpulib", "-O1"]
    command = [*clang_command(), *options, "-S", str(SOURCE), "-o", "-"]
    return subprocess.run(command, env=tool_environment(), check=True, capture_output=True, text=True).stdout


@cache
def module(arch: str) -> Module:
    return Module(code_object(assembly(arch), arch), arch)


def kernel(arch: str, name: str) -> Kernel:
    return module(arch).kernel(name)


def words(count: int) -> np.ndarray:
    return np.random.default_rng(count).integers(0, 1 << 32, count, dtype=np.uint32)


@archs
def test_buffers(arch: str) -> None:
    """Lanes behind the end read 0; what is stored behind the end is lost."""
    end, source = 700, words(512)
    out = np.full((80, 64), 0xEE, np.uint8)
    kernel(arch, "buffers").launch(1, 64, [out, source, np.uint32(end)])
    raw = source.tobytes()[:end]

    def loaded(lane: int, size: int) -> bytes:
        at = 16 + size * lane
        if size <= 4:
            return raw[at : at + size] if at + size <= end else bytes(size)
        parts = [raw[p : p + 4] if p + 4 <= end else bytes(4) for p in range(at, at + size, 4)]
        return b"".join(parts)

    for lane in range(64):
        whole = at_end(lane, end)
        expected = b"".join(loaded(lane, size) for size in (4, 8, 12, 16, 2, 1))
        if whole:
            assert out[lane, :43].tobytes() == expected, lane
        assert (out[lane, 43:] == 0xEE).all()
    assert (out[64:] == 0xEE).all()


def at_end(lane: int, end: int) -> bool:
    """Whether none of the lane's loads is partly in range: which of their dwords read 0 then is not the same everywhere."""
    return all(not 16 + size * lane < end < 16 + size * (lane + 1) for size in (8, 12, 16))


@archs
def test_without_alignment(arch: str) -> None:
    source = np.random.default_rng(1).integers(0, 256, 2048, dtype=np.uint8)
    out = np.zeros((64, 6), np.uint32)
    kernel(arch, "loose").launch(1, 64, [out, source])
    for lane in range(64):
        other = 63 - lane
        four = np.frombuffer(source[17 * other + 1 : 17 * other + 17].tobytes(), np.uint32) * np.uint32(3)
        two = np.frombuffer(source[5 * other : 5 * other + 8].tobytes(), np.uint32)
        assert out[lane].tolist() == [*four.tolist(), *two.tolist()]


@archs
def test_private_memory(arch: str) -> None:
    source = words(64)
    out = np.zeros((64, 3), np.uint32)
    kernel(arch, "own").launch(1, 64, [out, source])
    rows, parts = (LANES * 5) % 9, (source[None, :52] + LANES[:, None].astype(np.uint32)).astype(np.uint8).astype(np.uint32)
    assert np.array_equal(out[:, 0], source[rows] ^ source[rows + 1] ^ (rows << 8).astype(np.uint32) ^ LANES.astype(np.uint32))
    assert np.array_equal(out[:, 1], parts[LANES, LANES % 52] | parts[LANES, (LANES * 3) % 52] << 8)
    halves = 2 * (LANES % 26)
    assert np.array_equal(out[:, 2], parts[LANES, halves] | parts[LANES, halves + 1] << 8)


@archs
def test_atomics(arch: str) -> None:
    cells, order = np.zeros(16, np.uint32), np.zeros(64, np.uint32)
    kernel(arch, "counters").launch(1, 64, [cells, order])
    narrow = cells.view(np.uint8)
    assert sorted(order) == list(range(64))
    assert cells[8] == 64
    assert narrow[3] == 3 * 64 % 256
    assert cells.view(np.uint16)[3] == np.bitwise_xor.reduce(LANES * 257)
    assert not narrow[[0, 1, 2, 4, 5]].any()
    assert cells[4:6].view(np.uint64)[0] == 63 * 0x100000001
    assert cells[6:7].view(np.float32)[0] == 0.5 * LANES.sum()
    assert cells[10:12].view(np.float64)[0] == 0.25 * LANES.sum()


def test_uses_what_it_is_about() -> None:
    """The compiler makes the instructions that these tests are for."""
    text = assembly("gfx90a")
    for name in ("buffer_load_dwordx3", "buffer_store_byte", "global_atomic_umax_x2", "buffer_load_ushort"):
        assert name in text, name
