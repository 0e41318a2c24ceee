"""The instructions that make AMD code good, in what is emitted: a change that loses one is seen here, not in a benchmark."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.support.toolchain import run_tool
from crosswarp.targets.amdgpu.target import emit_command
from crosswarp.targets.base import TargetOptions

SOURCE = Path(__file__).parent / "inputs" / "emitted.cu"
ARCHITECTURES = ("gfx1100", "gfx942")
Instructions = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def instructions(crosswarp, tmp_path_factory) -> Instructions:
    """The lines of a kernel's assembly, each with its name first."""
    folder = tmp_path_factory.mktemp("emitted")
    texts = {}
    for arch in ARCHITECTURES:
        lowered, assembly = folder / f"{arch}.ll", folder / f"{arch}.s"
        crosswarp("emit", "--stage", f"{arch}.ll", SOURCE, "-o", lowered)
        run_tool(emit_command(arch, lowered, assembly, TargetOptions(), "-S"))
        texts[arch] = assembly.read_text()

    def of_kernel(arch: str, kernel: str) -> list[str]:
        body = re.search(rf"^{kernel}:.*?^\.Lfunc_end", texts[arch], re.S | re.M)
        return re.findall(r"^\t([a-z][^\n;]*)", body[0], re.M)

    return of_kernel


def names(lines: list[str]) -> list[str]:
    return [line.split()[0] for line in lines]


@pytest.mark.parametrize("kernel", ["butterfly", "neighbours"])
def test_constant_moves_need_no_addresses(instructions: Instructions, kernel: str) -> None:
    lines = instructions("gfx1100", kernel)
    assert not [line for line in lines if line.startswith("ds_")]
    assert any("dpp" in line for line in lines)
    assert any(line.startswith("v_permlanex16") for line in lines)


def test_sum_of_a_whole_warp(instructions: Instructions) -> None:
    """Beside it stands the loop for a warp that has lost lanes."""
    assert sum("dpp" in line for line in instructions("gfx1100", "whole_warp_sum")) == 4


def test_butterfly_on_wave64(instructions: Instructions) -> None:
    lines = instructions("gfx942", "butterfly")
    assert sum("dpp" in line for line in lines) == 3  # 1, 2 and 8
    assert sum(line.startswith("ds_swizzle") for line in lines) == 2  # 4 and 16
    assert not [line for line in lines if line.startswith("ds_bpermute")]


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_variable_moves_go_through_addresses(instructions: Instructions, arch: str) -> None:
    assert "ds_bpermute_b32" in names(instructions(arch, "by_a_variable"))


@pytest.mark.parametrize(("arch", "wide"), [("gfx1100", "ds_load_b128"), ("gfx942", "ds_read_b128")])
def test_shared_arrays_are_read_in_wide_words(instructions: Instructions, arch: str, wide: str) -> None:
    assert names(instructions(arch, "tile")).count(wide) == 1


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_loops_load_ahead(instructions: Instructions, arch: str) -> None:
    """Somewhere several loads stand together, without a wait between."""
    found = [name[:6] for name in names(instructions(arch, "dot")) if name.startswith(("global_load", "s_wait"))]
    assert "global" * 4 in "".join(found)


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_float_sums_are_one_instruction(instructions: Instructions, arch: str) -> None:
    found = names(instructions(arch, "atomic_sum"))
    assert "global_atomic_add_f32" in found
    assert not [name for name in found if "cmpswap" in name]


@pytest.mark.parametrize("arch", ARCHITECTURES)
@pytest.mark.parametrize("kernel", ["butterfly", "tile", "dot", "atomic_sum", "variables"])
def test_addresses_have_spaces(instructions: Instructions, arch: str, kernel: str) -> None:
    lines = instructions(arch, kernel)
    assert not [line for line in lines if line.startswith("flat_") or "@gotpcrel" in line]
