"""Float values in records, on their bits where a processor's mode may change subnormal numbers (`-ftz=true`).

Values have LLVM's types `half bfloat float double`; packed ones are handled lane by lane.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantFloat, poison
from crosswarp.ir.ptx.emitter import Emitter, width
from crosswarp.ir.ptx.form import Meaning, Use
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF, FloatType, IntType, Type, VectorType
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Encoding:
    """Bits of a format: infinity (the exponent's mask too), 1.0 and PTX's canonical NaN."""

    infinity: int
    one: int
    nan: int


FORMATS: dict[str, FloatType] = {"f16": HALF, "bf16": BFLOAT, "f32": FLOAT, "f64": DOUBLE}
ENCODINGS = {
    HALF: Encoding(0x7C00, 0x3C00, 0x7FFF), BFLOAT: Encoding(0x7F80, 0x3F80, 0x7FFF),
    FLOAT: Encoding(0x7F800000, 0x3F800000, 0x7FFFFFFF), DOUBLE: Encoding(0x7FF << 52, 0x3FF << 52, (1 << 63) - 1),
}  # fmt: skip


def format_of(x: Value) -> FloatType:
    """The type of a float value."""
    assert isinstance(x.type, FloatType)
    return x.type


def encoding(x: Value) -> Encoding:
    """The format's."""
    return ENCODINGS[format_of(x)]


def bits(e: Emitter, x: Value) -> Value:
    """The encoding as an integer."""
    return e.builder.cast("bitcast", x, IntType(format_of(x).bits))


def from_bits(e: Emitter, encoded: Value, kind: Type) -> Value:
    """The value with this encoding."""
    return e.builder.cast("bitcast", encoded, kind)


def constant(kind: FloatType, encoded: int) -> Value:
    """The constant with this encoding."""
    return ConstantFloat.from_bits(kind, encoded)


def magnitude(e: Emitter, encoded: Value) -> Value:
    """The encoding without its sign."""
    return e.op("and", encoded, (1 << width(encoded) - 1) - 1)


def is_nan(e: Emitter, x: Value) -> Value:
    """By the encoding."""
    return e.compare("ugt", magnitude(e, bits(e, x)), encoding(x).infinity)


def flush(e: Emitter, x: Value) -> Value:
    """Subnormal numbers become zeros of their sign."""
    encoded = bits(e, x)
    tiny = e.compare("eq", e.op("and", encoded, encoding(x).infinity), 0)
    zero = e.op("and", encoded, 1 << width(encoded) - 1)
    return from_bits(e, e.builder.select(tiny, zero, encoded), x.type)


def saturate(e: Emitter, x: Value) -> Value:
    """To [0, 1]. NaN, -0 and what is negative become +0: as unsigned numbers they are above infinity."""
    encoded, form = bits(e, x), encoding(x)
    low = e.builder.select(e.compare("ugt", encoded, form.infinity), e.number(0, encoded), encoded)
    clamped = e.builder.select(e.compare("ugt", low, form.one), e.number(form.one, encoded), low)
    return from_bits(e, clamped, x.type)


def rectify(e: Emitter, x: Value) -> Value:
    """`.relu`: what is negative becomes +0, NaN the canonical one."""
    encoded = bits(e, x)
    positive = e.builder.select(e.compare("slt", encoded, 0), e.number(0, encoded), encoded)
    return canonical(e, x, from_bits(e, positive, x.type))


def canonical(e: Emitter, tested: Value, x: Value) -> Value:
    """The canonical NaN where `tested` is a NaN, otherwise `x`."""
    return e.builder.select(is_nan(e, tested), constant(format_of(x), encoding(x).nan), x)


def ordered_key(e: Emitter, x: Value) -> Value:
    """A signed integer that orders numbers as they are, -0 below +0."""
    encoded = bits(e, x)
    return e.op("xor", encoded, e.op("lshr", e.op("ashr", encoded, width(encoded) - 1), 1))


def widened_bfloat(e: Emitter, x: Value) -> Value:
    """The `float` of a `bfloat`: its upper half."""
    return from_bits(e, e.op("shl", e.resize(bits(e, x), 32), 16), FLOAT)


def extended(e: Emitter, x: Value) -> Value:
    """A `half` or `bfloat` as a `float`, exactly."""
    kind = format_of(x)
    assert kind in (HALF, BFLOAT)
    return e.builder.cast("fpext", x, FLOAT) if kind is HALF else widened_bfloat(e, x)


def narrowed_bfloat(e: Emitter, x: Value, toward_zero: bool = False) -> Value:
    """The `bfloat` nearest to a `float`, ties to even, or the one towards zero. NaN gives the canonical one."""
    encoded = bits(e, x)
    if not toward_zero:
        odd = e.op("and", e.op("lshr", encoded, 16), 1)
        rounded = e.op("add", encoded, e.op("add", odd, 0x7FFF))
    else:
        rounded = encoded
    upper = e.resize(e.op("lshr", rounded, 16), 16)
    chosen = e.builder.select(is_nan(e, x), e.number(ENCODINGS[BFLOAT].nan, upper), upper)
    return from_bits(e, chosen, BFLOAT)


def lanewise(meaning: Meaning) -> Meaning:
    """A meaning of scalars for packed values too, lane by lane."""

    def packed(e: Emitter, t: Use, *values: Value) -> Value:
        return each_lane(e, lambda *lanes: meaning(e, t, *lanes), *values)

    return packed


def each_lane(e: Emitter, compute: Callable[..., Value], *values: Value) -> Value:
    """What `compute` gives for each lane of the vectors among the values, as a vector; without vectors, for the values."""
    counts = {value.type.count for value in values if isinstance(value.type, VectorType)}
    if not counts:
        return compute(*values)
    (count,) = counts
    lanes = [compute(*(_lane(e, value, n) for value in values)) for n in range(count)]
    return joined(e, lanes)


def joined(e: Emitter, lanes: list[Value]) -> Value:
    """A vector of these, the first in the lowest bits."""
    whole: Value = poison(VectorType(len(lanes), lanes[0].type))
    for n, lane in enumerate(lanes):
        whole = e.builder.insertelement(whole, lane, n)
    return whole


def _lane(e: Emitter, value: Value, n: int) -> Value:
    return e.builder.extractelement(value, n) if isinstance(value.type, VectorType) else value
