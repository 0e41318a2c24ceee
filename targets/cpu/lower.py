"""From portable IR to IR for one CPU: the whole flow of the target on one screen.

RETARGETING                          operations become calls that the device libraries define
force_inline                         what may suspend becomes part of its kernel
arrange_tiles                        matrix operations, in modules that have them, behind LLVM's optimiser
clean_up (LLVM, own process)         link thread operations, inline, SSA form
THREADS                              where threads wait for each other, atomics, the hidden context argument
shared_memory                        shared variables become offsets
coroutines, fibers or thread_loops   the execution model of each kernel
entry_points                         the code object's table
"""

from __future__ import annotations

import re
from dataclasses import replace

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.instructions import Alloca, Call
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pipeline
from crosswarp.ir.passes.check_undefined import ELSEWHERE, describe
from crosswarp.ir.passes.cluster_dimensions import ClusterDimensions, cluster_of
from crosswarp.ir.passes.defined_shifts import DefinedShifts
from crosswarp.ir.passes.expand_tiles import ExpandTiles
from crosswarp.ir.passes.flush_denormals import FlushDenormals, computes_in_double
from crosswarp.ir.passes.fold_reflect import FoldReflect
from crosswarp.ir.passes.fuse_multiply_add import FuseMultiplyAdd
from crosswarp.ir.passes.inline_ptx import InlinePtx
from crosswarp.ir.passes.join_tiles import JoinTiles
from crosswarp.ir.passes.managed_variables import SLOT_PREFIX, ManagedVariables
from crosswarp.ir.passes.math_calls import MathCalls
from crosswarp.ir.passes.paste_asm_operands import PasteAsmOperands
from crosswarp.ir.passes.rename_operations import RenameOperations
from crosswarp.ir.passes.rename_services import RenameServices
from crosswarp.ir.passes.saturating_conversions import SaturatingConversions
from crosswarp.ir.passes.texture_references import TextureReferences
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.writer import write_module
from crosswarp.support.diagnostics import unsupported
from crosswarp.support.paths import device_library_dir
from crosswarp.targets.base import StageContext, teller
from crosswarp.targets.cpu import archs
from crosswarp.targets.cpu.clean_up import clean_up, optimise
from crosswarp.targets.cpu.emit import library_symbols
from crosswarp.targets.cpu.operations import GRID_SYNCS, SUSPEND
from crosswarp.targets.cpu.passes import entry_points
from crosswarp.targets.cpu.passes.aggregate_results import AggregateResults
from crosswarp.targets.cpu.passes.aligned_locals import AlignedLocals
from crosswarp.targets.cpu.passes.arrange_tiles import ArrangeTiles
from crosswarp.targets.cpu.passes.coroutines import make_coroutine
from crosswarp.targets.cpu.passes.entry_points import Kernel, Variable, entry_text
from crosswarp.targets.cpu.passes.fibers import make_fiber, suspend_fibers
from crosswarp.targets.cpu.passes.force_inline import force_inline, is_kernel
from crosswarp.targets.cpu.passes.kernel_addresses import KernelAddresses, forget_records
from crosswarp.targets.cpu.passes.kernel_parameters import KernelParameter, kernel_parameters, share_read_only_structs
from crosswarp.targets.cpu.passes.lockstep import Lockstep
from crosswarp.targets.cpu.passes.lower_atomics import LowerAtomics
from crosswarp.targets.cpu.passes.operation_addresses import OperationAddresses
from crosswarp.targets.cpu.passes.places import Places
from crosswarp.targets.cpu.passes.prefetch_loops import PrefetchLoops
from crosswarp.targets.cpu.passes.references import CallGraph
from crosswarp.targets.cpu.passes.shared_memory import place_shared_memory
from crosswarp.targets.cpu.passes.spin_loops import SpinLoops
from crosswarp.targets.cpu.passes.target_attributes import attribute_texts, set_target_attributes
from crosswarp.targets.cpu.passes.thread_context import ThreadContext
from crosswarp.targets.cpu.passes.thread_loops import mark_parallel_accesses
from crosswarp.targets.cpu.passes.variadics import Variadics
from crosswarp.targets.cpu.passes.warp_memory import place_warp_memory, warp_bytes
from crosswarp.targets.cpu.passes.warp_synchronous import WarpSynchronous, warp_synchronous
from crosswarp.targets.cpu.tiles.forms import cost_of

