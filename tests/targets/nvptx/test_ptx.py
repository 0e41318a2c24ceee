"""PTX: accepted by NVIDIA's assembler, with CUDA's names, parameters and bounds."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from crosswarp.support.diagnostics import CompileError
from crosswarp.targets.base import TargetOptions
from crosswarp.targets.libraries import defined_symbols
from crosswarp.targets.nvptx.archs import ARCHITECTURES, TRIPLE

from tests.targets.amdgpu.test_device_library import named_operations
from tests.targets.device_code import compile_ir, library_text, portable_ir, stages

QUICK = ("sm_50", "sm_60", "sm_80", "sm_90a")
OTHERS = [pytest.param(name, marks=pytest.mark.slow) for name in ARCHITECTURES if name not in QUICK]
LIBRARIES = {"nvptx-sm50": "sm_50", "nvptx-sm60": "sm_60", "nvptx-sm70": "sm_75", "nvptx-sm90": "sm_90"}
OLDEST_OF_PTXAS = 75


def ptx(arch: str, options: TargetOptions | None = None) -> str:
    data = stages(portable_ir("mixed.cu"), arch, options)["ptx"]
    assert data.endswith(b"\0")
    assert data.count(b"\0") == 1
    return data[:-1].decode()


def assemble(text: str, arch: str, folder: Path) -> None:
    """ptxas of today knows no processor before sm_75: older PTX is assembled for that."""
    number = int(re.sub(r"\D", "", arch))
    target = arch if number >= OLDEST_OF_PTXAS else f"sm_{OLDEST_OF_PTXAS}"
    (folder / "x.ptx").write_text(text)
    done = subprocess.run(["ptxas", f"-arch={target}", "-c", str(folder / "x.ptx"), "-o", str(folder / "x.cubin")],
                          capture_output=True, text=True, check=False)
    if "is not defined for option" in done.stderr:
        pytest.skip(f"this ptxas does not know {target}")
    assert done.returncode == 0, done.stderr


@pytest.mark.needs_ptxas
@pytest.mark.parametrize("arch", [*QUICK, *OTHERS])
def test_assembles(arch: str, tmp_path: Path) -> None:
    text = ptx(arch)
    assert f".target {arch}\n" in text
    assemble(text, arch, tmp_path)


@pytest.mark.needs_ptxas
def test_constructs_assemble(tmp_path: Path) -> None:
    assemble(stages(portable_ir("constructs.cu"), "sm_80")["ptx"].decode().rstrip("\0"), "sm_80", tmp_path)


@pytest.mark.needs_ptxas
@pytest.mark.parametrize(("library", "arch"), LIBRARIES.items())
def test_the_whole_device_library_assembles(library: str, arch: str, tmp_path: Path) -> None:
    """Inline PTX is checked by nobody before ptxas. Names get underscores: only internal ones may have points in LLVM text."""
    text = re.sub(r"@__cw\.[\w.]+", lambda match: match[0].replace(".", "_"), library_text(library))
    version = ARCHITECTURES[arch].ptx
    done = compile_ir(text, "-triple", TRIPLE, "-target-cpu", arch, "-target-feature", f"+ptx{version}", "-S")
    assemble(done.stdout.decode(), arch, tmp_path)


def test_libraries_define_every_named_operation() -> None:
    for library in LIBRARIES:
        missing = named_operations() - defined_symbols(library)
        # Launches in device code need NVIDIA's device runtime library, which only its toolkit has: refused.
        missing = {name for name in missing if not name.startswith("__cw.child.")}
        if library != "nvptx-sm90":
            missing = {name for name in missing if not name.endswith(".i128")}
        if library in ("nvptx-sm50", "nvptx-sm60"):  # PTX has generic addresses of kernel parameters from sm_70 on.
            missing = {name for name in missing if not name.startswith(("__cw.cvta.", "__cw.isspacep.param"))}
        if library == "nvptx-sm50":
            missing = {name for name in missing if not re.match(r"__cw\.atom\..*\.sys\.", name)}
        assert missing == set(), library


def test_parameters_names_and_bounds() -> None:
    text = ptx("sm_80")
    entry = text[text.index(".entry _Z8by_value6ParamsPf(") :]
    parameters = r"\.param \.align 8 \.b8 \w+_param_0\[40\],\s*\.param \.u64 (\.ptr [^_]*)?\w+_param_1"
    bounds = r"\.maxntid 256(, 1, 1)?\s*\.minnctapersm 2"
    assert re.match(rf"\.entry _Z8by_value6ParamsPf\(\s*{parameters}\s*\)\s*{bounds}", entry)
    assert ".visible .global .align 4 .u32 counter = 7;" in text
    assert ".visible .const .align 4 .b8 coefficients[16]" in text
    assert "__cw" not in text.replace("_ZN", "").split("//")[0]


def test_register_limit() -> None:
    text = ptx("sm_80", TargetOptions(maxrregcount=40))
    assert ".maxnreg 40" in text


def test_system_scope_needs_sm_60() -> None:
    text = b"""
declare i32 @__cw.atom.add.relaxed.sys.i32(ptr, i32)
define ptx_kernel void @k(ptr %p) {
  %r = call i32 @__cw.atom.add.relaxed.sys.i32(ptr %p, i32 1)
  ret void
}
"""
    assert b"atom.sys.add.u32" in stages(text, "sm_60")["ptx"]
    with pytest.raises(CompileError, match=r"'atom.add.relaxed.sys.i32' on sm_50"):
        stages(text, "sm_50")


def test_circular_initialisers_are_refused() -> None:
    text = b"@a = addrspace(1) global ptr addrspacecast (ptr addrspace(1) @b to ptr)\n" \
           b"@b = addrspace(1) global ptr addrspacecast (ptr addrspace(1) @a to ptr)\n"
    with pytest.raises(CompileError, match="point to each other: 'a', 'b'"):
        stages(text, "sm_80")


def test_inline_ptx_passes_through() -> None:
    text = b"""
define ptx_kernel void @k(ptr %p) {
  %r = call i32 asm "mov.u32 $0, %smid;", "=r"()
  store i32 %r, ptr %p
  ret void
}
"""
    assert re.search(rb"mov\.u32 %r\d+, %smid;", stages(text, "sm_80")["ptx"])
