"""Both compilers: from a source to assembly, from assembly to a code object.

Crosswarp's side are the stages of the AMD target. The other is clang's HIP mode at -O3, from the same wheel and so of the same
version, with the header in benchmarks/hip/ and ROCm's device libraries (`rocm-device-libs` of Debian), linked as `hipcc` does.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from crosswarp.support.toolchain import clang_command, lld_command, resource_dir, tool_environment
from crosswarp.targets.amdgpu.archs import PROCESSORS
from crosswarp.targets.amdgpu.target import emit_command
from crosswarp.targets.base import TargetOptions

HIP_HEADERS = Path(__file__).resolve().parent.parent / "hip"
DEVICE_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu/amdgcn/bitcode")
# The closest processor that Debian's libraries know; the libraries ask it only for the family.
_LIBRARY_VERSIONS = {"gfx900": "900", "gfx90a": "90a", "gfx942": "940", "gfx1030": "1030", "gfx1100": "1036", "gfx1201": "1036"}
_CROSSWARP = [sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())"]


class DoesNotCompile(Exception):
    """A compiler's messages."""


@dataclass(frozen=True)
class Folders:
    """Where to work, and where ROCm's bitcode lies (no mathematics on the HIP side if that folder is missing)."""

    work: Path
    device_libraries: Path = DEVICE_LIBRARIES


def crosswarp_assembly(source: Path, arch: str, folders: Folders) -> Path:
    """Crosswarp's assembly: the stage `<arch>.ll`, then the target's own command for emission."""
    lowered, assembly = (folders.work / f"{source.stem}.{arch}.crosswarp{suffix}" for suffix in (".ll", ".s"))
    _run([*_CROSSWARP, "emit", "--stage", f"{arch}.ll", str(source), "-o", str(lowered)])
    _run(emit_command(arch, lowered, assembly, TargetOptions(), "-S"))
    return assembly


def crosswarp_image(source: Path, arch: str, folders: Folders) -> Path:
    """Crosswarp's code object."""
    image = folders.work / f"{source.stem}.{arch}.crosswarp.hsaco"
    _run([*_CROSSWARP, "emit", "--stage", f"{arch}.hsaco", str(source), "-o", str(image)])
    return image


def hip_assembly(source: Path, arch: str, folders: Folders, *options: str) -> Path:
    """The assembly of clang's HIP mode, with further options for it."""
    assembly = folders.work / f"{source.stem}.{arch}.hip.s"
    _run(clang_command("-x", "hip", f"--offload-arch={arch}", "--offload-device-only", "-O3", "-nogpuinc", "-nogpulib",
                       f"-mcode-object-version={PROCESSORS[arch].code_object_version}", f"-I{HIP_HEADERS}",
                       "-resource-dir", resource_dir(), "-include", "cuda_runtime.h",
                       *_bitcode(arch, folders.device_libraries), *options, "-S", str(source), "-o", str(assembly)))
    return assembly


def _bitcode(arch: str, folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    wave64 = "on" if PROCESSORS[arch].family.wave_size == 64 else "off"
    names = ("ocml", "ockl", "oclc_daz_opt_off", "oclc_unsafe_math_off", "oclc_finite_only_off", "oclc_correctly_rounded_sqrt_on",
             f"oclc_wavefrontsize64_{wave64}", f"oclc_isa_version_{_LIBRARY_VERSIONS[arch]}", "oclc_abi_version_500")
    return [word for name in names for word in ("-Xclang", "-mlink-builtin-bitcode", "-Xclang", str(folder / f"{name}.bc"))]


def link(assembly: Path, arch: str) -> Path:
    """The code object of an assembly file."""
    objects, image = assembly.with_suffix(".o"), assembly.with_suffix(".hsaco")
    _run(clang_command("-target", "amdgcn-amd-amdhsa", f"-mcpu={arch}", "-c", str(assembly), "-o", str(objects)))
    _run(lld_command("-shared", str(objects), "-o", str(image)))
    return image


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=tool_environment())
    if done.returncode != 0:
        raise DoesNotCompile(done.stderr)