RETARGETING = (
    ClusterDimensions(),
    TextureReferences(),
    ManagedVariables(),
    FoldReflect(),
    PasteAsmOperands(),
    InlinePtx(),
    FuseMultiplyAdd(),
    MathCalls(),
    RenameServices(),
    RenameOperations(),
    SaturatingConversions(),
    DefinedShifts(),
    KernelAddresses(),
    OperationAddresses(),
    Variadics(),
    AggregateResults(),
)
THREADS = (
    SpinLoops(),
    Lockstep(),
    Places(),
    LowerAtomics(),
    AlignedLocals(),
    ThreadContext(),
    PrefetchLoops(),
)
_RETARGETED = frozenset().union(*(one.establishes for one in RETARGETING))
_CONSTANT_SPACE = 4
_MAX_THREADS = 1024


def lower(portable: bytes, context: StageContext) -> bytes:
    """The stage `<arch>.ll`."""
    arch = archs.find(context.arch)
    module = read_module(portable)
    facts, verify = cpu_facts(context), context.options.verify
    retarget(module, facts, verify)
    flushes = context.options.flush_denormals
    if flushes and computes_in_double(module):
        FlushDenormals().apply(module, facts)
        flushes = False
    graph = CallGraph(module)
    synchronous = warp_synchronous(module, graph)
    fibers = force_inline(module, graph, synchronous)
    grid_kernels = graph.reaching(GRID_SYNCS)
    module = _arranged(module, context, facts, synchronous | fibers)
    library = device_library_dir() / f"cpu-threads-{arch.library}.bc"
    module = read_module(clean_up(write_module(module), library))
    parameters = {kernel.name: kernel_parameters(kernel, DataLayout(arch.datalayout)) for kernel in _kernels(module)}
    Pipeline((WarpSynchronous(synchronous), *THREADS), _RETARGETED).run(module, facts, verify)
    return _form_kernels(module, arch, parameters, fibers, grid_kernels, flushes=flushes).encode()


def _arranged(module: Module, context: StageContext, facts: TargetFacts, lockstep: frozenset[str]) -> Module:
    """The module without open matrix operations: they are arranged when LLVM has made values of fragments, and unrolled loops."""
    if not any(name.startswith(TILE) for name in module.functions):
        return module
    module = read_module(optimise(write_module(module)))
    arrange = ArrangeTiles(archs.find(context.arch).is_wide, lockstep, teller(context))
    Pipeline((JoinTiles(cost=cost_of), arrange, ExpandTiles()), _RETARGETED).run(module, facts, context.options.verify)
    return module


def cpu_facts(context: StageContext) -> TargetFacts:
    """What the shared passes may know about the architecture, with the options that device code may ask for."""
    arch, options = archs.find(context.arch), context.options
    reflect = {"__CUDA_FTZ": int(options.flush_denormals), "__CUDA_PREC_DIV": int(options.precise_div),
               "__CUDA_PREC_SQRT": int(options.precise_sqrt), "__CUDA_ARCH": 800}  # fmt: skip
    return TargetFacts(context.arch, arch.triple, arch.datalayout, features=frozenset(arch.features) | {"tiles"}, reflect=reflect)


def retarget(module: Module, facts: TargetFacts, verify: bool = False) -> None:
    """Portable IR to operations that the CPU's device libraries define."""
    Pipeline(RETARGETING).run(module, facts, verify)
    for name, function in module.functions.items():
        if function.is_declaration and not name.startswith(("llvm.", TILE)):
            function.attributes, function.return_attributes = [], []


def _kernels(module: Module) -> list[Function]:
    return [function for function in module.functions.values() if is_kernel(function)]


def _form_kernels(module: Module, arch: archs.Arch, parameters: dict[str, list[KernelParameter]], fibers: set[str],
                  grid_kernels: set[str], *, flushes: bool) -> str:
    layout, kernels = DataLayout(arch.datalayout), _kernels(module)
    shared = place_shared_memory(module, layout)
    records = [
        Kernel(kernel.name, _model(kernel, fibers), parameters[kernel.name], shared.size[kernel.name], shared.align[kernel.name],
               _max_threads(kernel), kernel.name in grid_kernels, cluster_of(kernel), flushes=flushes,
               warp_bytes=warp_bytes(kernel))
        for kernel in kernels
    ]  # fmt: skip
    formed = [_form(module, kernel, record) for kernel, record in zip(kernels, records, strict=True)]
    suspend_fibers(module)
    variables = _variables(module, layout)
    _finish(module, arch)
    _check_undefined(module, arch)
    forget_records(module, parameters)
    first = max(module.metadata, default=-1) + 1
    return write_module(module) + "\n" + entry_text(formed, variables, " ".join(attribute_texts(arch)), first)


