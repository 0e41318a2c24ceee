"""The math library compiles for every target without calling anything that nobody defines."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.support.toolchain import cc1_command, run_tool
from crosswarp.targets import build
from crosswarp.targets.devicelib.tools.host_library import SOURCES, read_operations
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
