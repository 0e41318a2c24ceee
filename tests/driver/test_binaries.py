"""cuobjdump, nvdisasm and nvprune on files of every kind and vendor, damaged ones too."""

from __future__ import annotations

import contextlib
import io
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from crosswarp.driver.binaries import cuobjdump, nvdisasm, nvprune
from crosswarp.driver.binaries.containers import BUNDLE_MAGIC
from crosswarp.driver.binaries.contents import images_in, read_images
from crosswarp.driver.binaries.image import ContentError
from crosswarp.driver.nvcc import run_nvcc
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.runtime_shim.fatbin.writer import Entry, FatBinary
from crosswarp.support.elf import ElfError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SOURCE = """
__global__ void __launch_bounds__(64) scale(float *x) {
  __shared__ float tile[64];
  tile[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  x[threadIdx.x] = 2 * tile[63 - threadIdx.x];
}
__device__ int touched;
int main() { scale<<<1, 64>>>(nullptr); return 0; }
"""
PTX = b".version 8.0\n.target sm_75\n.visible .entry other() { ret; }\n"
TARGETS = "--targets=cpu,gfx1100,gfx942,sm_80"


class Done(NamedTuple):
    """What a tool printed and returned."""

    code: int
    out: str
    err: str


def call(main: Callable[[list[str]], int], *words: object) -> Done:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(word) for word in words])
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one source compiled to everything nvcc makes."""
    folder = tmp_path_factory.mktemp("built")
    with contextlib.chdir(folder):
        Path("app.cu").write_text(SOURCE)
        for words in (["-c", TARGETS, "-Xcompiler=-fPIC"], ["-fatbin", TARGETS], ["-dc", "-o", "later.o"],
                      ["-cubin", "-arch=gfx1100", "-o", "app.hsaco"]):
            assert run_nvcc(["app.cu", *words]) == 0
        assert run_nvcc(["app.o", "-o", "app"]) == 0
        assert run_nvcc(["app.o", "-shared", "-o", "libapp.so"]) == 0
        assert run_nvcc(["app.o", "-lib", "-o", "libapp.a"]) == 0
    return folder


NAMES = ["1.x86-64-v3.so", "2.gfx1100.hsaco", "3.gfx942.hsaco", "1.sm_80.ptx"]


@pytest.mark.parametrize("name", ["app", "app.o", "libapp.so", "libapp.a", "app.fatbin"])
def test_lists_of_every_kind_of_file(built: Path, name: str):
    done = call(cuobjdump.main, "-lelf", "-lptx", built / name)
    stem = Path(name).stem
    found = [line.split(": ")[1] for line in done.out.splitlines() if " file " in line]
    assert found == [f"{stem}.{each}" for each in NAMES]
    assert (f"member {built / name}:app.o:" in done.out) == (name == "libapp.a")


def test_extracted_files_are_the_images(built: Path, tmp_path: Path):
    with contextlib.chdir(tmp_path):
        assert call(cuobjdump.main, "-xelf", "all", "-xptx", "sm_80", built / "app").code == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"app.{each}" for each in NAMES)
        assert (tmp_path / "app.2.gfx1100.hsaco").read_bytes() == (built / "app.hsaco").read_bytes()
        assert ".visible .entry" in (tmp_path / "app.1.sm_80.ptx").read_text()
        for name, arch in (("app.1.x86-64-v3.so", "x86-64"), ("app.2.gfx1100.hsaco", "gfx1100")):
            assert [image.arch for image in images_in(Path(name))] == [arch]


def test_relocatable_code_is_portable_ir(built: Path):
    done = call(cuobjdump.main, "-lptx", built / "later.o")
    assert done.out.split() == ["IR", "file", "1:", "later.1.compute_80.nvvm.ll"]
    assert "ptx_kernel" in call(cuobjdump.main, "-ptx", built / "later.o").out


def test_one_architecture(built: Path):
    done = call(cuobjdump.main, "-arch", "gfx942", "-lelf", built / "app")
    assert done.out.split()[-1:] == ["app.3.gfx942.hsaco"] and done.out.count("file") == 1


def test_resources_of_kernels(built: Path):
    done = call(cuobjdump.main, "-res-usage", "-arch", "gfx1100", "-fun", "_Z5scalePf", built / "app")
    (line,) = [line for line in done.out.splitlines() if "VGPR:" in line]
    facts = dict(word.split(":") for word in line.split())
    assert (facts["SHARED"], facts["STACK"]) == ("256", "0") and 0 < int(facts["VGPR"]) < 32


def test_code_and_tables_as_text(built: Path):
    text = call(cuobjdump.main, "-sass", "-arch", "gfx1100", built / "app").out
    assert "Function : _Z5scalePf" in text and "s_barrier" in text and "s_endpgm" in text
    tables = call(cuobjdump.main, "-elf", built / "app.hsaco").out
    assert "PROGBITS   .text" in tables and "FUNC     GLOBAL  PROTECTED _Z5scalePf" in tables
    assert "OBJECT   GLOBAL  PROTECTED touched" in tables
    alone = call(nvdisasm.main, built / "app.hsaco").out
    assert alone.startswith("\t.target\tgfx1100\n\n.text._Z5scalePf:") and "s_barrier" in alone


@pytest.mark.skipif(shutil.which("objdump") is None, reason="binutils are not installed")
def test_code_of_the_cpu(built: Path):
    text = call(cuobjdump.main, "-sass", "-arch", "x86-64-v3", "-sort", built / "app").out
    names = [line.split(": ")[1] for line in text.splitlines() if "Function : " in line]
    assert names == sorted(names) and any("_Z5scalePf" in name for name in names) and "ret" in text


def test_relocatable_code_beside_linked_code(built: Path, tmp_path: Path):
    """As NVIDIA's tool: what is linked later is shown where there is nothing else, or with -all."""
    with contextlib.chdir(tmp_path):
        assert run_nvcc([str(built / "app.o"), str(built / "later.o"), "-lib", "-o", "both.a"]) == 0
        listed = [call(cuobjdump.main, *words, "-lptx", "both.a").out.count(" file ") for words in ([], ["-all"])]
    assert listed == [1, 2]


