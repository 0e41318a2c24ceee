"""Random CUDA kernels: the CPU device and emulated AMD GPUs must compute what the reference interpreter computes, to the bit.

The kernel is compiled once to portable IR; the interpreter runs that text, and the targets compile it. Any NaN
equals any other.
A failing example is shrunk by hypothesis and printed as CUDA source.
"""

from __future__ import annotations

import ctypes
import random
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from crosswarp.frontend.device import device_pass
from crosswarp.frontend.options import FrontendOptions
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.reader import read_module
from crosswarp.targets.amdgpu.emulator.launch import Module
from crosswarp.targets.base import StageContext, TargetOptions
from crosswarp.targets.registry import target_for
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.property.cpu_runner import CpuModule
from tests.property.generator import kernels

GRID = 2
CODES = ("I", "Q", "f", "d")  # struct codes of the four types of buffers, in the order of the kernel's parameters
NAMES = ("out_u", "out_l", "out_f", "out_d")
QUICK, THOROUGH = 40, 600
CPU = "x86-64-v3"
AMD = ("gfx1100", "gfx942", "gfx1201", "gfx1030", "gfx90a")  # wave32 and wave64, with and without instructions of their own


def inputs(count: int) -> list[bytes]:
    """The four input buffers: ordinary values, and those where arithmetic is delicate."""
    draw = random.Random(count)
    columns = [[draw.choice((draw.getrandbits(32), draw.getrandbits(4), 0x80000000)) for _ in range(count)],
               [draw.choice((draw.getrandbits(64), draw.getrandbits(6))) for _ in range(count)],
               [draw.choice((0.0, -0.0, draw.uniform(-9, 9), 1e30, -1e-40, float("inf"), float("nan"))) for _ in range(count)],
               [draw.choice((0.0, draw.uniform(-9, 9), 1e300, -5e-320, float("-inf"))) for _ in range(count)]]
    return [struct.pack(f"<{count}{code}", *column) for code, column in zip(CODES, columns, strict=True)]


def compile_portable(source: str, folder: Path) -> bytes:
    path, output = folder / "kernel.cu", folder / "kernel.nvvm.ll"
    path.write_text(source)
    device_pass(path, FrontendOptions(fmad=False), output)
    return output.read_bytes()


def compile_for(arch: str, portable: bytes, folder: Path) -> bytes:
    """The code object for one architecture."""
    data = portable
    for stage in target_for(arch).stages(arch, TargetOptions()).values():
        data = stage(data, StageContext(arch, folder))
    return data


def run_interpreter(portable: bytes, block: int, columns: list[bytes]) -> list[bytes]:
    outputs = [Buffer(len(column)) for column in columns]
    machine = Interpreter(read_module(portable.decode()))
    machine.launch("kernel", GRID, block, [*(Buffer(column) for column in columns), *outputs])
    return [bytes(buffer.data) for buffer in outputs]


def run_cpu(code: bytes, block: int, columns: list[bytes], folder: Path) -> list[bytes]:
    path = folder / "kernel.so"
    path.write_bytes(code)
    outputs = [ctypes.create_string_buffer(len(column)) for column in columns]
    buffers = [*(ctypes.create_string_buffer(column, len(column)) for column in columns), *outputs]
    CpuModule(path).launch("kernel", (GRID, 1, 1), (block, 1, 1), [ctypes.c_void_p(ctypes.addressof(buffer)) for buffer in buffers])
    return [buffer.raw for buffer in outputs]


def run_emulated(code: bytes, block: int, columns: list[bytes]) -> list[bytes]:
    outputs = [np.zeros(len(column), np.uint8) for column in columns]
    Module(code).kernel("kernel").launch(GRID, block, [*(np.frombuffer(column, np.uint8) for column in columns), *outputs])
    return [output.tobytes() for output in outputs]


def differences(expected: list[bytes], found: list[bytes], where: str = "CPU") -> list[str]:
    """A line per value that differs in its bits, except that NaNs are all alike."""
    lines = []
    for name, code, left, right in zip(NAMES, CODES, expected, found, strict=True):
        size = struct.calcsize(code)
        for index in range(len(left) // size):
            bits = left[index * size :][:size], right[index * size :][:size]
            values = [struct.unpack(f"<{code}", part)[0] for part in bits]
            if bits[0] != bits[1] and not all(value != value for value in values):  # noqa: PLR0124
                lines.append(f"{name}[{index}]: interpreter {values[0]!r}, {where} {values[1]!r}")
    return lines


def check(source: str, block: int, folder: Path, archs: Sequence[str]) -> None:
    note(f"block of {block} threads, {', '.join(archs)}\n{source}")
    portable = compile_portable(source, folder)
    columns = inputs(GRID * block)
    expected = run_interpreter(portable, block, columns)
    for arch in archs:
        code = compile_for(arch, portable, folder)
        found = run_cpu(code, block, columns, folder) if arch == CPU else run_emulated(code, block, columns)
        wrong = differences(expected, found, arch)
        assert not wrong, "\n".join(wrong[:5])


BLOCKS = st.sampled_from((32, 1, 45, 64, 31))
EVERY_KERNEL = given(source=kernels(), block=BLOCKS)
RULES = {"derandomize": True, "deadline": None, "database": None, "suppress_health_check": list(HealthCheck),
         "phases": (Phase.explicit, Phase.generate, Phase.shrink), "report_multiple_bugs": False}


@settings(max_examples=QUICK, **RULES)
@EVERY_KERNEL
def test_cpu_agrees_with_the_interpreter(tmp_path_factory: pytest.TempPathFactory, source: str, block: int) -> None:
    check(source, block, tmp_path_factory.mktemp("kernel"), [CPU])


@settings(max_examples=QUICK, **RULES)
@given(source=kernels(), block=BLOCKS, arch=st.sampled_from(AMD))
def test_emulated_gpus_agree_with_the_interpreter(
    tmp_path_factory: pytest.TempPathFactory, source: str, block: int, arch: str
) -> None:
    check(source, block, tmp_path_factory.mktemp("kernel"), [arch])


@pytest.mark.slow
@settings(max_examples=THOROUGH, **RULES)
@EVERY_KERNEL
def test_all_agree_with_the_interpreter_at_length(tmp_path_factory: pytest.TempPathFactory, source: str, block: int) -> None:
    check(source, block, tmp_path_factory.mktemp("kernel"), [CPU, *AMD])


def test_differences_see_a_sign_of_zero_but_not_of_nan() -> None:
    def packed(value: float) -> list[bytes]:
        return [b"\0\0\0\0", b"\0" * 8, struct.pack("<f", value), struct.pack("<d", 1.0)]

    assert differences(packed(0.0), packed(-0.0)) == ["out_f[0]: interpreter 0.0, CPU -0.0"]
    assert differences(packed(float("nan")), packed(-float("nan"))) == []
