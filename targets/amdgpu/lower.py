"""Portable IR to LLVM text for AMDGPU: the pass list, run once for each family of processors.

Processors of a family differ here only in names and numbers (`target-cpu`, the timer's rate, the code object version), so the
lowered text of a family is kept with placeholders and filled in for each.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from crosswarp.ir.passes.align_shared import AlignShared
from crosswarp.ir.passes.base import Pipeline
from crosswarp.ir.passes.byval_arguments import ByvalArguments
from crosswarp.ir.passes.check_undefined import CheckUndefined
from crosswarp.ir.passes.cluster_dimensions import ClusterDimensions
from crosswarp.ir.passes.constant_space import ConstantSpace
from crosswarp.ir.passes.counted_barriers import CountedBarriers
from crosswarp.ir.passes.defined_shifts import DefinedShifts
from crosswarp.ir.passes.exit_returns import ExitReturns
from crosswarp.ir.passes.fold_reflect import FoldReflect
from crosswarp.ir.passes.freeze_layouts import FreezeLayouts
from crosswarp.ir.passes.fuse_multiply_add import FuseMultiplyAdd
from crosswarp.ir.passes.inline_ptx import InlinePtx
from crosswarp.ir.passes.internalise import Internalise
from crosswarp.ir.passes.kernel_convention import KernelConvention
from crosswarp.ir.passes.large_returns import LargeReturns
from crosswarp.ir.passes.managed_variables import ManagedVariables
from crosswarp.ir.passes.math_calls import MathCalls
from crosswarp.ir.passes.pack_variadics import PackVariadics
from crosswarp.ir.passes.paste_asm_operands import PasteAsmOperands
from crosswarp.ir.passes.private_allocas import PrivateAllocas
from crosswarp.ir.passes.refuse_clusters import RefuseClusters
from crosswarp.ir.passes.reject_computed_goto import RejectComputedGoto
from crosswarp.ir.passes.relaxed_precision import RelaxedPrecision
from crosswarp.ir.passes.rename_operations import RenameOperations
from crosswarp.ir.passes.rename_services import RenameServices
from crosswarp.ir.passes.saturating_conversions import SaturatingConversions
from crosswarp.ir.passes.scoped_atomics import ScopedAtomics
from crosswarp.ir.passes.texture_references import TextureReferences
from crosswarp.ir.passes.wide_conversions import WideConversions
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.writer import write_module
from crosswarp.support.diagnostics import CompileError
from crosswarp.targets.amdgpu.archs import (
    LOCAL_FLOATS,
    LOCAL_MEMORY,
    NATIVE_CONVERSION_BITS,
    PROCESSORS,
    SCOPES,
    Family,
    Processor,
    facts_of,
)
from crosswarp.targets.amdgpu.attributes import AmdAttributes
from crosswarp.targets.amdgpu.module_facts import AmdModule
from crosswarp.targets.base import TargetOptions
from crosswarp.targets.libraries import defined_symbols

_ARCH = "cw-placeholder-arch"
_TIMER_HZ = 1_987_654_321
_VERSION = 77
_KEPT_TEXTS = 8


def pipeline(family: Family, timer_hz: int, code_object_version: int, options: TargetOptions) -> Pipeline:
    """The passes, in order."""
    return Pipeline([
        ClusterDimensions(),
        TextureReferences(),
        ManagedVariables(),
        FreezeLayouts(),
        LargeReturns(),
        PackVariadics(),
        ByvalArguments(),
        PasteAsmOperands(),
        InlinePtx(),
        RefuseClusters(as_blocks=True),
        CountedBarriers(),
        ExitReturns(),
        RejectComputedGoto(),
        ScopedAtomics(SCOPES, LOCAL_MEMORY, LOCAL_FLOATS),
        FuseMultiplyAdd(),
        RelaxedPrecision(not options.precise_div, not options.precise_sqrt),
        WideConversions(),
        SaturatingConversions(NATIVE_CONVERSION_BITS),
        DefinedShifts(),
        MathCalls(),
        FoldReflect(),
        RenameOperations(),
        RenameServices(),
        PrivateAllocas(),
        KernelConvention(),
        Internalise(),
        ConstantSpace(),
        AlignShared(),
        AmdModule(code_object_version, timer_hz),
        AmdAttributes(options.maxrregcount),
        CheckUndefined(defined_symbols(family.library), lambda name: name.startswith(("llvm.", TILE)) or name in UNANSWERABLE),
    ])


# Questions about an address that have no answer here. libcu++ has them beside others in one function that a constant chooses from:
# what optimisation leaves of them is refused when the code object is linked.
UNANSWERABLE = frozenset({"__nvvm.isspacep.const", "__cw.isspacep.param"})


def lower(text: bytes, arch: str, options: TargetOptions) -> bytes:
    """The module for one processor. Raises `CompileError` for what AMD GPUs cannot do, with the user's location if known."""
    processor = PROCESSORS[arch]
    try:
        family_text = _family_texts.get(text, processor.family, options)
    except CompileError as error:
        raise _for_arch(error, arch) from None
    return _fill_in(family_text, processor)


def _fill_in(text: str, processor: Processor) -> bytes:
    for placeholder, value in ((_ARCH, processor.name), (f"{_VERSION}00}}", f"{processor.code_object_version}00}}"),
                               (f"i32 {_TIMER_HZ}", f"i32 {processor.timer_hz}")):
        text = text.replace(placeholder, value)
    return text.encode("utf-8", "surrogateescape")


def _for_arch(error: CompileError, arch: str) -> CompileError:
    return CompileError([replace(d, message=d.message.replace(_ARCH, arch)) for d in error.diagnostics])


def _lower_family(text: bytes, family: Family, options: TargetOptions) -> str:
    representative = next(p for p in PROCESSORS.values() if p.family is family)
    module = read_module(text)
    reflect = {"__CUDA_FTZ": int(options.flush_denormals), "__CUDA_PREC_DIV": int(options.precise_div),
               "__CUDA_PREC_SQRT": int(options.precise_sqrt), "__CUDA_ARCH": 800}
    facts = replace(facts_of(representative.name), arch=_ARCH, reflect=reflect)
    pipeline(family, _TIMER_HZ, _VERSION, options).run(module, facts, options.verify)
    return write_module(module)


@dataclass
class _Entry:
    """The lowered text of one input and family; whoever holds the lock makes it."""

    lock: threading.Lock
    text: str | None = None


class _FamilyTexts:
    """The last few lowered modules. Targets are compiled by several threads: the first one lowers, the others wait for it."""

    def __init__(self) -> None:
        self._entries: OrderedDict[tuple[bytes, str, TargetOptions], _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, text: bytes, family: Family, options: TargetOptions) -> str:
        """The lowered module with placeholders."""
        key = (hashlib.sha256(text).digest(), family.name, options)
        with self._lock:
            entry = self._entries.setdefault(key, _Entry(threading.Lock()))
            self._entries.move_to_end(key)
            while len(self._entries) > _KEPT_TEXTS:
                self._entries.popitem(last=False)
        with entry.lock:
            if entry.text is None:
                entry.text = _lower_family(text, family, options)
            return entry.text


_family_texts = _FamilyTexts()
