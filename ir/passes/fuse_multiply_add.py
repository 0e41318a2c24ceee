"""Decides once, for every target, which products and sums are one fused operation.

CUDA allows `a * b + c` to be fused, and clang marks such operations `contract`: each backend then fuses what it likes, and
results differ from target to target in the last bit. Here a product that only feeds a sum of the same block is fused, and the
mark goes from everything else, so nobody decides anew. Operations with all of `fast` keep it.

    %m = fmul contract float %a, %b
    %s = fadd contract float %m, %c      ->  %s = call float @llvm.fma.f32(float %a, float %b, float %c)
    %d = fsub contract float %c, %m      ->  %n = fneg float %a ; %d = call float @llvm.fma.f32(float %n, float %b, float %c)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import FloatType, FunctionType, Type, VectorType
from crosswarp.ir.values import Value

_ATTRIBUTES = ("nocallback", "nofree", "nosync", "nounwind", "speculatable", "willreturn", "memory(none)")


@dataclass(frozen=True)
class FuseMultiplyAdd(Pass):
    """`contract` products and sums become `llvm.fma`; no `contract` flag remains."""

    name: ClassVar[str] = "fuse-multiply-add"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-contract"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Functions without the flag are not even read."""
        for function in module.definitions():
            if function.body_text is None or " contract " in function.body_text:
                _fuse(module, function)
        for fused in [f for f in module.functions.values() if f.name.startswith("llvm.fmuladd.")]:
            fma = module.declare("llvm.fma" + fused.name[len("llvm.fmuladd"):], fused.function_type, _ATTRIBUTES)
            module.replace_all_uses(fused, fma)
            module.remove(fused)


def _fuse(module: Module, function: Function) -> None:
    uses = Counter(id(operand) for block in function.blocks for i in block.instructions for operand in i.operands
                   if isinstance(operand, Instruction) and operand.opcode == "fmul")
    replaced: dict[Value, Value] = {}
    for block in function.blocks:
        for instruction in list(block.instructions):
            if instruction.opcode in ("fadd", "fsub") and "contract" in instruction.flags:
                product = next((o for o in instruction.operands if _fusible(o, instruction, uses)), None)
                if isinstance(product, Instruction):
                    replaced[instruction] = _fused(module, instruction, product)
    for block in function.blocks:
        block.instructions = [i for i in block.instructions if i not in replaced]
        for instruction in block.instructions:
            if "contract" in instruction.flags:
                instruction.flags = tuple(f for f in instruction.flags if f != "contract")
            if replaced:
                instruction.operands = [replaced.get(o, o) if isinstance(o, Instruction) else o for o in instruction.operands]


def _fusible(operand: Value, user: Instruction, uses: Counter[int]) -> bool:
    return (isinstance(operand, Instruction) and operand.opcode == "fmul" and "contract" in operand.flags
            and operand.parent is user.parent and uses[id(operand)] == 1)


def _fused(module: Module, user: Instruction, product: Instruction) -> Call:
    """The fused operation in front of `user`; the product goes."""
    assert user.parent is not None
    builder = Builder(user.parent, user)
    left, right = product.operands
    product_first = user.operands[0] is product
    addend = user.operands[1 if product_first else 0]
    if user.opcode == "fsub":
        if product_first:
            addend = builder.unary("fneg", addend)
        else:
            left = builder.unary("fneg", left)
    kind = user.type
    fma = module.declare(f"llvm.fma.{mangled(kind)}", FunctionType(kind, (kind, kind, kind)), _ATTRIBUTES)
    call = builder.call(fma, [left, right, addend], user.name)
    call.flags = tuple(f for f in user.flags if f != "contract")
    product.erase()
    return call


def mangled(kind: Type) -> str:
    """LLVM's suffix of an overloaded intrinsic: `f32`, `bf16`, `v2f64`."""
    if isinstance(kind, VectorType):
        return f"v{kind.count}{mangled(kind.element)}"
    assert isinstance(kind, FloatType)
    return {"half": "f16", "bfloat": "bf16", "float": "f32", "double": "f64"}[kind.kind]
