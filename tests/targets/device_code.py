"""Helpers of the GPU targets' tests: portable IR from a small CUDA source, and a target's stages run one after the other."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

import llvmlite.binding as llvm
from crosswarp.support.toolchain import cc1_command, run_tool
from crosswarp.targets.base import StageContext, TargetOptions
from crosswarp.targets.libraries import library_path
from crosswarp.targets.registry import target_for

INPUTS = Path(__file__).parent / "inputs"


@cache
def portable_ir(source: str, *flags: str) -> bytes:
    """clang's portable IR for `inputs/<source>`."""
    command = cc1_command(
        "-triple", "nvptx64-nvidia-cuda", "-aux-triple", "x86_64-unknown-linux-gnu", "-target-cpu", "sm_80",
        "-target-feature", "+ptx87", "-fcuda-is-device", "-std=c++20", "-fcuda-allow-variadic-functions",
        "-O3", "-disable-llvm-passes", "-emit-llvm", "-x", "cuda", *flags, str(INPUTS / source), "-o", "-")
    return run_tool(command).stdout


def stages(text: bytes, arch: str, options: TargetOptions | None = None) -> dict[str, bytes]:
    """The result of each stage, by its name without the architecture: `ll`, `o`, `hsaco`, `ptx`."""
    options = options or TargetOptions(verify=True)
    results: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, stage in target_for(arch).stages(arch, options).items():
            text = stage(text, StageContext(arch, Path(folder), options))
            results[name.removeprefix(f"{arch}.")] = text
    return results


@cache
def library_text(name: str) -> str:
    """A device library as LLVM text."""
    return str(llvm.parse_bitcode(library_path(name).read_bytes()))


def compile_ir(text: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """`clang -cc1 -x ir` on LLVM text, result in `stdout`."""
    with tempfile.NamedTemporaryFile("w", suffix=".ll") as source:
        source.write(text)
        source.flush()
        return run_tool(cc1_command(*arguments, "-x", "ir", "-O1", "-Wno-override-module", source.name, "-o", "-"))
