"""The AMD GPU target: portable IR -> LLVM text -> object file -> linked code object.

gfx1100.ll  (lower)   crosswarp passes, targets/amdgpu/lower.py
gfx1100.o   (emit)    clang -cc1 on that text, with the family's device library
gfx1100.hsaco (link)  lld, the code object that HIP's module API loads
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.passes.check_undefined import CODE, describe
from crosswarp.support.diagnostics import unsupported
from crosswarp.support.elf import undefined_symbols
from crosswarp.support.toolchain import cc1_command, lld_command, run_tool
from crosswarp.targets.amdgpu.archs import PROCESSORS, TRIPLE, facts_of
from crosswarp.targets.amdgpu.arrange import arrange
from crosswarp.targets.amdgpu.lower import UNANSWERABLE, lower
from crosswarp.targets.base import ImageKind, Stage, StageContext, Target, TargetOptions, denormal_flags
from crosswarp.targets.libraries import library_digest, library_path
from crosswarp.targets.remarks import remark_flags, show_remarks


class AmdGpuTarget(Target):
    """AMD GPUs, by processor name (`gfx90a`, `gfx1100`, `gfx11-generic`)."""

    name = "amdgpu"
    image_kind = ImageKind.AMDGPU

    def archs(self) -> tuple[str, ...]:
        """Processors, oldest first; LLVM's generic ones last."""
        return tuple(PROCESSORS)

    def facts(self, arch: str) -> TargetFacts:
        """Facts of a processor. Raises `KeyError` for an unknown one."""
        return facts_of(arch)

    def stages(self, arch: str, options: TargetOptions) -> dict[str, Stage]:
        """Lower, emit, link."""
        return {f"{arch}.ll": _lower, f"{arch}.o": _emit, f"{arch}.hsaco": _link}

    def fingerprint(self) -> str:
        """Hashes of the families' device libraries."""
        families = {p.family.library for p in PROCESSORS.values()}
        return " ".join(f"{name}:{library_digest(name)}" for name in sorted(families))


def _lower(text: bytes, context: StageContext) -> bytes:
    def optimised(lowered: bytes) -> bytes:
        source, output = context.workdir / f"{context.arch}.open.ll", context.workdir / f"{context.arch}.tiles.ll"
        source.write_bytes(lowered)
        run_tool(emit_command(context.arch, source, output, replace(context.options, inline_remarks=False), "-emit-llvm"))
        return output.read_bytes()

    return arrange(lower(text, context.arch, context.options), context, optimised)


def emit_command(arch: str, source: Path, output: Path, options: TargetOptions, form: str = "-emit-obj") -> list[str]:
    """Clang's command line; `form` is `-emit-obj`, `-S` for assembly, or `-emit-llvm` for LLVM IR before layouts are chosen."""
    processor = PROCESSORS[arch]
    return cc1_command(
        "-triple", TRIPLE, "-target-cpu", arch, "-x", "ir", f"-O{options.opt_level}",
        "-mlink-builtin-bitcode", str(library_path(processor.family.library)),
        f"-mcode-object-version={processor.code_object_version}", "-mrelocation-model", "pic", "-pic-level", "2",
        # Moving private arrays to shared memory would change the shared-memory sizes that CUDA promises.
        "-mllvm", "-disable-promote-alloca-to-lds",
        # LLVM's AMD default leaves loops of unknown length rolled: then each load waits for the one before.
        "-mllvm", "-unroll-runtime",
        *(_SCALARS if form == "-emit-llvm" else _VECTORS), "-Wno-override-module", *denormal_flags(options),
        *remark_flags(options), form, str(source), "-o", str(output))


# Packed instructions, where they save more than it costs to bring the operands side by side.
_VECTORS = ("-vectorize-slp", "-mllvm", "-slp-threshold=4")
# The registers of a fragment stay values of their own, also those of arrays that loops index which are unrolled later.
_SCALARS = ("-mllvm", "-disable-promote-alloca-to-vector")


def _emit(text: bytes, context: StageContext) -> bytes:
    source, output = context.workdir / f"{context.arch}.ll", context.workdir / f"{context.arch}.o"
    source.write_bytes(text)
    show_remarks(run_tool(emit_command(context.arch, source, output, context.options)).stderr, context.arch)
    return output.read_bytes()


def _link(data: bytes, context: StageContext) -> bytes:
    source, output = context.workdir / f"{context.arch}.o", context.workdir / f"{context.arch}.hsaco"
    left = sorted(UNANSWERABLE & undefined_symbols(data))
    if left:
        raise unsupported(f"{', '.join(map(describe, left))} on {context.arch}", CODE)
    source.write_bytes(data)
    run_tool(lld_command("-shared", "--no-undefined", "-O2", "--as-needed", str(source), "-o", str(output)))
    return output.read_bytes()