def test_code_of_functions_as_files(built: Path, tmp_path: Path):
    with contextlib.chdir(tmp_path):
        listed = call(cuobjdump.main, "-ltext", "-arch", "gfx1100", built / "app").out
        assert listed == "SASS text section 1 : x-_Z5scalePf.gfx1100.elf.bin\n"
        assert call(cuobjdump.main, "-xtext", "gfx1100", built / "app").code == 0
        (file,) = tmp_path.iterdir()
        code = file.read_bytes()
    assert len(code) % 4 == 0 and code in (built / "app.hsaco").read_bytes()


def test_nvdisasm_wants_one_image(built: Path):
    for name, said in (("app", "holds 4 images"), ("app.cu", "is no machine code"), ("app.fatbin", "holds 4 images")):
        done = call(nvdisasm.main, built / name)
        assert done.code == 1 and said in done.err


def nvidia_entry(kind: int, payload: bytes, arch: int, flags: int = 0x11, full: int = 0) -> bytes:
    """An entry of NVIDIA's fat binary."""
    padded = payload + bytes(-len(payload) % 8)
    packed = len(payload) if flags & 0xA000 else 0
    return struct.pack("<HHIQIIHHIQQQQ", kind, 0x101, 64, len(padded), packed, 0, 0, 8, arch, 0, flags, 0, full) + padded


def nvidia_fatbin(*entries: bytes) -> bytes:
    content = b"".join(entries)
    return struct.pack("<IHHQ", 0xBA55ED50, 1, 16, len(content)) + content


def cubin(arch: int, abi: int) -> bytes:
    """The header of a cubin, all that tells its architecture."""
    head = bytearray(64)
    head[:16] = b"\x7fELF\x02\x01\x01\x33" + bytes([abi]) + bytes(7)
    struct.pack_into("<HH", head, 16, 2, 190)
    struct.pack_into("<I", head, 48, arch << 8 | 4 if abi >= 8 else arch | arch << 16)
    return bytes(head)


# LZ4: 13 literals, then a copy of 8 bytes from 8 back, then 4 literals.
LZ4 = bytes([0xD4]) + b".version 8.0\n" + b"\x08\x00" + bytes([0x40]) + b"tail"
UNPACKED = b".version 8.0\n" + b"ion 8.0\n" + b"tail"


