"""The operands of an asm call: constraints and LLVM's types, as registers that hold integers.

    asm "...", "=r,=f,l,n,0"(ptr %p, i32 5, i32 %x)      $0 r32, $1 f32, $2 b64, $3 the number 5, $4 the same register as $0

An operand has exactly the width of its constraint's register.
"""

from __future__ import annotations

from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.instructions import Call
from crosswarp.ir.ptx.syntax import Immediate, PtxError
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.types import VOID, FloatType, IntType, PointerType, StructType, Type
from crosswarp.ir.values import InlineAsm, Value

_NAMES = {"h": "b16", "r": "b32", "l": "b64", "q": "b128", "f": "f32", "d": "f64"}
_LETTERS = {letter: PtxType.parse(name) for letter, name in _NAMES.items()}
_CONSTANTS = ("n", "i")
_POINTER_BITS = 64
_MEMORY = "~{memory}"


@dataclass(frozen=True)
class Output:
    """A result of the call."""

    register: PtxType
    type: Type


@dataclass(frozen=True)
class Input:
    """An argument: the value, and the output it is tied to."""

    register: PtxType
    value: Value
    tied: int | None = None


@dataclass(frozen=True)
class Operands:
    """All operands in the order of their numbers: outputs, then inputs. `memory`: memory is clobbered."""

    outputs: tuple[Output, ...]
    inputs: tuple[Input | Immediate, ...]
    memory: bool


def operands_of(call: Call, asm: InlineAsm) -> Operands:
    """Raises `PtxError` for constraints and types without a meaning here."""
    constraints = [c for c in asm.constraints.split(",") if c]
    clobbers = [c for c in constraints if c.startswith("~")]
    if set(clobbers) - {_MEMORY}:
        raise PtxError(f"the clobbers '{','.join(clobbers)}'")
    results = [c.removeprefix("=").removeprefix("&") for c in constraints if c.startswith("=")]
    sources = [c for c in constraints if not c.startswith(("=", "~"))]
    types = _result_types(call.type, len(results))
    if len(sources) != len(call.arguments):
        raise PtxError(f"the constraints '{asm.constraints}'")
    outputs = tuple(Output(_register(c, t), t) for c, t in zip(results, types, strict=True))
    inputs = tuple(_input(c, v, outputs) for c, v in zip(sources, call.arguments, strict=True))
    return Operands(outputs, inputs, bool(clobbers))


def _result_types(kind: Type, count: int) -> tuple[Type, ...]:
    types = () if kind is VOID else kind.fields if isinstance(kind, StructType) else (kind,)
    if len(types) != count:
        raise PtxError(f"a result of type {kind}")
    return types


def _register(letter: str, kind: Type) -> PtxType:
    register = _LETTERS.get(letter)
    if register is None:
        raise PtxError(f"the constraint '{letter}'")
    bits = kind.bits if isinstance(kind, IntType | FloatType) else _POINTER_BITS if kind is PointerType() else 0
    if bits != register.bits:
        raise PtxError(f"an operand of type {kind} for the constraint '{letter}'")
    return register


def _input(constraint: str, value: Value, outputs: tuple[Output, ...]) -> Input | Immediate:
    if constraint in _CONSTANTS:
        if not isinstance(value, ConstantInt):
            raise PtxError(f"the constant {value}")
        return Immediate(value.value)
    if constraint.isdigit():
        tied = outputs[int(constraint)]
        if tied.type is not value.type:
            raise PtxError(f"an operand of type {value.type} tied to one of type {tied.type}")
        return Input(tied.register, value, int(constraint))
    return Input(_register(constraint, value.type), value)
