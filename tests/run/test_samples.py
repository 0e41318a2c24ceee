"""Every sample: builds with our nvcc for the default targets, runs right on the CPU device, and holds sound device images."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from samples.catalogue import FOLDER, Sample, all_samples
from tests.run.images import AMDGPU, CPU, PTX, read_images

DEFAULT_AMD = {"gfx90a", "gfx942", "gfx1100", "gfx1201"}
samples = pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in all_samples()])


def build(nvcc, sample: Sample, folder: Path) -> Path:
    program = folder / sample.name
    nvcc(*sample.build_words(program), cwd=folder)
    return program


@samples
def test_runs_on_cpu(crosswarp_nvcc, on_cpu, sample: Sample, tmp_path: Path) -> None:
    program = build(crosswarp_nvcc, sample, tmp_path)
    picture = [str(tmp_path / "picture.png")] if sample.picture else []
    done = on_cpu(program, *picture, cwd=tmp_path)
    assert done.stdout.splitlines()[-1].startswith(f"PASS {sample.name}:"), done.stdout
    if sample.picture:
        assert count_colours(tmp_path / "picture.png") > 50
    check_images(program)


def check_images(program: Path) -> None:
    images = read_images(program)
    assert {image.kind for image in images} >= {CPU, AMDGPU, PTX}
    amd = [image for image in images if image.kind == AMDGPU]
    assert {image.arch for image in amd} >= DEFAULT_AMD
    for image in amd:
        elf = ELFFile(io.BytesIO(image.data))
        assert elf["e_machine"] == "EM_AMDGPU"
        undefined = [symbol.name for symbol in elf.get_section_by_name(".dynsym").iter_symbols()
                     if symbol.name and symbol["st_shndx"] == "SHN_UNDEF"]
        assert undefined == []
    for image in images:
        if image.kind == PTX and shutil.which("ptxas"):
            assemble(image.data.rstrip(b"\0"), image.arch, program.with_suffix(".ptx"))


def assemble(ptx: bytes, arch: str, path: Path) -> None:
    path.write_bytes(ptx)
    command = ["ptxas", f"-arch={arch}", str(path), "-o", str(path.with_suffix(".cubin"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_failed_assertion_is_an_error_code(crosswarp_nvcc, on_cpu, tmp_path: Path) -> None:
    sample = next(sample for sample in all_samples() if sample.name == "printf_assert")
    done = on_cpu(build(crosswarp_nvcc, sample, tmp_path), "fail")
    assert "cudaErrorAssert" in done.stdout
    assert "Assertion `values[i] > 0` failed" in done.stderr


def test_makefile_builds_with_our_nvcc(crosswarp_nvcc, on_cpu, tmp_path: Path) -> None:
    command = ["make", "-C", str(FOLDER / "multi_file"), f"NVCC={crosswarp_nvcc.words[0]}", f"OUT={tmp_path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert on_cpu(tmp_path / "multi_file").stdout.startswith("PASS")


def count_colours(path: Path) -> int:
    """Colours of a PNG that `samples/common/image.h` wrote; checks the chunks' sums on the way."""
    content = path.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    chunks: dict[bytes, bytes] = {}
    position = 8
    while position < len(content):
        (length,), kind = struct.unpack_from(">I", content, position), content[position + 4 : position + 8]
        chunks[kind] = content[position + 8 : position + 8 + length]
        (crc,) = struct.unpack_from(">I", content, position + 8 + length)
        assert crc == zlib.crc32(kind + chunks[kind])
        position += 12 + length
    width, height = struct.unpack_from(">II", chunks[b"IHDR"])
    rows = zlib.decompress(chunks[b"IDAT"])
    assert len(rows) == height * (1 + 3 * width)
    return len({rows[row * (1 + 3 * width) + 1 + 3 * column :][:3] for row in range(0, height, 3) for column in range(0, width, 3)})