def _model(kernel: Function, fibers: set[str]) -> int:
    if kernel.name in fibers:
        return entry_points.MODEL_FIBER
    if not any(isinstance(i, Call) and i.callee_name == SUSPEND for i in kernel.instructions()):
        return entry_points.MODEL_LOOP
    return entry_points.MODEL_FIBER if _has_dynamic_alloca(kernel) else entry_points.MODEL_COROUTINE


def _has_dynamic_alloca(kernel: Function) -> bool:
    """Whether the kernel allocates memory of variable size: a coroutine's frame has one size."""
    return any(isinstance(i, Alloca) and (i.parent is not kernel.entry or not isinstance(i.count, ConstantInt | None))
               for i in kernel.instructions())  # fmt: skip


def _form(module: Module, kernel: Function, record: Kernel) -> Kernel:
    """Give the kernel's function the form of its model and the name that the entry point calls."""
    kernel.calling_convention, kernel.linkage, kernel.visibility, kernel.dso_local = "", "internal", "", ""
    kernel.comdat = None
    place_warp_memory(module, kernel, in_loop=record.model == entry_points.MODEL_LOOP)
    if record.model == entry_points.MODEL_LOOP:
        record = replace(record, parameters=share_read_only_structs(kernel, record.parameters))
        record = replace(record, access_group=mark_parallel_accesses(module, kernel))
        kernel.set_attribute("alwaysinline")
    elif record.model == entry_points.MODEL_COROUTINE:
        make_coroutine(module, kernel, record.parameters)
    else:
        make_fiber(module, kernel, record.parameters)
    module.rename(kernel, record.body)
    return record


def _max_threads(kernel: Function) -> int:
    bounds = kernel.attribute("nvvm.maxntid")
    total = 1
    for number in re.findall(r"\d+", bounds or ""):
        total *= int(number)
    return total if bounds else _MAX_THREADS


def _variables(module: Module, layout: DataLayout) -> list[Variable]:
    return [
        Variable(name, _generic(v), layout.size(v.value_type), _variable_kind(module, v))
        for name, v in module.globals.items()
        if not v.is_declaration and (v.externally_initialized or not v.is_local) and not name.startswith("llvm.")
    ]


def _variable_kind(module: Module, variable: GlobalVariable) -> int:
    if SLOT_PREFIX + variable.name in module.globals:
        return entry_points.VARIABLE_MANAGED
    return entry_points.VARIABLE_CONSTANT if variable.address_space == _CONSTANT_SPACE else entry_points.VARIABLE_DEVICE


def _generic(variable: GlobalVariable) -> str:
    return f"addrspacecast ({variable.type} {variable} to ptr)" if variable.address_space else str(variable)


def _finish(module: Module, arch: archs.Arch) -> None:
    """Target attributes; nothing but the code object's table stays visible."""
    module.triple, module.datalayout = arch.triple, arch.datalayout
    set_target_attributes(module, arch)
    for name, variable in list(module.globals.items()):
        if name in ("llvm.compiler.used", "llvm.used"):
            module.remove(variable)
            continue
        if variable.externally_initialized:
            variable.is_constant = False  # the host writes `__constant__` memory
        if not variable.is_declaration and not name.startswith("llvm.") and not variable.is_local:
            variable.linkage, variable.comdat, variable.visibility, variable.dso_local = "internal", None, "", ""


def _check_undefined(module: Module, arch: archs.Arch) -> None:
    symbols = library_symbols("", arch) | library_symbols("runtime-", arch)
    used = set().union(*CallGraph(module).callees.values())
    missing = sorted(n for n in used if module.functions[n].is_declaration and not n.startswith("llvm.") and n not in symbols)
    if missing:
        hint = "" if all(name.startswith(("__nvvm.", "__cw.")) for name in missing) else ELSEWHERE
        raise unsupported(f"{', '.join(dict.fromkeys(map(describe, missing)))} on the CPU", "CW3004", hint=hint)


