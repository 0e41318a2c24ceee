"""The AMD device library: complete, with LLVM's own signatures, and code for every processor."""

from __future__ import annotations

import io
import re

import llvmlite.binding as llvm
import pytest
from crosswarp.support.paths import include_dir
from crosswarp.support.toolchain import clang_command, run_tool
from crosswarp.targets.amdgpu import archs
from crosswarp.targets.libraries import defined_symbols, library_path
from elftools.elf.elffile import ELFFile

from tests.targets.device_code import compile_ir, library_text

FAMILIES = {p.family.name: p.family for p in archs.PROCESSORS.values()}
REPRESENTATIVES = ("gfx90a", "gfx1100")
OTHERS = [pytest.param(name, marks=pytest.mark.slow) for name in archs.PROCESSORS if name not in REPRESENTATIVES]
FROM_LOWERING = {"__cw_device_services", "__cw_timer_frequency"}


def named_operations() -> set[str]:
    """The labels of operations.def."""
    header = include_dir() / "crosswarp" / "operations.list.h"
    command = clang_command("--target=x86_64-linux-gnu", "-E", "-P", "-x", "c", str(header))
    labels = [record.split("|")[0] for record in run_tool(command).stdout.decode().split(";") if "|" in record]
    return {"".join(re.findall(r'"([^"]*)"', label)) for label in labels}


def belongs_to_the_library(name: str) -> bool:
    """Scalar atomics and fences become instructions (scoped-atomics); 128-bit atomics do not exist on AMD processors.

    A GPU of AMD cannot launch kernels by itself: dynamic parallelism is refused. So are questions about the address space of
    kernel parameters, which only PTX has.
    """
    if name.startswith(("__cw.child.", "__cw.cvta.", "__cw.isspacep.param")):
        return False
    if name.startswith("__cw.atom."):
        return name.rsplit(".", 1)[1].startswith("v2")
    return not name.startswith("__cw.fence.")


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES.keys())
def test_defines_every_named_operation(family: archs.Family) -> None:
    missing = {name for name in named_operations() if belongs_to_the_library(name)} - defined_symbols(family.library)
    assert missing == set()


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES.keys())
def test_signatures_are_llvms(family: archs.Family) -> None:
    """A definition with another type than the intrinsic's would be called with garbage."""
    module = llvm.parse_bitcode(library_path(family.library).read_bytes())
    checked = 0
    for function in module.functions:
        if function.name.startswith("__nvvm.") and not function.is_declaration:
            result, parameters = re.fullmatch(r"(.*?) ?\((.*)\)", str(function.global_value_type)).groups()
            name = function.name.replace("__nvvm.", "llvm.nvvm.", 1)
            declared = llvm.parse_assembly(f"declare {result} @{name}({parameters})")
            declared.verify()
            assert [f.name for f in declared.functions] == [name]
            checked += 1
    assert checked > 300


@pytest.mark.parametrize("arch", [*REPRESENTATIVES, *OTHERS])
def test_code_for_every_processor(arch: str) -> None:
    """LLVM selects instructions for every operation, and nothing is left undefined."""
    processor = archs.PROCESSORS[arch]
    done = compile_ir(library_text(processor.family.library), "-triple", archs.TRIPLE, "-target-cpu", arch,
                      f"-mcode-object-version={processor.code_object_version}", "-mrelocation-model", "pic", "-pic-level", "2",
                      "-emit-obj")
    table = ELFFile(io.BytesIO(done.stdout)).get_section_by_name(".symtab")
    undefined = {symbol.name for symbol in table.iter_symbols() if symbol["st_shndx"] == "SHN_UNDEF"} - {""}
    assert undefined == FROM_LOWERING
