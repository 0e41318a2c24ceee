"""`crosswarp doctor`: what was found on this machine, and what would run."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crosswarp.driver.native import native_amd, native_nvidia
from crosswarp.driver.nvidia_tools import nvidia_tool
from crosswarp.driver.settings import load_settings
from crosswarp.support.diagnostics import CrosswarpError
from crosswarp.support.paths import cache_dir, device_library_dir, include_dir, library_dir

GOOD, MISSING, BROKEN = "ok", "absent", "problem"
_PACKAGES = ("ziglang", "llvmlite", "libclang-ng", "lark", "pyelftools")
_LIBRARIES = ("libcudart_static.a", "libcudart.so")
_EMULATOR = "libcrosswarp_amdhip64.so"
_EMULATED = ("gfx90a", *(f"gfx94{n}" for n in range(3)), *(f"gfx103{n}" for n in range(7)), *(f"gfx110{n}" for n in range(4)),
             *(f"gfx115{n}" for n in range(4)), "gfx1200", "gfx1201")


@dataclass(frozen=True)
class Finding:
    """One line of the report. `state` is `ok`, `absent` (optional) or `problem` (compiling or running will fail)."""

    subject: str
    state: str
    detail: str


def examine() -> list[Finding]:
    """Look at everything a compilation and a run need."""
    return [_python(), *_packages(), _host_compiler(), _headers(), _device_libraries(), *_runtime(), _ptxas(), *_gpus(),
            _emulator(), _device(), _targets(), _cache()]


def _python() -> Finding:
    return Finding("Python", GOOD, f"{platform.python_version()} ({sys.executable})")


def _packages() -> list[Finding]:
    found = []
    for name in _PACKAGES:
        try:
            found.append(Finding(name, GOOD, version(name)))
        except PackageNotFoundError:
            found.append(Finding(name, BROKEN, "not installed: pip install crosswarp again"))
    return found


def _host_compiler() -> Finding:
    from crosswarp.frontend.host_toolchain import host_toolchain

    try:
        host = host_toolchain()
    except CrosswarpError as error:
        return Finding("host compiler", BROKEN, str(error))
    if host.kind == "zig":
        return Finding("host compiler", GOOD, "none installed: clang, libc++ and glibc stubs of the ziglang package")
    done = subprocess.run([*host.command, "--version"], capture_output=True, text=True)
    return Finding("host compiler", GOOD, f"{' '.join(host.command)}: {done.stdout.partition(chr(10))[0]}")


def _headers() -> Finding:
    header = include_dir() / "cuda_runtime.h"
    return Finding("CUDA headers", GOOD if header.exists() else BROKEN, str(include_dir()))


def _device_libraries() -> Finding:
    found = sorted(path.stem for path in device_library_dir().glob("*.bc"))
    if not found:
        return Finding("device libraries", BROKEN, f"none in {device_library_dir()}")
    return Finding("device libraries", GOOD, ", ".join(found))


def _runtime() -> list[Finding]:
    return [Finding(name, GOOD if (library_dir() / name).exists() else BROKEN, str(library_dir() / name)) for name in _LIBRARIES]


def _ptxas() -> Finding:
    found = nvidia_tool("ptxas")
    return Finding("ptxas", GOOD if found else MISSING, found or "only needed for -cubin; the driver assembles PTX")


def _gpus() -> list[Finding]:
    amd, nvidia = native_amd(), native_nvidia()
    return [Finding("AMD GPU", GOOD if amd else MISSING, ", ".join(amd) or "none"),
            Finding("NVIDIA GPU", GOOD if nvidia else MISSING, ", ".join(nvidia) or "none")]


def _emulator() -> Finding:
    if not (library_dir() / _EMULATOR).exists():
        return Finding("AMD emulator", BROKEN, str(library_dir() / _EMULATOR))
    return Finding("AMD emulator", GOOD, "CROSSWARP_DEVICE=emu:gfx1100, also gfx90a, gfx94x, gfx103x, gfx11xx, gfx120x")


def _device() -> Finding:
    wanted = os.environ.get("CROSSWARP_DEVICE")
    unknown = set(wanted.removeprefix("emu:").split(",")) - set(_EMULATED) if wanted and wanted.startswith("emu:") else set()
    if unknown:
        return Finding("programs run on", BROKEN, f"{wanted} (CROSSWARP_DEVICE): not emulated: {', '.join(sorted(unknown))}")
    if wanted:
        return Finding("programs run on", GOOD, f"{wanted} (CROSSWARP_DEVICE)")
    amd, nvidia = native_amd(), native_nvidia()
    return Finding("programs run on", GOOD, (amd or nvidia or [f"the CPU ({os.cpu_count()} threads)"])[0])


def _targets() -> Finding:
    try:
        return Finding("default targets", GOOD, ", ".join(load_settings().targets))
    except CrosswarpError as error:
        return Finding("default targets", BROKEN, str(error))


def _cache() -> Finding:
    folder = cache_dir()
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    return Finding("cache", GOOD if os.access(nearest, os.W_OK) else MISSING, _with_size(folder))


def _with_size(folder: Path) -> str:
    total = sum(path.stat().st_size for path in (folder / "objects").rglob("*") if path.is_file())
    return f"{folder} (images: {total / 1e6:.1f} MB)"
