"""Turns the named atomics, fences and cache-hinted accesses into instructions.

A CPU is coherent, so a cache hint is a plain access (`cv`, "do not cache", is volatile) and a scope is only a bound on who
may notice: one OS thread runs a whole block, so an atomic on memory that is certainly shared memory needs no `lock`.

Before: `%o = call i32 @__cw.atom.add.relaxed.gpu.i32(ptr %p, i32 1)`
After:  `%o = atomicrmw add ptr %p, i32 1 monotonic`
        or, on shared memory: `%o = load i32, ptr %p`, `%n = add i32 %o, 1`, `store i32 %n, ptr %p`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import (
    AtomicRMW,
    Call,
    CmpXchg,
    Compare,
    Fence,
    Indexed,
    Instruction,
    Load,
    MemoryAccess,
    Store,
)
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.scoped_atomics import replace_access
from crosswarp.ir.types import I1, FloatType, IntType, StructType, Type, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.passes.pointers import is_shared_memory

_ORDERS = {"relaxed": "monotonic", "acquire": "acquire", "release": "release", "acq_rel": "acq_rel", "seq_cst": "seq_cst"}
_RMW = {"add": "add", "sub": "sub", "exch": "xchg", "min": "min", "max": "max", "inc": "uinc_wrap", "dec": "udec_wrap",
        "and": "and", "or": "or", "xor": "xor"}  # fmt: skip
_PLAIN_BINARY = frozenset({"add", "sub", "fadd", "fsub", "and", "or", "xor"})


@dataclass(frozen=True)
class LowerAtomics(Pass):
    """Named operations on memory become instructions."""

    name: ClassVar[str] = "lower-atomics"
    establishes: ClassVar[frozenset[str]] = frozenset({"atomic-instructions"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite every call of a `__cw.atom.*`, `__cw.fence.*`, `__cw.ld.*`, `__cw.st.*` operation."""
        for function in module.definitions():
            if function.body_text is None or "syncscope(" in function.body_text:
                _drop_scopes(function)
        for name, function in list(module.functions.items()):
            if not name.startswith(("__cw.atom.", "__cw.fence.", "__cw.ld.", "__cw.st.")):
                continue
            for call in module.calls_to(function):
                _lower(call, name.split(".")[1:])


def _drop_scopes(function: Function) -> None:
    """LLVM knows no scopes on CPUs but one thread; with an unknown scope it leaves fences out."""
    for instruction in function.instructions():
        if isinstance(instruction, MemoryAccess | Fence) and instruction.syncscope != "singlethread":
            instruction.syncscope = ""


def _lower(call: Call, parts: list[str]) -> None:
    assert call.parent is not None and call.function is not None
    if parts[0] == "fence":
        _replace(call, [Fence(_ORDERS[parts[1]])])
    elif parts[0] == "ld":
        volatile = ("volatile",) if parts[1] == "cv" else ()
        _replace(call, [Load(call.type, call.arguments[0], align=natural_align(call.type), flags=volatile)])
    elif parts[0] == "st":
        pointer, value = call.arguments
        _replace(call, [Store(value, pointer, align=natural_align(value.type))])
    elif parts[1] in ("load", "store"):
        replace_access(call, _ORDERS[parts[2]], "")
    elif parts[1] == "cas":
        _replace(call, _compare_and_swap(call, _ORDERS[parts[2]]))
    elif not _is_narrow_sum(call) or is_shared_memory(call.arguments[0]):
        _replace(call, _read_modify_write(call, _operation(parts[1], parts[4], call.type), _ORDERS[parts[2]]))


def _is_narrow_sum(call: Call) -> bool:
    """Whether the device library adds: LLVM's loop around 16-bit floats carries what it read through a float, which makes a
    signalling NaN quiet, never finds that in memory, and does not end.
    """
    kind = call.type.element if isinstance(call.type, VectorType) else call.type
    return isinstance(kind, FloatType) and kind.bits == 16


def natural_align(kind: Type) -> int:
    """The alignment CUDA's built-in type of this size has, in bytes."""
    return bits(kind) // 8


def bits(kind: Type) -> int:
    """Size of an integer, floating-point or vector type."""
    if isinstance(kind, VectorType):
        return kind.count * bits(kind.element)
    assert isinstance(kind, IntType | FloatType)
    return kind.bits


def _operation(name: str, kind: str, value_type: Type) -> str:
    """LLVM's `atomicrmw` word."""
    operation = _RMW[name]
    if operation in ("min", "max") and kind.startswith("u"):
        return "u" + operation
    scalar = value_type.element if isinstance(value_type, VectorType) else value_type
    return "f" + operation if isinstance(scalar, FloatType) and operation in ("add", "sub", "min", "max") else operation


def _read_modify_write(call: Call, operation: str, order: str) -> list[Instruction]:
    pointer, value = call.arguments
    if is_shared_memory(pointer):
        plain = _plain(operation, pointer, value)
        if plain:
            return plain
    return [AtomicRMW(operation, pointer, value, order, align=natural_align(value.type))]


def _plain(operation: str, pointer: Value, value: Value) -> list[Instruction]:
    """The same without atomicity, the load of the old value first; empty when there is no short form."""
    align = natural_align(value.type)
    old = Load(value.type, pointer, align=align)
    if operation == "xchg":
        return [old, Store(value, pointer, align=align)]
    if operation in _PLAIN_BINARY:
        new = Instruction(operation, value.type, [old, value])
        return [old, new, Store(new, pointer, align=align)]
    if operation in ("min", "max", "umin", "umax"):
        predicate = {"min": "slt", "max": "sgt", "umin": "ult", "umax": "ugt"}[operation]
        test = Compare("icmp", I1, predicate, old, value)
        new = Instruction("select", value.type, [test, old, value])
        return [old, test, new, Store(new, pointer, align=align)]
    return []


def _compare_and_swap(call: Call, order: str) -> list[Instruction]:
    pointer, expected, desired = call.arguments
    align = natural_align(expected.type)
    if is_shared_memory(pointer) and bits(expected.type) <= 64:
        old = Load(expected.type, pointer, align=align)
        equal = Compare("icmp", I1, "eq", old, expected)
        new = Instruction("select", expected.type, [equal, desired, old])
        return [old, equal, new, Store(new, pointer, align=align)]
    failure = {"release": "monotonic", "acq_rel": "acquire"}.get(order, order)
    pair = CmpXchg(StructType((expected.type, I1)), [pointer, expected, desired], order, failure, align=align)
    return [Indexed("extractvalue", expected.type, [pair], (0,)), pair][::-1]


def _replace(call: Call, instructions: list[Instruction]) -> None:
    """Put `instructions` where the call is; the value of the call is that of the load, or else of the last one."""
    block, function = call.parent, call.function
    assert block is not None and function is not None
    for instruction in instructions:
        block.insert_before(instruction, call)
    if call.type.is_first_class():
        loads = [i for i in instructions if isinstance(i, Load)]
        function.replace_all_uses(call, loads[0] if loads else instructions[-1])
    call.erase()



