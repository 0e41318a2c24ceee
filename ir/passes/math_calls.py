"""Sends mathematical functions to the device math library.

LLVM's backends cannot lower most of them (`llvm.sin.f64` on AMD GPUs, nearly all on NVIDIA's), or lower them to the raw
hardware instruction, which is less accurate than CUDA promises. It must happen before optimisation: LLVM makes new ones.
Types without a library function are computed in `float`; vectors element by element.

    %r = call double @llvm.sin.f64(double %x)     ->  %r = call double @__cw.math.sin.f64(double %x)
    %r = frem float %a, %b                        ->  %r = call float @__cw.math.fmod.f32(float %a, float %b)
    %r = call afn float @llvm.exp.f32(float %x)   ->  %r = call float @__cw.math.exp.fast.f32(float %x)
    %r = call double @hypot(double %x, double %y) ->  %r = call double @__cw.math.hypot.f64(double %x, double %y)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import poison
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.calls import calls_of
from crosswarp.ir.types import DOUBLE, FLOAT, VOID, FloatType, FunctionType, IntType, StructType, Type, VectorType
from crosswarp.ir.values import Value

_UNARY = ["acos", "asin", "atan", "cos", "cosh", "exp", "exp10", "exp2", "log", "log10", "log2", "sin", "sinh", "tan", "tanh"]
_BINARY = ["atan2", "pow"]
_FAST = frozenset(["cos", "exp", "exp10", "log", "log10", "log2", "pow", "sin", "tan", "tanh"])
_ROUND_TO_INTEGER = {"lrint": "rint", "llrint": "rint", "lround": "round", "llround": "round"}
_INTRINSIC = re.compile(r"llvm\.(" + "|".join(sorted(
    [*_UNARY, *_BINARY, *_ROUND_TO_INTEGER, "powi", "sincos", "modf", "ldexp", "frexp"], key=len, reverse=True)) + r")\.")
# What clang calls for `__builtin_hypot` and its like, by C's names, and where another one does the same.
_OF_C = {"scalbn": "ldexp", **{name: name for name in (
    "acosh", "asinh", "atanh", "cbrt", "erf", "erfc", "expm1", "hypot", "lgamma", "log1p", "logb", "nextafter", "remainder",
    "tgamma")}}  # fmt: skip
_ATTRIBUTES = ("nounwind", "willreturn", "nosync", "nofree", "memory(none)")
_BY_POINTER = ("nounwind", "willreturn", "nosync", "nofree")


@dataclass(frozen=True)
class MathCalls(Pass):
    """Mathematical intrinsics and `frem` become calls of `__cw.math.*`. `keep` names intrinsics the backend does well."""

    keep: frozenset[str] = frozenset({"ldexp", "frexp"})
    name: ClassVar[str] = "math-calls"
    establishes: ClassVar[frozenset[str]] = frozenset({"library-math"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite every call of a known intrinsic, and every `frem`."""
        matches = ((function, _INTRINSIC.match(function.name)) for function in module.functions.values())
        names = {function: match[1] for function, match in matches if match and match[1] not in self.keep}
        names |= {function: name for function in module.functions.values() if (name := _c_function(function))}
        markers = {f"@{function.name}(" for function in names}
        for replaced, calls in calls_of(module, names, *markers).items():
            for call in calls:
                _Replacement(module, call).intrinsic(names[replaced])
            if replaced.name.startswith("llvm.") or not _is_mentioned(module, replaced):
                module.remove(replaced)
        for function in module.definitions():
            if function.body_text is None or "frem " in function.body_text:
                for instruction in function.instructions():
                    if instruction.opcode == "frem":
                        _Replacement(module, instruction).elementwise("fmod", instruction.operands)


def _c_function(function: Function) -> str:
    """The library's name of a function of C that is declared as C declares it, else nothing."""
    kind = function.function_type.result
    name = function.name.removesuffix("f") if kind is FLOAT and function.name not in _OF_C else function.name
    return _OF_C.get(name, "") if function.is_declaration and kind in (FLOAT, DOUBLE) else ""


def _is_mentioned(module: Module, function: Function) -> bool:
    """Whether a body uses the function, which may be by its address."""
    return any(function in i.operands for user in module.functions_mentioning(function) for i in user.instructions())


def _suffix(kind: Type) -> str:
    return "f64" if kind is DOUBLE else "f32"