def test_entries_of_nvidias_fat_binary(tmp_path: Path):
    file = tmp_path / "theirs.fatbin"
    file.write_bytes(nvidia_fatbin(
        nvidia_entry(2, cubin(80, 7), 80), nvidia_entry(2, cubin(90, 8), 90, 0x100011), nvidia_entry(1, PTX, 75),
        nvidia_entry(1, LZ4, 86, 0x2011, len(UNPACKED)), nvidia_entry(8, b"private", 80, 0x18011, 999),
        nvidia_entry(1, b"\x28\xb5\x2f\xfd", 100, 0x208011, 12)))
    done = call(cuobjdump.main, "-lelf", "-lptx", file)
    assert [line.split(": ")[1] for line in done.out.splitlines()] == [
        "theirs.1.sm_80.cubin", "theirs.2.sm_90a.cubin", "theirs.1.sm_75.ptx", "theirs.2.sm_86.ptx", "theirs.3.sm_80.ltoir",
        "theirs.4.sm_100f.ptx"]
    assert PTX.decode() in call(cuobjdump.main, "-ptx", "-arch", "sm_75", file).out
    assert UNPACKED.decode() in call(cuobjdump.main, "-ptx", "-arch", "sm_86", file).out
    assert [image.arch for abi in (7, 8) for image in read_images(cubin(80, abi))] == ["sm_80", "sm_80"]


def hip_bundle(*images: tuple[str, bytes]) -> bytes:
    rows = [("host-x86_64-unknown-linux--", b""), *((f"hipv4-amdgcn-amd-amdhsa--{arch}", data) for arch, data in images)]
    at, head, body = 4096, BUNDLE_MAGIC + struct.pack("<Q", len(rows)), b""
    for name, data in rows:
        head += struct.pack("<QQQ", at + len(body), len(data), len(name)) + name.encode()
        body += data
    return head + bytes(at - len(head)) + body


def object_with(folder: Path, name: str, section: str, content: bytes) -> Path:
    """A host object with some bytes in a section."""
    (folder / "content.bin").write_bytes(content)
    source = folder / f"{name}.c"
    assembly = f'.section {section},\\"a\\"\\n.balign 4096\\n.incbin \\"{folder}/content.bin\\"\\n'
    source.write_text(f'__asm__("{assembly}");\nint {name};\n')
    host, output = host_toolchain(), folder / f"{name}.o"
    subprocess.run(host.compile_command(str(source), str(output), [], "c"), env=host.environment(), check=True)
    return output


def test_entries_of_several_vendors_in_one_program(built: Path, tmp_path: Path):
    code = (built / "app.hsaco").read_bytes()
    theirs = nvidia_fatbin(nvidia_entry(2, cubin(80, 7), 80), nvidia_entry(1, PTX, 75))
    object_with(tmp_path, "theirs", ".nv_fatbin", FatBinary([Entry(5, "compute_80", b"IR")]).to_bytes() + bytes(32) + theirs)
    object_with(tmp_path, "hip", ".hip_fatbin", hip_bundle(("gfx1100", code), ("gfx90a:xnack+", b"x")))
    with contextlib.chdir(tmp_path):
        assert run_nvcc(["-lib", "theirs.o", "hip.o", "-o", "mixed.a"]) == 0
        assert [(image.producer, image.arch) for image in images_in(Path("mixed.a"))] == [
            ("crosswarp", "compute_80"), ("cuda", "sm_80"), ("cuda", "sm_75"), ("hip", "gfx1100"), ("hip", "gfx90a")]
        assert call(nvprune.main, "-arch=sm_75,gfx1100", "mixed.a", "-o", "less.a").code == 0
        kept = images_in(Path("less.a"))
        assert [(image.producer, image.arch) for image in kept] == [("cuda", "sm_75"), ("hip", "gfx1100")]
        assert kept[0].data.startswith(PTX) and kept[1].data == code
        assert "member less.a:theirs.o:" in call(cuobjdump.main, "-lptx", "less.a").out


@pytest.mark.parametrize(("words", "left"), [
    (["-arch", "gfx1100"], ["gfx1100"]),
    (["-arch=cpu,gfx942"], ["x86-64-v3", "gfx942"]),
    (["-gencode", "arch=compute_80,code=[sm_80,gfx1100]"], ["gfx1100", "sm_80"]),
    (["-gencode=arch=compute_80,code=compute_80"], ["sm_80"]),
    (["-arch=sm_70"], []),
])
def test_pruned_programs_run(built: Path, tmp_path: Path, words: list[str], left: list[str]):
    pruned = tmp_path / "pruned.o"
    assert call(nvprune.main, *words, built / "app.o", "-o", pruned).code == 0
    assert [image.arch for image in images_in(pruned)] == left
    assert pruned.stat().st_size < (built / "app.o").stat().st_size
    if left and left[0].startswith("x86"):
        assert run_nvcc([str(pruned), "-o", str(tmp_path / "app")]) == 0
        subprocess.run([tmp_path / "app"], env={"CROSSWARP_DEVICE": "cpu"}, check=True)


