"""The NVIDIA target: portable IR -> LLVM text -> PTX.

sm_80.ll  (lower)   crosswarp passes: portable IR is already NVPTX's own dialect, little changes
sm_80.ptx (emit)    clang -cc1 on that text, with the device library of the architecture
"""

from __future__ import annotations

import re
from pathlib import Path

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.passes.base import Pipeline
from crosswarp.ir.passes.check_inline_ptx import CheckInlinePtx
from crosswarp.ir.passes.check_undefined import ELSEWHERE, CheckUndefined
from crosswarp.ir.passes.cluster_dimensions import ClusterDimensions
from crosswarp.ir.passes.fuse_multiply_add import FuseMultiplyAdd
from crosswarp.ir.passes.internalise import Internalise
from crosswarp.ir.passes.kernel_convention import KernelConvention
from crosswarp.ir.passes.managed_variables import ManagedVariables
from crosswarp.ir.passes.math_calls import MathCalls
from crosswarp.ir.passes.paste_asm_operands import PasteAsmOperands
from crosswarp.ir.passes.refuse_clusters import RefuseClusters
from crosswarp.ir.passes.reject_computed_goto import RejectComputedGoto
from crosswarp.ir.passes.texture_references import TextureReferences
from crosswarp.ir.passes.wide_conversions import WideConversions
from crosswarp.ir.reader import read_module
from crosswarp.ir.writer import write_module
from crosswarp.support.diagnostics import user_error
from crosswarp.support.toolchain import cc1_command, run_tool
from crosswarp.targets.base import ImageKind, Stage, StageContext, Target, TargetOptions, denormal_flags
from crosswarp.targets.libraries import defined_symbols, library_digest, library_path
from crosswarp.targets.nvptx.archs import ARCHITECTURES, TRIPLE, facts_of
from crosswarp.targets.nvptx.passes import PtxAttributes, RefuseCircularInitializers, RelaxedOperators
from crosswarp.targets.nvptx.ptx_versions import version_of
from crosswarp.targets.remarks import remark_flags, show_remarks

# What the NVIDIA driver supplies when it assembles PTX.
_DRIVER_FUNCTIONS = frozenset({"vprintf", "__assertfail", "malloc", "free", "__nvvm_reflect"})
# `.extern .shared` is dynamic shared memory.
_UNDEFINED = re.compile(rb"^\.extern \.(?:global|const) .*?([\w$]+)(?:\[\d*\])*;", re.M)


class NvptxTarget(Target):
    """NVIDIA GPUs, by architecture (`sm_80`, `sm_90a`)."""

    name = "nvptx"
    image_kind = ImageKind.PTX

    def archs(self) -> tuple[str, ...]:
        """Architectures, oldest first."""
        return tuple(ARCHITECTURES)

    def facts(self, arch: str) -> TargetFacts:
        """Facts of an architecture. Raises `KeyError` for an unknown one."""
        return facts_of(arch)

    def stages(self, arch: str, options: TargetOptions) -> dict[str, Stage]:
        """Lower, emit."""
        return {f"{arch}.ll": _lower, f"{arch}.ptx": _emit}

    def fingerprint(self) -> str:
        """Hashes of the device libraries."""
        names = {a.library_name for a in ARCHITECTURES.values()}
        return " ".join(f"{name}:{library_digest(name)}" for name in sorted(names))


def pipeline(arch: str, options: TargetOptions) -> Pipeline:
    """The passes, in order. The user's inline PTX and `llvm.nvvm.*` stay as they are."""
    architecture = ARCHITECTURES[arch]
    # What another module calls, or defines, must stay as it is until the driver links them.
    whole = [] if options.relocatable else [Internalise(visibility="", keeps_functions=options.keep_functions)]
    defined = [] if options.relocatable else [CheckUndefined(defined_symbols(architecture.library_name), _is_known)]
    return Pipeline([
        ClusterDimensions(),
        TextureReferences(),
        ManagedVariables(),
        PasteAsmOperands(),
        CheckInlinePtx(),
        RejectComputedGoto(),
        RefuseClusters(),
        WideConversions(),
        FuseMultiplyAdd(),
        RelaxedOperators(_division(options), not options.precise_sqrt, options.flush_denormals),
        MathCalls(),
        KernelConvention(),
        *whole,
        PtxAttributes(architecture.features, options.maxrregcount),
        RefuseCircularInitializers(),
        *defined,
    ], given=frozenset({"no-byval"}))


def _division(options: TargetOptions) -> str:
    if options.precise_div:
        return ""
    return "approx" if options.fast_math else "full"


def _is_known(name: str) -> bool:
    return name.startswith("llvm.") or name in _DRIVER_FUNCTIONS


def _lower(text: bytes, context: StageContext) -> bytes:
    module = read_module(text)
    pipeline(context.arch, context.options).run(module, facts_of(context.arch), context.options.verify)
    return write_module(module).encode("utf-8", "surrogateescape")


def emit_command(arch: str, source: Path, output: Path, options: TargetOptions, needed: int = 0) -> list[str]:
    """Clang's command line; `needed` is the oldest PTX version that will do."""
    architecture = ARCHITECTURES[arch]
    version = max(architecture.ptx, needed)
    return cc1_command(
        "-triple", TRIPLE, "-target-cpu", arch, "-target-feature", f"+ptx{version}", "-x", "ir", f"-O{options.opt_level}",
        "-mlink-builtin-bitcode", str(library_path(architecture.library_name)), *denormal_flags(options), *remark_flags(options),
        "-Wno-override-module", "-S", str(source), "-o", str(output))


def _emit(text: bytes, context: StageContext) -> bytes:
    source, output = context.workdir / f"{context.arch}.ll", context.workdir / f"{context.arch}.ptx"
    source.write_bytes(text)
    needed = version_of(text.decode("utf-8", "surrogateescape"))
    show_remarks(run_tool(emit_command(context.arch, source, output, context.options, needed)).stderr, context.arch)
    ptx = output.read_bytes().rstrip(b"\0")
    if not context.options.relocatable:
        _refuse_undefined(ptx)
    return ptx + b"\0"  # the driver reads PTX as a C string


def _refuse_undefined(ptx: bytes) -> None:
    """No driver loads PTX that needs a variable of another module. Raises `CompileError` naming each."""
    if names := _UNDEFINED.findall(ptx):
        text = ", ".join(name.decode() for name in names)
        raise user_error(f"declared in device code but not defined: {text}", "CW3003", hint=ELSEWHERE)
