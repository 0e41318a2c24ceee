"""Every architecture that is promised: a code object or PTX comes out, names its architecture and holds the kernels."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from samples.catalogue import Sample, all_samples
from tests.run.images import AMDGPU, PTX, Image, read_images

AMD = ("gfx900", "gfx906", "gfx908", "gfx90a", "gfx942", "gfx950", "gfx1030", "gfx1100", "gfx1151", "gfx1200", "gfx1201")
NVIDIA = ("sm_50", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_120")
QUICK = "softmax"  # shared memory, barriers, shuffles and mathematics in one kernel


def cases(archs: tuple[str, ...]) -> list[object]:
    samples = [sample for sample in all_samples() if sample.name != "multi_file"]
    return [pytest.param(sample, arch, id=f"{sample.name}-{arch}", marks=[] if sample.name == QUICK else [pytest.mark.slow])
            for sample in samples for arch in archs]


def image(nvcc, sample: Sample, arch: str, folder: Path) -> Image:
    output = folder / "x.fatbin"
    nvcc("-fatbin", *sample.flags, sample.sources[0], "-o", output, env={"CROSSWARP_TARGETS": arch})
    found = [entry for entry in read_images(output) if entry.arch == arch]
    assert len(found) == 1
    return found[0]


def kernels_of(sample: Sample) -> int:
    """Kernels that are not templates, counted in the source."""
    text = "\n".join(source.read_text() for source in sample.sources)
    return len(re.findall(r"(?<!typename Function>\n)__global__ void", text))


@pytest.mark.parametrize(("sample", "arch"), cases(AMD))
def test_amd_code_object(crosswarp_nvcc, sample: Sample, arch: str, tmp_path: Path) -> None:
    found = image(crosswarp_nvcc, sample, arch, tmp_path)
    assert found.kind == AMDGPU
    elf = ELFFile(io.BytesIO(found.data))
    assert elf["e_machine"] == "EM_AMDGPU"
    assert f"amdgcn-amd-amdhsa--{arch}".encode() in found.data
    descriptors = {symbol.name for symbol in elf.get_section_by_name(".dynsym").iter_symbols() if symbol.name.endswith(".kd")}
    assert len(descriptors) >= max(kernels_of(sample), 1)


@pytest.mark.parametrize(("sample", "arch"), cases(NVIDIA))
def test_ptx(crosswarp_nvcc, sample: Sample, arch: str, tmp_path: Path) -> None:
    found = image(crosswarp_nvcc, sample, arch, tmp_path)
    assert found.kind == PTX
    text = found.data.rstrip(b"\0").decode()
    assert f".target {arch}" in text
    assert len(re.findall(r"^\.visible \.entry|^\.entry", text, re.M)) >= kernels_of(sample)
    if arch in assembled():
        path = tmp_path / "x.ptx"
        path.write_text(text)
        command = ["ptxas", f"-arch={arch}", str(path), "-o", str(tmp_path / "x.cubin")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@cache
def assembled() -> frozenset[str]:
    """Architectures that the installed ptxas assembles for; none when there is no ptxas."""
    if shutil.which("ptxas") is None:
        return frozenset()
    empty = ".version 6.3\n.target sm_50\n.address_size 64\n"
    return frozenset(arch for arch in NVIDIA if subprocess.run(["ptxas", f"-arch={arch}", "-o", "/dev/null", "-"], input=empty,
                                                               capture_output=True, text=True, check=False).returncode == 0)
