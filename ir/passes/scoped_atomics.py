"""Turns named atomics and fences into LLVM's instructions with the target's scopes.

clang drops scope and order of CUDA's atomics for NVPTX, so the headers call functions whose names carry them. The scope names
are the target's; metadata that promises device-local memory lets LLVM choose native instructions.

    %o = call float @__cw.atom.add.relaxed.gpu.f32(ptr %p, float %v)
    ->  %o = atomicrmw fadd ptr %p, float %v syncscope("agent") monotonic, align 4, !amdgpu.no.fine.grained.memory !5
    call void @__cw.fence.seq_cst.cta()   ->   fence syncscope("workgroup") seq_cst

Operations on vectors and on 128 bits stay calls: the device library defines them where they exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import AtomicRMW, Call, CmpXchg, Fence, Indexed, Instruction, Load, Store
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.calls import calls_of
from crosswarp.ir.types import I1, FloatType, IntType, StructType, Type, VectorType
from crosswarp.ir.values import Metadata, Value

_ORDERS = {"relaxed": "monotonic", "acquire": "acquire", "release": "release", "acq_rel": "acq_rel", "seq_cst": "seq_cst"}
# A failed compare-and-swap only loads: its order is the success order without the release part.
_FAILURE_ORDERS = {"monotonic": "monotonic", "acquire": "acquire", "release": "monotonic", "acq_rel": "acquire",
                   "seq_cst": "seq_cst"}
_OPERATIONS = {"add": "add", "sub": "sub", "exch": "xchg", "min": "min", "max": "max", "inc": "uinc_wrap", "dec": "udec_wrap",
               "and": "and", "or": "or", "xor": "xor"}
_ATOMIC, _FENCE = "__cw.atom.", "__cw.fence."


@dataclass(frozen=True)
class ScopedAtomics(Pass):
    """`scopes`: CUDA's `cta gpu sys` to LLVM's names ("" is the whole system). `local_metadata`: kinds put on atomics of block
    and device scope; those in `float_metadata` on floating-point additions only.
    """

    scopes: tuple[tuple[str, str], ...]
    local_metadata: tuple[str, ...] = ()
    float_metadata: tuple[str, ...] = ()
    name: ClassVar[str] = "scoped-atomics"
    establishes: ClassVar[frozenset[str]] = frozenset({"atomic-instructions"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Replace the calls of every named atomic and fence."""
        named = [f for f in module.functions.values() if f.name.startswith((_ATOMIC, _FENCE)) and not _stays_call(f)]
        if not named:
            return
        empty = module.add_metadata("!{}")
        for function, calls in calls_of(module, named, _ATOMIC, _FENCE).items():
            for call in calls:
                self._replace(call, function.name.split(".")[1:], empty)
            module.remove(function)

    def _replace(self, call: Call, parts: list[str], empty: Metadata) -> None:
        assert call.parent is not None
        builder = Builder(call.parent, call)
        scopes = dict(self.scopes)
        if parts[0] == "fence":
            builder.insert(Fence(_ORDERS[parts[1]], scopes[parts[2]]))
            call.erase()
            return
        operation, order, scope = parts[1], _ORDERS[parts[2]], scopes[parts[3]]
        if operation in ("load", "store"):
            replace_access(call, order, scope)
            return
        kind = call.type
        assert isinstance(kind, IntType | FloatType)
        if operation == "cas":
            new: Instruction = _compare_and_swap(builder, call, order, scope)
        else:
            word = _word(operation, parts[4], kind)
            pointer, value = call.arguments
            new = AtomicRMW(word, pointer, value, order, syncscope=scope, align=kind.bits // 8)
        if parts[3] != "sys":
            kinds = self.local_metadata + (self.float_metadata if kind.text == "float" else ())
            new.metadata.update(dict.fromkeys(kinds, empty))
        builder.insert(new)
        result: Value = new
        if operation == "cas":
            result = builder.insert(Indexed("extractvalue", kind, [new], (0,)))
        result.name = call.name
        assert call.function is not None
        call.function.replace_all_uses(call, result)
        call.erase()


def replace_access(call: Call, order: str, scope: str) -> None:
    """Put an atomic load or store of an integer in the place of its named operation."""
    assert call.parent is not None and call.function is not None
    builder, pointer = Builder(call.parent, call), call.arguments[0]
    if len(call.arguments) > 1:
        value = call.arguments[1]
        assert isinstance(value.type, IntType)
        builder.insert(Store(value, pointer, align=value.type.bits // 8, ordering=order, syncscope=scope))
    else:
        assert isinstance(call.type, IntType)
        loaded = builder.insert(Load(call.type, pointer, align=call.type.bits // 8, ordering=order, syncscope=scope))
        call.function.replace_all_uses(call, loaded)
    call.erase()


def _stays_call(function: Function) -> bool:
    kind = function.return_type
    return isinstance(kind, VectorType) or (isinstance(kind, IntType) and kind.bits > 64)


def _word(operation: str, suffix: str, kind: Type) -> str:
    word = _OPERATIONS[operation]
    if isinstance(kind, FloatType) and word in ("add", "sub", "min", "max"):
        return f"f{word}"
    return f"u{word}" if suffix.startswith("u") and word in ("min", "max") else word


def _compare_and_swap(builder: Builder, call: Call, order: str, scope: str) -> CmpXchg:
    pointer, expected, desired = call.arguments
    assert isinstance(call.type, IntType)
    pair = StructType((call.type, I1))
    align = call.type.bits // 8
    return CmpXchg(pair, [pointer, expected, desired], order, _FAILURE_ORDERS[order], syncscope=scope, align=align)
