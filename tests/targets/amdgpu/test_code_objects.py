"""Code objects for AMD GPUs: what the loader reads, and what the lowering must have done on the way."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from crosswarp.support.diagnostics import CompileError
from crosswarp.targets.amdgpu.archs import PROCESSORS, facts_of
from crosswarp.targets.amdgpu.metadata import read_metadata
from crosswarp.targets.base import TargetOptions
from elftools.elf.elffile import ELFFile

from tests.targets.device_code import portable_ir, stages

REPRESENTATIVES = ("gfx90a", "gfx1030", "gfx1100", "gfx1201", "gfx11-generic")
OTHERS = [pytest.param(name, marks=pytest.mark.slow) for name in PROCESSORS if name not in REPRESENTATIVES]


@cache
def built(arch: str) -> dict[str, bytes]:
    return stages(portable_ir("mixed.cu"), arch)


def kernel(arch: str, name: str) -> dict[str, Any]:
    return next(k for k in read_metadata(built(arch)["hsaco"])["amdhsa.kernels"] if k[".name"] == name)


def symbols(image: bytes) -> dict[str, Any]:
    table = ELFFile(io.BytesIO(image)).get_section_by_name(".dynsym")
    return {symbol.name: symbol for symbol in table.iter_symbols() if symbol.name}


@pytest.mark.parametrize("arch", [*REPRESENTATIVES, *OTHERS])
def test_links_for_every_processor(arch: str) -> None:
    image = built(arch)["hsaco"]
    metadata = read_metadata(image)
    assert metadata["amdhsa.target"] == f"amdgcn-amd-amdhsa--{arch}"
    assert metadata["amdhsa.version"] == ([1, 2])
    found = symbols(image)
    assert all(symbol["st_shndx"] != "SHN_UNDEF" for symbol in found.values())
    assert {"_Z8by_value6ParamsPf.kd", "_Z6reducePKfPf.kd", "counter", "coefficients", "__cw_device_services"} <= found.keys()
    assert "_Z9sum_table6Paramsi" not in found
    waves = {k[".wavefront_size"] for k in metadata["amdhsa.kernels"]}
    assert waves == {facts_of(arch).wave_size}


def test_kernel_arguments_lie_as_cuda_passes_them() -> None:
    arguments = [a for a in kernel("gfx1100", "_Z8by_value6ParamsPf")[".args"] if not a[".value_kind"].startswith("hidden_")]
    assert [(a[".offset"], a[".size"], a[".value_kind"]) for a in arguments] == [(0, 40, "by_value"), (40, 8, "global_buffer")]


def test_hidden_arguments_are_version_5() -> None:
    hidden = {a[".value_kind"]: (a[".offset"], a[".size"]) for a in kernel("gfx1100", "_Z6reducePKfPf")[".args"][2:]}
    base = 16
    assert hidden["hidden_block_count_x"] == (base, 4)
    assert hidden["hidden_group_size_x"] == (base + 12, 2)
    assert hidden["hidden_group_size_z"] == (base + 16, 2)


def test_launch_bounds() -> None:
    assert kernel("gfx1100", "_Z8by_value6ParamsPf")[".max_flat_workgroup_size"] == 256
    assert kernel("gfx1100", "_Z6reducePKfPf")[".max_flat_workgroup_size"] == 1024


@pytest.mark.parametrize(("arch", "kinds"), [("gfx90a", 2), ("gfx1100", 1)])
def test_register_limit(arch: str, kinds: int) -> None:
    """`-maxrregcount` bounds kernels that ask for no number of blocks; what does not fit is spilled."""
    def registers(options: TargetOptions) -> tuple[int, int]:
        found = read_metadata(stages(portable_ir("registers.cu"), arch, options)["hsaco"])["amdhsa.kernels"][0]
        return found[".vgpr_count"], found[".vgpr_spill_count"]

    free, spilled = registers(TargetOptions())
    assert free > 100 and not spilled
    limited, spilled = registers(TargetOptions(maxrregcount=36))
    assert limited <= 36 * kinds and spilled
    assert registers(TargetOptions(maxrregcount=1))[0] <= 32 * kinds


def test_shared_memory_has_cudas_size() -> None:
    """Nothing of ours is added: the block's array, then the dynamic part."""
    assert kernel("gfx90a", "_Z6reducePKfPf")[".group_segment_fixed_size"] == 1024
    assert kernel("gfx90a", "_Z7shufflePi")[".group_segment_fixed_size"] == 0