@pytest.mark.parametrize(("main", "words", "said"), [
    (cuobjdump.main, ["absent"], "cuobjdump fatal   : crosswarp: error: cannot read 'absent'"),
    (cuobjdump.main, ["-lelff", "app"], "did you mean '-lelf'?"),
    (cuobjdump.main, ["-findex", "1", "app"], "'-findex' is not supported"),
    (nvprune.main, ["app.o", "-o", "x"], "name the architectures to keep"),
    (nvprune.main, ["app.o", "-arch=sm_80"], "name the output"),
    (nvprune.main, ["app", "-arch=sm_80", "-o", "x"], "a linked program or library"),
    (nvprune.main, ["app.cu", "-arch=sm_80", "-o", "x"], "not an object"),
    (nvprune.main, ["app.o", "-gencode=arch=compute_80", "-o", "x"], "missing code"),
    (nvdisasm.main, ["-cfg", "app.hsaco"], "'-cfg' is not supported"),
])
def test_errors(built: Path, main: Callable[[list[str]], int], words: list[str], said: str):
    with contextlib.chdir(built):
        done = call(main, *words)
    assert done.code == 1 and said in done.err and not (built / "x").exists()


def test_no_device_code(built: Path):
    done = call(cuobjdump.main, "-lelf", built / "app.cu")
    assert done.code == 255 and "does not contain device code" in done.err


def test_machine_code_of_nvidia_is_shown_by_nvidias_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "x.cubin").write_bytes(cubin(80, 7))
    monkeypatch.setenv("PATH", str(tmp_path))
    own = tmp_path / "nvdisasm"
    own.write_text("#!/bin/sh\n# from crosswarp.driver.binaries\n")
    own.chmod(0o755)
    done = call(nvdisasm.main, tmp_path / "x.cubin")
    assert done.code == 1 and "only NVIDIA's own nvdisasm can show" in done.err
    own.write_text("#!/bin/sh\necho '.text.kernel:'; echo ' EXIT ;'\n")
    assert ".text.kernel:\n         EXIT ;\n" in call(nvdisasm.main, tmp_path / "x.cubin").out


DAMAGED = ("app.o", "libapp.a", "app.fatbin", "app.hsaco", "theirs")


@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(DAMAGED), cut=st.floats(0, 1),
       flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=6))
def test_damaged_files_are_refused_or_read(built: Path, tmp_path: Path, name: str, cut: float,
                                           flips: list[tuple[float, int]]):
    """Whatever bytes are missing or wrong: a listing, or an error with the file's name; never a traceback."""
    theirs = nvidia_fatbin(nvidia_entry(2, cubin(80, 7), 80), nvidia_entry(1, LZ4, 86, 0x2011, len(UNPACKED)))
    data = bytearray(theirs if name == "theirs" else (built / name).read_bytes())
    for place, mask in flips:
        data[int(place * min(len(data), 4096))] ^= mask
    if cut < 0.5:
        del data[int(2 * cut * len(data)) :]
    file = tmp_path / "damaged"
    file.write_bytes(data)
    for option in ("-lelf", "-res-usage", "-elf", "-ptx"):
        done = call(cuobjdump.main, option, file)
        assert done.code in (0, 1, 255), done.err
        assert done.code == 0 or "damaged" in done.err
    assert call(nvprune.main, "-arch=gfx1100", file, "-o", tmp_path / "out").code in (0, 1)


@pytest.mark.parametrize("damage", [
    lambda data: data[:-1], lambda data: data[:20], lambda data: data[:8] + b"\x09" + data[9:],
    lambda data: data.replace(zlib.compress(b"A" * 500, 6), bytes(16)),
])
def test_damaged_fat_binaries_are_named(damage: Callable[[bytes], bytes]):
    data = FatBinary([Entry(2, "gfx1100", b"A" * 500, compress=True), Entry(3, "sm_80", PTX)]).to_bytes()
    assert len(list(read_images(data))) == 2
    with pytest.raises((ContentError, ElfError)):
        list(read_images(damage(data)))