class _Replacement:
    """Builds the replacement of one instruction in front of it."""

    def __init__(self, module: Module, old: Instruction) -> None:
        assert old.parent is not None
        self.module, self.old = module, old
        self.builder = Builder(old.parent, old)
        self.fast = "afn" in old.flags or "fast" in old.flags

    def intrinsic(self, name: str) -> None:
        """Replace the call of `llvm.<name>.*`."""
        assert isinstance(self.old, Call)
        arguments = self.old.arguments
        if name in _ROUND_TO_INTEGER:
            self._finish(self._to_integer(_ROUND_TO_INTEGER[name], arguments[0], self.old.type))
        elif name in ("sincos", "modf", "frexp"):
            self._finish(self._two_results(name, arguments[0]))
        elif name == "powi":
            power = self._scalar_power(arguments[0], arguments[1])
            self._finish(power)
        else:
            self.elementwise(name, arguments)

    def elementwise(self, name: str, arguments: list[Value]) -> None:
        """The same function for each element of the arguments."""
        kind = self.old.type
        if not isinstance(kind, VectorType):
            self._finish(self._scalar(name, arguments))
            return
        result: Value = poison(kind)
        for index in range(kind.count):
            parts = [self.builder.extractelement(a, index) if isinstance(a.type, VectorType) else a for a in arguments]
            result = self.builder.insertelement(result, self._scalar(name, parts), index)
        self._finish(result)

    def _finish(self, new: Value) -> None:
        function = self.old.function
        assert function is not None
        if new.name is None:
            new.name = self.old.name
        function.replace_all_uses(self.old, new)
        self.old.erase()

    def _library(self, name: str, result: Type, arguments: list[Value], attributes: tuple[str, ...] = _ATTRIBUTES) -> Call:
        signature = FunctionType(result, tuple(a.type for a in arguments))
        function: Function = self.module.declare(f"__cw.math.{name}", signature, attributes)
        return self.builder.call(function, arguments, attributes=("nounwind",))

    def _intrinsic(self, name: str, value: Value) -> Call:
        """An operation that every backend does well."""
        signature = FunctionType(value.type, (value.type,))
        return self.builder.call(self.module.declare(f"llvm.{name}.{_suffix(value.type)}", signature, _ATTRIBUTES), [value])

    def _widened(self, value: Value) -> Value:
        """`half` and `bfloat` as `float`: exact."""
        narrow = isinstance(value.type, FloatType) and value.type.bits < 32
        return self.builder.cast("fpext", value, FLOAT) if narrow else value

    def _narrowed(self, value: Value, kind: Type) -> Value:
        return self.builder.cast("fptrunc", value, kind)

    def _scalar(self, name: str, arguments: list[Value]) -> Value:
        kind = arguments[0].type
        wide = [self._widened(a) for a in arguments]
        fast = ".fast" if self.fast and name in _FAST and wide[0].type is FLOAT else ""
        return self._narrowed(self._library(f"{name}{fast}.{_suffix(wide[0].type)}", wide[0].type, wide), kind)

    def _scalar_power(self, base: Value, exponent: Value) -> Value:
        kind = base.type
        wide = self._widened(base)
        return self._narrowed(self._library(f"pow.{_suffix(wide.type)}", wide.type,
                                            [wide, self.builder.cast("sitofp", exponent, wide.type)]), kind)

    def _to_integer(self, rounding: str, value: Value, result: Type) -> Value:
        """`lrint`, `lround`: round, then convert with CUDA's saturation."""
        wide = self._widened(value)
        rounded = self._intrinsic(rounding, wide)
        bits = result.bits if isinstance(result, IntType) else 64
        signature = FunctionType(result, (wide.type,))
        convert = self.module.declare(f"__cw.cvt.i{bits}.rz.{_suffix(wide.type)}", signature, _ATTRIBUTES)
        return self.builder.call(convert, [rounded])

    def _two_results(self, name: str, value: Value) -> Value:
        """Functions that return a pair as an intrinsic and write through pointers as a library function."""
        pair = self.old.type
        assert isinstance(pair, StructType)
        first, second = pair.fields
        wide = self._widened(value)
        function = self.old.function
        assert function is not None
        slots = Builder.at_entry(function)
        second_type = second if isinstance(second, IntType) else wide.type
        if name == "sincos":
            places = [slots.alloca(wide.type), slots.alloca(wide.type)]
            self._library_to(f"sincos.{_suffix(wide.type)}", [wide, *places])
            results: list[Value] = [self.builder.load(wide.type, place) for place in places]
        else:
            place = slots.alloca(second_type)
            results = [self._library(f"{name}.{_suffix(wide.type)}", wide.type, [wide, place], _BY_POINTER)]
            results.append(self.builder.load(second_type, place))
        both: Value = poison(pair)
        for index, (result, kind) in enumerate(zip(results, (first, second), strict=True)):
            converted = result if isinstance(kind, IntType) else self._narrowed(result, kind)
            both = self.builder.insertvalue(both, converted, index)
        return both

    def _library_to(self, name: str, arguments: list[Value]) -> None:
        signature = FunctionType(VOID, tuple(a.type for a in arguments))
        self.builder.call(self.module.declare(f"__cw.math.{name}", signature, _BY_POINTER), arguments)
