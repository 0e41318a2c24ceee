"""What `-ftz`, `-prec-div` and `-prec-sqrt` make of single precision on the GPU targets, in the functions of the library too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from crosswarp.support.toolchain import run_tool
from crosswarp.targets.amdgpu.target import emit_command
from crosswarp.targets.base import TargetOptions

from tests.targets.device_code import portable_ir, stages

FLUSH = "-fdenormal-fp-math-f32=preserve-sign,preserve-sign"
ROUNDING_OPERATION = re.compile(r"^\s+((?:add|sub|mul|fma|div|sqrt)\.(?:rn|approx|full)\S*f32)", re.M)


def ptx_operations(*flags: str, kernel: str = "precision", **options: bool) -> set[str]:
    text = stages(portable_ir("precision.cu", *flags), "sm_80", TargetOptions(**options))["ptx"].decode()
    body = text[text.index(f".visible .entry _Z{len(kernel)}{kernel}") :]
    return set(ROUNDING_OPERATION.findall(body[: body.index("-- End function")]))


def amd_assembly(tmp_path: Path, *flags: str, **options: bool) -> str:
    chosen = TargetOptions(**options)
    lowered, assembly = tmp_path / "x.ll", tmp_path / "x.s"
    lowered.write_bytes(stages(portable_ir("precision.cu", *flags), "gfx1100", chosen)["ll"])
    run_tool(emit_command("gfx1100", lowered, assembly, chosen, "-S"))
    return assembly.read_text()


def test_default_is_exact_and_keeps_denormals(tmp_path: Path) -> None:
    operations = ptx_operations()
    assert {"div.rn.f32", "sqrt.rn.f32", "fma.rn.f32"} <= operations
    assert not [name for name in operations if "ftz" in name or "approx" in name or "full" in name]
    assert ".amdhsa_float_denorm_mode_32 3" in amd_assembly(tmp_path)


def test_ftz_reaches_the_library(tmp_path: Path) -> None:
    operations = ptx_operations(FLUSH, flush_denormals=True)
    assert {"div.rn.ftz.f32", "sqrt.rn.ftz.f32", "fma.rn.ftz.f32"} <= operations
    assert all(".ftz" in name for name in operations)
    assembly = amd_assembly(tmp_path, FLUSH, flush_denormals=True)
    assert ".amdhsa_float_denorm_mode_32 0" in assembly
    assert ".amdhsa_float_denorm_mode_16_64 3" in assembly
    assert "s_swappc" not in assembly


@pytest.mark.parametrize(("options", "wanted"), [
    ({"precise_div": False}, {"div.full.f32", "sqrt.rn.f32"}),
    ({"precise_sqrt": False}, {"div.rn.f32", "sqrt.approx.f32"}),
    ({"precise_div": False, "precise_sqrt": False, "fast_math": True}, {"div.approx.f32", "sqrt.approx.f32"})])  # fmt: skip
def test_relaxed_precision_of_ptx(options: dict[str, bool], wanted: set[str]) -> None:
    assert wanted <= ptx_operations(**options)


def test_stated_rounding_and_the_library_stay_exact(tmp_path: Path) -> None:
    relaxed = {"precise_div": False, "precise_sqrt": False, "fast_math": True}
    operations = ptx_operations(kernel="exact", **relaxed)
    assert {"div.rn.f32", "sqrt.rn.f32"} <= operations
    assert not [name for name in operations if "approx" in name or "full" in name]
    assert "v_div_fixup_f32" in amd_assembly(tmp_path, **relaxed)


def test_relaxed_precision_of_amd(tmp_path: Path) -> None:
    divisions = [amd_assembly(tmp_path, **options).count("v_div_fixup_f32") for options in ({}, {"precise_div": False})]
    assert divisions[0] == divisions[1] + 1
    exact, relaxed = amd_assembly(tmp_path), amd_assembly(tmp_path, precise_sqrt=False)
    assert len(relaxed.splitlines()) < len(exact.splitlines())