def test_calls_through_pointers_ask_for_a_dynamic_stack() -> None:
    assert kernel("gfx1100", "_Z12virtual_callPf")[".uses_dynamic_stack"] is True
    assert kernel("gfx1100", "_Z7shufflePi")[".private_segment_fixed_size"] == 0


@pytest.mark.parametrize("arch", ["gfx90a", "gfx1100"])
def test_constructs(arch: str) -> None:
    """Everything links; a struct with a 128-bit member keeps the host's size and place."""
    image = stages(portable_ir("constructs.cu"), arch)["hsaco"]
    kernels = {k[".name"]: k for k in read_metadata(image)["amdhsa.kernels"]}
    assert len(kernels) == 8
    explicit = [(a[".offset"], a[".size"]) for a in kernels["_Z2k2b2B2sPS_"][".args"] if not a[".value_kind"].startswith("hidden_")]
    assert explicit == [(0, 1), (16, 48), (64, 2), (72, 8)]


@pytest.mark.parametrize(("arch", "hertz", "version"), [("gfx90a", 25_000_000, 500), ("gfx942", 100_000_000, 500),
                                                        ("gfx9-generic", 100_000_000, 600)])
def test_processors_of_a_family_share_one_lowering(arch: str, hertz: int, version: int) -> None:
    text = stages(portable_ir("timer.cu"), arch)["ll"].decode()
    assert f'"target-cpu"="{arch}"' in text
    assert "placeholder" not in text
    assert f"@__cw_timer_frequency = hidden addrspace(4) constant i32 {hertz}" in text
    assert f'!"amdhsa_code_object_version", i32 {version}}}' in text


def test_services_are_defined_only_where_used() -> None:
    assert b"__cw_device_services" in built("gfx1100")["ll"]
    assert b"__cw_device_services" not in stages(portable_ir("timer.cu"), "gfx1100")["ll"]


def test_unsupported_operations_are_named_with_their_line() -> None:
    text = portable_ir("partial_barrier.cu", "-debug-info-kind=line-tables-only", "-dwarf-version=4")
    with pytest.raises(CompileError) as error:
        stages(text, "gfx90a")
    message = str(error.value)
    assert "partial_barrier.cu:6:" in message
    assert "unsupported: the operation 'barrier.cta.sync.count' on gfx90a" in message


def test_questions_without_an_answer_are_refused_where_they_remain() -> None:
    assert stages(portable_ir("address_questions.cu"), "gfx1100")["hsaco"]
    with pytest.raises(CompileError) as error:
        stages(portable_ir("address_questions.cu", "-DCONSTANT"), "gfx1100")
    assert "unsupported: the operation 'isspacep.const' on gfx1100" in str(error.value)


def test_blocks_of_a_cluster_cannot_meet_in_inline_ptx() -> None:
    text = b"""target datalayout = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64"
target triple = "nvptx64-nvidia-cuda"
define ptx_kernel void @k() "nvvm.cluster_dim"="2,1,1" {
  call void asm sideeffect "barrier.cluster.arrive; barrier.cluster.wait;", "~{memory}"()
  ret void
}
"""
    with pytest.raises(CompileError, match="thread block clusters"):
        stages(text, "gfx1100")


def test_without_optimisation() -> None:
    image = stages(portable_ir("mixed.cu"), "gfx1100", TargetOptions(opt_level=0, verify=True))["hsaco"]
    assert "_Z7shufflePi.kd" in symbols(image)
