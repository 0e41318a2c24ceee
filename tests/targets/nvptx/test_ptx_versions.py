"""The PTX version for inline PTX: the oldest one in which `ptxas` takes the instruction."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from crosswarp.targets.nvptx.archs import ARCHITECTURES
from crosswarp.targets.nvptx.ptx_versions import version_of

ROWS = [
    ("sm_80", "mov.b128 q, {l, l};"), ("sm_80", "ld.global.b128 q, [l];"), ("sm_80", "isspacep.param::entry p, l;"),
    ("sm_89", "mma.sync.aligned.m16n8k32.row.col.f32.e4m3.e4m3.f32 {f,f,f,f}, {a,a,a,a}, {a,a}, {f,f,f,f};"),
    ("sm_89", "mma.sync.aligned.m16n8k16.row.col.f32.e4m3.e4m3.f32 {f,f,f,f}, {a,a}, {a}, {f,f,f,f};"),
    ("sm_90a", "cp.async.bulk.shared::cta.global.mbarrier::complete_tx::bytes [a], [l], a, [a];"),
    ("sm_90a", "fence.acquire.sync_restrict::shared::cluster.cluster;"),
    ("sm_90a", "mbarrier.try_wait.relaxed.cta.shared::cta.b64 p, [a], l;"),
    ("sm_90a", "mbarrier.arrive.expect_tx.relaxed.cta.shared::cta.b64 l, [a], a;"),
    ("sm_100a", "ld.global.v8.b32 {a,a,a,a,a,a,a,a}, [l];"), ("sm_100a", "max.f32 f, f, f, f;"),
    ("sm_100a", "cvt.rs.f16x2.f32 a, f, f, a;"),
]
NOT_NEWER = [
    ("sm_80", "cvt.rna.tf32.f32 a, f;"), ("sm_90a", "elect.sync _|p, a;"), ("sm_90a", "max.f32 f, f, f;"),
    ("sm_90a", "mbarrier.arrive.release.cta.shared::cta.b64 l, [a], a;"), ("sm_80", "ld.global.v4.b32 {a,a,a,a}, [l];"),
    ("sm_90a", "wgmma.fence.sync.aligned;"), ("sm_100a", "redux.sync.min.f32 f, f, a;"),
]


def needed(instruction: str) -> int:
    return version_of(f'  %x = call i32 asm sideeffect "{{ {instruction} }}", "=r"()\n')


def assembles(instruction: str, arch: str, version: int, folder: Path) -> bool:
    registers = ".reg .b32 a; .reg .b64 l; .reg .f32 f; .reg .pred p;" + " .reg .b128 q;" * (version >= 83)
    head = f".version {version // 10}.{version % 10}\n.target {arch}\n.address_size 64\n"
    (folder / "x.ptx").write_text(f"{head}.visible .entry k() {{ {registers} {instruction} ret; }}\n")
    command = ["ptxas", f"-arch={arch}", str(folder / "x.ptx"), "-o", str(folder / "x.cubin")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.needs_ptxas
@pytest.mark.parametrize("arch, instruction", ROWS)
def test_newer_instructions_get_the_oldest_version_that_has_them(arch: str, instruction: str, tmp_path: Path) -> None:
    own, version = ARCHITECTURES[arch].ptx, needed(instruction)
    assert version > own
    assert not assembles(instruction, arch, version - 1, tmp_path)
    assert assembles(instruction, arch, version, tmp_path)


@pytest.mark.needs_ptxas
@pytest.mark.parametrize("arch, instruction", NOT_NEWER)
def test_others_need_none(arch: str, instruction: str, tmp_path: Path) -> None:
    assert needed(instruction) <= ARCHITECTURES[arch].ptx
    assert assembles(instruction, arch, ARCHITECTURES[arch].ptx, tmp_path)
