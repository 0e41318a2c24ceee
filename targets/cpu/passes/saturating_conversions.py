"""Conversions from floating point to integers saturate, as they do on GPUs.

In LLVM an out-of-range `fptosi` is poison, and an x86 processor gives the smallest integer; PTX and AMD GPUs give the
nearest bound, and 0 for NaN, and programs rely on it. Narrow integers are converted by way of 32 bits, as in PTX.

Before: `%i = fptosi float %x to i32`, `%b = fptoui float %x to i8`
After:  `%i = call i32 @llvm.fptosi.sat.i32.f32(float %x)`,
        `%w = call i32 @llvm.fptoui.sat.i32.f32(float %x)`, `%b = trunc i32 %w to i8`
"""

from __future__ import annotations

from crosswarp.ir.builder import Builder
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.types import FloatType, FunctionType, IntType, Type, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.passes.substitution import substitute

_SHORT = {"half": "f16", "bfloat": "bf16", "float": "f32", "double": "f64"}
_NARROWEST = 32


def saturate_conversions(module: Module) -> None:
    """Rewrite every `fptosi` and `fptoui` but those to `i1`."""
    for function in module.definitions():
        text = function.body_text
        if text is None or "fptosi " in text or "fptoui " in text:
            _rewrite(module, function)


def _rewrite(module: Module, function: Function) -> None:
    replacements: dict[int, Value] = {}
    for instruction in function.instructions():
        if instruction.opcode in ("fptosi", "fptoui") and _element(instruction.type).text != "i1":
            replacements[id(instruction)] = _saturating(module, instruction)
    substitute(function, replacements)


def _element(kind: Type) -> Type:
    return kind.element if isinstance(kind, VectorType) else kind


def _resized(kind: Type, bits: int) -> Type:
    return VectorType(kind.count, IntType(bits)) if isinstance(kind, VectorType) else IntType(bits)


def _spelled(kind: Type) -> str:
    """A type as it stands in an intrinsic's name."""
    if isinstance(kind, VectorType):
        return f"v{kind.count}{_spelled(kind.element)}"
    return _SHORT[kind.kind] if isinstance(kind, FloatType) else str(kind)


def _saturating(module: Module, old: Instruction) -> Value:
    assert old.parent is not None
    element = _element(old.type)
    assert isinstance(element, IntType)
    source = old.operands[0]
    wide = _resized(old.type, max(element.bits, _NARROWEST))
    name = f"llvm.{old.opcode}.sat.{_spelled(wide)}.{_spelled(source.type)}"
    builder = Builder(old.parent, old)
    value: Value = builder.call(module.declare(name, FunctionType(wide, (source.type,))), [source])
    return value if wide is old.type else builder.cast("trunc", value, old.type)
