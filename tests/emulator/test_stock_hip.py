"""A program that stock clang compiled in its HIP mode, host and device, runs on the emulator's HIP library."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

import pytest
from crosswarp.support.paths import library_dir
from crosswarp.support.toolchain import clang_command, lld_command, tool_environment, zig

SOURCE = Path(__file__).parent / "inputs" / "stock.hip"
HIP = ("-x", "hip", "-nogpuinc", "-nogpulib", "-std=c++17")
ARCHITECTURES = ("gfx1100", "gfx942", "gfx90a", "gfx1030", "gfx1201")
PAGE = 4096


def run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=tool_environment())
    assert done.returncode == 0, f"{command}\n{done.stderr}"


def device_code(source: Path, arch: str, version: int, level: str, folder: Path) -> Path:
    """The linked code object."""
    assembly, relocatable, linked = (folder / f"{source.stem}.{arch}{suffix}" for suffix in (".s", ".o", ".hsaco"))
    run(clang_command(*HIP, f"--offload-arch={arch}", "--offload-device-only", level, f"-mcode-object-version={version}",
                      "-S", str(source), "-o", str(assembly)))
    run(clang_command("-target", "amdgcn-amd-amdhsa", f"-mcpu={arch}", "-c", str(assembly), "-o", str(relocatable)))
    run(lld_command("-shared", str(relocatable), "-o", str(linked)))
    return linked


def bundle(code: dict[str, bytes]) -> bytes:
    """An offload bundle as clang's own bundler writes it: each image on a page of its own."""
    entries = {"host-x86_64-unknown-linux--": b"", **{f"hipv4-amdgcn-amd-amdhsa--{arch}": image for arch, image in code.items()}}
    head, body, offset = b"", b"", PAGE
    for name, image in entries.items():
        head += struct.pack("<QQQ", offset, len(image), len(name)) + name.encode()
        padded = image + b"\0" * (-len(image) % PAGE)
        body, offset = body + padded, offset + len(padded)
    return (b"__CLANG_OFFLOAD_BUNDLE__" + struct.pack("<Q", len(entries)) + head).ljust(PAGE, b"\0") + body


def build(code: dict[str, bytes], folder: Path) -> Path:
    """The host program, with the bundle in it, linked with the emulator's HIP library."""
    images, objects, program = folder / "images.hipfb", folder / "host.o", folder / "program"
    images.write_bytes(bundle(code))
    run(clang_command(*HIP, "--offload-arch=gfx1100", "--cuda-host-only", "-target", "x86_64-linux-gnu", "-O1", "-Xclang",
                      "-fcuda-include-gpubinary", "-Xclang", str(images), "-c", str(SOURCE), "-o", str(objects)))
    run([zig(), "c++", "-target", "x86_64-linux-gnu.2.17", str(objects), "-o", str(program), f"-L{library_dir()}",
         "-l:libcrosswarp_amdhip64.so", "-l:libcrosswarp_amdgpu.so", f"-Wl,-rpath,{library_dir()}"])
    return program


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("stock")
    return build({arch: device_code(SOURCE, arch, 5, "-O3", folder).read_bytes() for arch in ARCHITECTURES}, folder)


def expected() -> str:
    def fibonacci(n: int) -> int:
        return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

    calls = [(2 * (i % 12) if (i + 1) % 2 == 0 else fibonacci(i % 12)) + 10 for i in range(64)]
    return (f"smooth: hipSuccess\npasses 1000 wrong 0\nreverse: hipSuccess\n127.5 0 395.5\n"
            f"calls: hipSuccess\n{' '.join(str(calls[i]) for i in range(0, 64, 9))} \noccupied 1\n"
            "too large: hipErrorInvalidConfiguration\nbad address: hipErrorIllegalAddress\n")


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_runs(program: Path, arch: str, monkeypatch) -> None:
    monkeypatch.setenv("CROSSWARP_EMU_DEVICES", arch)
    done = subprocess.run([program], capture_output=True, text=True, timeout=120)
    assert done.stdout == expected(), done.stderr
    assert "smooth" in done.stderr


@pytest.mark.parametrize(("version", "level"), [(4, "-O1"), (6, "-O0")])
def test_other_code_objects(version: int, level: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("CROSSWARP_EMU_DEVICES", "gfx1100")
    code = device_code(SOURCE, "gfx1100", version, level, tmp_path).read_bytes()
    done = subprocess.run([build({"gfx1100": code}, tmp_path)], capture_output=True, text=True, timeout=120)
    assert done.stdout == expected(), done.stderr
