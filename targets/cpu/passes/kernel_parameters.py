"""Where a launch finds the parameters of a kernel: offsets in the buffer that the shim fills (`cw_cpu_launch.params`).

Parameters lie one behind the other at their natural alignment, as in CUDA's own parameter space. A struct that is passed
by value (`ptr byval(%S)`) lies there itself; a kernel that changes its copy, or lets its address escape, gets a private one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crosswarp.ir.attributes import alignment, attribute_type
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Alloca, Call, GetElementPtr, Instruction, Load
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.types import I1, I8, I64, PTR, VOID, FunctionType, Type
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Argument, Value
from crosswarp.targets.cpu.passes.substitution import substitute


@dataclass(frozen=True)
class KernelParameter:
    """One parameter: what lies in the buffer at `offset`. Bytes.

    `by_value`: the kernel gets its address; `shared`: nobody changes it, so that all threads may use the one in the buffer.
    """

    type: Type
    offset: int
    size: int
    align: int
    by_value: bool
    shared: bool = False


def kernel_parameters(function: Function, layout: DataLayout) -> list[KernelParameter]:
    """Parameters of a kernel as clang declares it, without the context argument."""
    result: list[KernelParameter] = []
    end = 0
    for argument in function.arguments:
        by_value = attribute_type(argument.attributes, "byval")
        kind = by_value or argument.type
        align = layout.align(kind)
        if by_value is not None:
            align = max(align, alignment(argument.attributes) or 1)
        offset = (end + align - 1) // align * align
        result.append(KernelParameter(kind, offset, layout.size(kind), align, by_value is not None))
        end = offset + layout.size(kind)
    return result


def share_read_only_structs(function: Function, parameters: Sequence[KernelParameter]) -> list[KernelParameter]:
    """Let the kernel (context argument first) use structs that it only reads where they lie."""
    result, uses = [], function.use_map()
    for parameter, argument in zip(parameters, function.arguments[1:], strict=True):
        shared = parameter.by_value and only_read(uses, argument)
        if shared:
            # Not `noalias`: what inlining makes of it stops the vectorisation of marked accesses (passes/thread_loops.py).
            argument.attributes = ["readonly", f"align {parameter.align}"]
        result.append(replace(parameter, shared=shared))
    return result


def load_parameters(module: Module, block: Block, buffer: Value, parameters: Sequence[tuple[KernelParameter, Argument]]) -> None:
    """Append loads from `buffer` to `block` and use them, in the block's function, for the arguments."""
    function = block.parent
    assert function is not None
    replacements: dict[int, Value] = {}
    uses = function.use_map()
    for parameter, argument in parameters:
        address = block.append(GetElementPtr(PTR, I8, [buffer, ConstantInt(I64, parameter.offset)], ("inbounds",)))
        if not parameter.by_value:
            replacements[id(argument)] = block.append(Load(parameter.type, address, align=parameter.align))
        elif only_read(uses, argument):
            replacements[id(argument)] = address
        else:
            replacements[id(argument)] = _private_copy(module, function, block, address, parameter)
    substitute(function, replacements)


def _private_copy(module: Module, function: Function, block: Block, address: Value, parameter: KernelParameter) -> Value:
    copy = Alloca(parameter.type, align=parameter.align)
    copy.parent = function.entry
    function.entry.instructions.insert(0, copy)
    kind = FunctionType(VOID, (PTR, PTR, I64, I1))
    memcpy = module.declare("llvm.memcpy.p0.p0.i64", kind)
    block.append(Call(kind, memcpy, [copy, address, ConstantInt(I64, parameter.size), ConstantInt(I1, 0)]))
    return copy


def only_read(uses: UseMap, pointer: Value) -> bool:
    """Whether nothing is written through the address and it goes nowhere else; `uses` are those of its function."""
    work = [pointer]
    while work:
        for use in uses.of(work.pop()):
            user = use.user
            if isinstance(user, GetElementPtr) or (isinstance(user, Instruction) and user.opcode == "addrspacecast"):
                work.append(user)
            elif not isinstance(user, Load) and not _is_copy_source(user, use.index):
                return False
    return True


def _is_copy_source(user: object, index: int) -> bool:
    return isinstance(user, Call) and (user.callee_name or "").startswith("llvm.memcpy.") and index == 2
