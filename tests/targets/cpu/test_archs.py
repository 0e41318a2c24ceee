"""Other processors, optimisation levels and options."""

from pathlib import Path

import numpy as np
import pytest
from crosswarp.support.diagnostics import CompileError
from crosswarp.targets.base import StageContext, TargetOptions
from crosswarp.targets.cpu.target import CpuTarget
from elftools.elf.elffile import ELFFile

from tests.targets.cpu.device_code import ARCH, INPUTS, DeviceCode, device_ir

SOURCES = ("barriers", "warp", "memory", "functions", "services")


def source(name: str) -> str:
    """The text of an input file."""
    return (INPUTS / f"{name}.cu").read_text()


@pytest.mark.parametrize("arch", ["x86-64", "x86-64-v2", "native"])
def test_other_x86_processors(tmp_path: Path, arch: str) -> None:
    code = DeviceCode(source("functions"), tmp_path, arch)
    out = np.zeros(64, np.int32)
    code.launch("recursion", 1, 12, out)
    assert out[:12].tolist() == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
    values, results = np.array([0.1, -2.5, 3.5, 1000.7, 6e4, -0.4], np.float32), np.zeros(18, np.float32)
    code.launch("halves", 1, 6, values, results)
    fused = (values.astype(np.float64) ** 2 - 1).astype(np.float32)
    total = fused + np.floor(values)
    away = np.sign(values) * np.floor(np.abs(values) + np.float32(0.5))
    for term in (away, np.trunc(values), np.rint(values), np.sqrt(np.abs(values))):
        total = total + term.astype(np.float32)
    assert results[2::3].tolist() == total.tolist()
    halves = values.astype(np.float16)
    with np.errstate(over="ignore"):
        assert results[0::3].tolist() == (halves + halves).astype(np.float32).tolist()


@pytest.mark.parametrize("name", SOURCES)
def test_aarch64_objects_are_complete(tmp_path: Path, name: str) -> None:
    context = StageContext("aarch64", tmp_path)
    data = device_ir(source(name), tmp_path)
    for stage in CpuTarget().stages("aarch64", context.options).values():
        data = stage(data, context)
    (tmp_path / "object.so").write_bytes(data)
    with (tmp_path / "object.so").open("rb") as file:
        elf = ELFFile(file)
        assert elf["e_machine"] == "EM_AARCH64"
        symbols = list(elf.get_section_by_name(".dynsym").iter_symbols())
        assert [s.name for s in symbols if s.name] == ["__cw_cpu_module"]
        assert not [t for t in elf.get_section_by_name(".dynamic").iter_tags() if t.entry.d_tag == "DT_NEEDED"]


def test_vectors_of_512_bits_compile(tmp_path: Path) -> None:
    context = StageContext("x86-64-v4", tmp_path)
    data = device_ir(source("warp"), tmp_path)
    for stage in CpuTarget().stages("x86-64-v4", context.options).values():
        data = stage(data, context)
    assert data.startswith(b"\x7fELF")


@pytest.mark.parametrize("name", SOURCES)
def test_ir_with_debug_information_is_valid(tmp_path: Path, name: str) -> None:
    import llvmlite.binding as llvm

    context = StageContext(ARCH, tmp_path, TargetOptions(verify=True))
    data = device_ir(source(name), tmp_path, "-debug-info-kind=limited", "-dwarf-version=4")
    for stage_name, stage in CpuTarget().stages(ARCH, context.options).items():
        data = stage(data, context)
        if stage_name.endswith(".ll"):
            llvm.parse_assembly(data.decode()).verify()


@pytest.mark.parametrize("level", [0, 1])
def test_without_optimisation(tmp_path: Path, level: int) -> None:
    code = DeviceCode(source("barriers"), tmp_path, options=TargetOptions(opt_level=level))
    out = np.zeros(50, np.int32)
    code.launch("nested_calls", 1, 50, out, dynamic_shared=200)
    expected = [(t + 7) % 50 + (t + 1) % 50 * 10000 + (1000 + (t + 2) % 50) * 100000 for t in range(50)]
    assert out.tolist() == expected


def test_subnormal_numbers_are_kept(tmp_path: Path) -> None:
    text = '#include "device.h"\nKERNEL k(const float *x, float *y) { y[threadIdx.x] = x[threadIdx.x] * 0.5f; }\n'
    tiny, out = np.array([1e-39, 1.5e-38, 1.0], np.float32), np.zeros(3, np.float32)
    DeviceCode(text, tmp_path).launch("k", 1, 3, tiny, out)
    assert out.tolist() == (tiny * np.float32(0.5)).tolist()
    assert out[0] != 0


def test_unknown_operation_is_named(tmp_path: Path) -> None:
    text = """
        #include "device.h"
        extern "C" __device__ int missing(int) __asm__("__nvvm.no.such");
        KERNEL k(int *o) { *o = missing(1); }
    """
    with pytest.raises(CompileError, match=r"no\.such"):
        DeviceCode(text, tmp_path)


def test_inline_ptx_is_refused(tmp_path: Path) -> None:
    text = '#include "device.h"\nKERNEL k(int *o) { asm volatile("wgmma.fence.sync.aligned;"); *o = 1; }\n'
    with pytest.raises(CompileError, match=r"wgmma\.fence"):
        DeviceCode(text, tmp_path)


def test_unknown_architecture() -> None:
    with pytest.raises(CompileError, match="x86-64-v9"):
        CpuTarget().facts("x86-64-v9")
