"""Places shared variables in the block's shared memory.

CUDA gives each block its own copy of a `__shared__` variable, so it cannot stay a global: it becomes an offset from the
block's shared memory. An offset holds for the whole module, because functions may be shared by kernels; variables that no
kernel uses together may overlap, so a kernel is charged for little more than what it uses. `extern __shared__` arrays lie
behind the kernel's static variables.

Before: `store float %x, ptr addrspacecast (ptr addrspace(3) @tile to ptr)`
After:  `%shared = call ptr @__cwcpu.shared(ptr %cw.thread)`, `%tile = getelementptr i8, ptr %shared, i64 64`,
        `store float %x, ptr %tile`
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crosswarp.ir.constants import Constant, ConstantExpr, ConstantInt
from crosswarp.ir.function import Block, Function
from crosswarp.ir.globals import GlobalValue, GlobalVariable
from crosswarp.ir.instructions import Call, GetElementPtr, Instruction, Phi
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.types import I8, I64, PTR, FunctionType, PointerType
from crosswarp.ir.values import Value
from crosswarp.support.diagnostics import unsupported
from crosswarp.targets.cpu.operations import DYNAMIC_SHARED, SHARED
from crosswarp.targets.cpu.passes.force_inline import is_kernel
from crosswarp.targets.cpu.passes.pointers import SHARED_SPACE
from crosswarp.targets.cpu.passes.references import CallGraph, globals_in, mentioned_names

MIN_ALIGN = 16


@dataclass
class SharedLayout:
    """Where shared variables lie. Bytes; `size` and `align` are per kernel."""

    offsets: dict[str, int] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=dict)
    align: dict[str, int] = field(default_factory=dict)


def place_shared_memory(module: Module, layout: DataLayout) -> SharedLayout:
    """Choose offsets, rewrite all uses, remove the variables. Functions that use them must have the context argument."""
    variables = {name: v for name, v in module.globals.items() if v.address_space == SHARED_SPACE}
    _reject_shared_addresses(module)
    result = _choose_offsets(module, variables, layout)
    for function in list(module.definitions()):
        if mentioned_names(module, function) & variables.keys():
            _Rewriter(module, function, result).run()
    for variable in variables.values():
        module.remove(variable)
    return result


def is_dynamic(variable: GlobalVariable, layout: DataLayout) -> bool:
    """Whether this is an `extern __shared__` array."""
    return variable.is_declaration or layout.size(variable.value_type) == 0


def _reject_shared_addresses(module: Module) -> None:
    for variable in module.globals.values():
        if variable.initializer is not None and any(g.address_space == SHARED_SPACE for g in globals_in(variable.initializer)):
            raise unsupported(f"address of shared memory in the initialiser of '{variable.name}'", "CW3003")


def _choose_offsets(module: Module, variables: dict[str, GlobalVariable], layout: DataLayout) -> SharedLayout:
    graph = CallGraph(module)
    used = {n: {v for f in graph.reachable(n) if f in graph.callees for v in mentioned_names(module, module.functions[f])}
            & variables.keys() for n in graph.callees if is_kernel(module.functions[n])}  # fmt: skip
    result = SharedLayout()
    spans: dict[str, tuple[int, int]] = {}
    for name, variable in variables.items():
        if is_dynamic(variable, layout):
            continue
        together = set().union(*(names for names in used.values() if name in names))
        size, align = layout.size(variable.value_type), _align(variable, layout)
        spans[name] = _first_gap(size, align, sorted(span for other, span in spans.items() if other in together))
        result.offsets[name] = spans[name][0]
    for kernel, names in used.items():
        aligns = [_align(variables[name], layout) for name in names]
        result.align[kernel] = max([MIN_ALIGN, *aligns])
        end = max([spans[name][1] for name in names if name in spans], default=0)
        result.size[kernel] = _round_up(end, result.align[kernel]) if end else 0
    return result


def _align(variable: GlobalVariable, layout: DataLayout) -> int:
    return variable.align or layout.align(variable.value_type)


def _round_up(value: int, unit: int) -> int:
    return (value + unit - 1) // unit * unit


def _first_gap(size: int, align: int, taken: list[tuple[int, int]]) -> tuple[int, int]:
    start = 0
    for begin, end in taken:
        if start + size <= begin:
            break
        start = max(start, _round_up(end, align))
    return start, start + size


class _Rewriter:
    """Replaces the shared variables in one function."""

    def __init__(self, module: Module, function: Function, layout: SharedLayout) -> None:
        self.module, self.function, self.layout = module, function, layout
        self.addresses: dict[str, Value] = {}
        self.entry: list[Instruction] = []

    def run(self) -> None:
        """Rewrite every operand; the base addresses are computed at the function's start."""
        for block in list(self.function.blocks):
            for instruction in list(block.instructions):
                self._rewrite(instruction, block)
        first = self.function.entry
        for instruction in self.entry:
            instruction.parent = first
        at = next(i for i, instruction in enumerate(first.instructions) if instruction.opcode != "alloca")
        first.instructions[at:at] = self.entry

    def _rewrite(self, instruction: Instruction, block: Block) -> None:
        for index, operand in enumerate(instruction.operands):
            if not any(g.address_space == SHARED_SPACE for g in globals_in(operand)):
                continue
            if isinstance(instruction, Phi):
                source = instruction.operands[index + 1]
                assert isinstance(source, Block) and source.terminator is not None
                instruction.operands[index] = self._expand(operand, source, source.terminator)
            else:
                instruction.operands[index] = self._expand(operand, block, instruction)

    def _expand(self, value: Value, block: Block, before: Instruction) -> Value:
        """`value` with shared variables replaced; constant expressions around them become instructions."""
        if isinstance(value, GlobalVariable) and value.address_space == SHARED_SPACE:
            return self._in_space(self._address(value), block, before)
        if not isinstance(value, Constant) or isinstance(value, GlobalValue):
            return value
        if not any(g.address_space == SHARED_SPACE for g in globals_in(value)):
            return value
        if not isinstance(value, ConstantExpr):
            raise unsupported("address of shared memory inside a constant aggregate", "CW3003")
        if value.opcode == "addrspacecast" and isinstance(value.operands[0], GlobalVariable) and value.type is PTR:
            return self._address(value.operands[0])
        operands = [self._expand(part, block, before) for part in value.operands]
        if value.opcode == "getelementptr":
            assert value.source_type is not None
            flags = tuple(flag for flag in value.flags if flag in ("inbounds", "nuw", "nusw"))
            return block.insert_before(GetElementPtr(operands[0].type, value.source_type, operands, flags), before)
        return block.insert_before(Instruction(value.opcode, value.type, operands, flags=value.flags), before)

    def _in_space(self, address: Value, block: Block, before: Instruction) -> Value:
        return block.insert_before(Instruction("addrspacecast", PointerType(SHARED_SPACE), [address]), before)

    def _address(self, variable: GlobalVariable) -> Value:
        offset = self.layout.offsets.get(variable.name)
        key = variable.name if offset is not None else DYNAMIC_SHARED
        if key not in self.addresses:
            base = self._base(SHARED if offset is not None else DYNAMIC_SHARED)
            if offset:
                base = GetElementPtr(PTR, I8, [base, ConstantInt(I64, offset)], ("inbounds",))
                self.entry.append(base)
            self.addresses[key] = base
        return self.addresses[key]

    def _base(self, operation: str) -> Instruction:
        name = f"({operation})"
        found = self.addresses.get(name)
        if found is None:
            accessor = self.module.declare(operation, FunctionType(PTR, (PTR,)))
            found = self.addresses[name] = Call(accessor.function_type, accessor, [self.function.arguments[0]])
            self.entry.append(found)
        assert isinstance(found, Instruction)
        return found
