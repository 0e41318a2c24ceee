"""The math library compiles for every target without calling anything that nobody defines."""

from __future__ import annotations

import platform
import re
from pathlib import Path

import numpy as np
import pytest
from crosswarp.support.toolchain import cc1_command, run_tool
from crosswarp.targets import build
from crosswarp.targets.devicelib.tools.host_library import SOURCES, HostLibrary, read_operations
from elftools.elf.elffile import ELFFile

# triple, processor
PROCESSORS = [
    ("amdgcn-amd-amdhsa", "gfx900"),
    ("amdgcn-amd-amdhsa", "gfx1100"),
    ("nvptx64-nvidia-cuda", "sm_50"),
    ("x86_64-unknown-linux-gnu", "x86-64"),
    ("x86_64-unknown-linux-gnu", "x86-64-v3"),
    ("aarch64-unknown-linux-gnu", "generic"),
]
# What the CPU's own library of such calls defines (targets/cpu/devicelib/libcalls).
ROUNDING = {f"{name}{suffix}" for name in ("floor", "ceil", "trunc", "roundeven", "fma") for suffix in ("", "f")}
LIBCALLS = {"x86-64": ROUNDING, "generic": {"roundeven", "roundevenf"}}


@pytest.fixture(scope="module")
def bitcode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("targets")
    triples = dict.fromkeys(triple for triple, _ in PROCESSORS)
    libraries = [build.Library(triple, triple, (), tuple(sorted(SOURCES.glob("*.cpp"))), SOURCES) for triple in triples]
    build.Builder(out, out / "work", 2).build(libraries)
    return out / "devicelib"


@pytest.mark.parametrize("triple", list(dict.fromkeys(triple for triple, _ in PROCESSORS)))
def test_every_math_operation_is_defined(bitcode: Path, triple: str) -> None:
    defined = set((bitcode / f"{triple}.symbols").read_text().split())
    wanted = {operation.label for operation in read_operations()}
    assert len(wanted) > 150
    assert wanted - defined == set()


@pytest.mark.parametrize(("triple", "processor"), PROCESSORS)
def test_no_undefined_calls(bitcode: Path, triple: str, processor: str, tmp_path: Path) -> None:
    nvptx = triple.startswith("nvptx")
    output = tmp_path / "out"
    command = cc1_command("-triple", triple, "-target-cpu", processor, "-O2", "-x", "ir", "-S" if nvptx else "-emit-obj",
                          str(bitcode / f"{triple}.bc"), "-o", str(output))  # fmt: skip
    run_tool(command)
    if nvptx:
        assert ".extern" not in output.read_text()
        return
    with output.open("rb") as stream:
        symbols = ELFFile(stream).get_section_by_name(".symtab").iter_symbols()
        undefined = {symbol.name for symbol in symbols if symbol["st_shndx"] == "SHN_UNDEF" and symbol.name}
    assert undefined <= LIBCALLS.get(processor, set())


# f32 functions that compute in f64 on purpose (docs/math.md).
THROUGH_F64 = {"tgamma", "lgamma", "j0", "j1", "jn", "y0", "y1", "yn", "cyl_bessel_i0", "cyl_bessel_i1"}


def test_f32_functions_stay_in_f32(bitcode: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.ptx"
    source = str(bitcode / "nvptx64-nvidia-cuda.bc")
    run_tool(
        cc1_command("-triple", "nvptx64-nvidia-cuda", "-target-cpu", "sm_50", "-O2", "-x", "ir", "-S", source, "-o", str(output))
    )
    bodies = re.findall(r"// \.globl\s+__cw\.math\.(\S+)\.f32[^\n]*\n(.*?)// -- End function", output.read_text(), re.DOTALL)
    assert len(bodies) > 60
    assert {name for name, body in bodies if ".f64" in body} == THROUGH_F64


@pytest.mark.skipif(platform.machine() != "x86_64", reason="compares two levels of x86-64")
def test_same_bits_without_fma_instructions(library: HostLibrary, tmp_path: Path) -> None:
    """The oldest x86-64 calls software fma and rounding; results must not differ by a bit."""
    old = HostLibrary(tmp_path, "x86-64")
    random = np.random.default_rng(8)
    compared = 0
    for label, operation in library.operations.items():
        kinds = set(operation.parameters)
        if not kinds <= {"float", "double"} or ".jn" in label:
            continue
        dtype = np.float32 if "float" in kinds else np.float64
        unsigned = np.uint32 if dtype is np.float32 else np.uint64
        columns = []
        for _ in operation.parameters:
            patterns = random.integers(0, 2 ** (8 * dtype().nbytes), 200, dtype=np.uint64).astype(unsigned).view(dtype)
            columns.append(np.concatenate([patterns, random.normal(size=400).astype(dtype)]))
        new_result, old_result = library.call(label, *columns)[0], old.call(label, *columns)[0]
        assert np.array_equal(new_result, old_result, equal_nan=new_result.dtype.kind == "f"), label
        assert np.array_equal(np.signbit(new_result)[new_result == 0], np.signbit(old_result)[old_result == 0]), label
        compared += 1
    assert compared > 130
