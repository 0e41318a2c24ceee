"""Architecture names."""

from __future__ import annotations

import pytest
from crosswarp.support.diagnostics import CompileError
from crosswarp.targets.base import ImageKind
from crosswarp.targets.registry import all_archs, parse_arch, target_for


@pytest.mark.parametrize(("arch", "kind"), [("gfx1100", ImageKind.AMDGPU), ("sm_80", ImageKind.PTX), ("x86-64-v3", ImageKind.CPU),
                                            ("cpu", ImageKind.CPU), ("gfx9-4-generic", ImageKind.AMDGPU)])
def test_target_of_a_name(arch: str, kind: ImageKind) -> None:
    assert target_for(arch).image_kind is kind


def test_canonical_names() -> None:
    assert parse_arch("compute_90a") == "sm_90a"
    assert parse_arch("cpu") == "x86-64-v3"
    assert parse_arch(" GFX90A ") == "gfx90a"


UNKNOWN = [("gfx1101x", "gfx1101"), ("gfx90a:xnack+", "xnack"), ("sm_81", "sm_8"), ("riscv", "doctor")]


@pytest.mark.parametrize(("text", "hint"), UNKNOWN)
def test_unknown_names_get_a_way_out(text: str, hint: str) -> None:
    with pytest.raises(CompileError) as error:
        parse_arch(text)
    assert f"unknown architecture '{text}'" in str(error.value)
    assert hint in str(error.value)


def test_names_are_unique_and_have_facts() -> None:
    names = all_archs()
    assert len(names) == len(set(names))
    for name in names:
        assert target_for(name).facts(name).datalayout
