"""`cvt` of tf32, and of pairs of 8, 6 and 4 bits. Source: PTX ISA 8.8, `cvt`: alternate floating-point formats.

The first operand, or the upper half, goes into the upper part. Six bits lie in the lower part of a byte, four beside each other.
`.rs` of halves and narrower formats is not here: PTX does not say what becomes of the random bits where results are subnormal.
"""

from __future__ import annotations

from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.arithmetic import rounding
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.records.conversions import clamped
from crosswarp.ir.types import BFLOAT, FLOAT, HALF, I32
from crosswarp.ir.values import Value

_KEPT_BITS = ~0x1FFF & 0xFFFFFFFF


def _tf32(e: Emitter, t: Use, x: Value) -> Value:
    """The upper 19 bits: a carry into the exponent is right, up to infinity."""
    encoded = floats.bits(e, x)
    if "rna" in t:
        encoded = e.op("add", encoded, 0x1000)
    elif "rn" in t:
        odd = e.op("and", e.op("lshr", encoded, 13), 1)
        encoded = e.op("add", encoded, e.op("add", odd, 0xFFF))
    kept = floats.from_bits(e, e.op("and", encoded, _KEPT_BITS), FLOAT)
    if "satfinite" in t:
        kept = floats.from_bits(e, _finite(e, floats.bits(e, kept)), FLOAT)
    return floats.bits(e, _proper(e, t, x, kept))


def _finite(e: Emitter, encoded: Value) -> Value:
    infinite = e.compare("eq", floats.magnitude(e, encoded), floats.ENCODINGS[FLOAT].infinity)
    return e.builder.select(infinite, e.op("sub", encoded, 0x2000), encoded)


def _proper(e: Emitter, t: Use, x: Value, result: Value) -> Value:
    """NaN in, canonical NaN out, and `.relu`."""
    proper = floats.canonical(e, x, result)
    return floats.rectify(e, proper) if "relu" in t else proper


def _code_bits(t_name: str) -> int:
    return 4 if t_name.startswith("e2m1") else 8


def _encode(e: Emitter, name: str, x: Value, relu: bool) -> Value:
    single = floats.extended(e, x) if x.type is HALF else x
    given = floats.rectify(e, single) if relu else single
    return e.call(f"__cw.cvt.{name}.rn.f32", I32, given)


def _pair(e: Emitter, bits: int, high: Value, low: Value) -> Value:
    return e.resize(e.op("or", e.op("shl", high, bits), low), 2 * bits)


def _encode_two(e: Emitter, t: Use, high: Value, low: Value) -> Value:
    name = t.type.name.removesuffix("x2")
    return _pair(e, _code_bits(name), *(_encode(e, name, x, "relu" in t) for x in (high, low)))


def _encode_pair(e: Emitter, t: Use, pair: Value) -> Value:
    return _encode_two(e, t, e.builder.extractelement(pair, 1), e.builder.extractelement(pair, 0))


def _decode(e: Emitter, t: Use, pair: Value) -> Value:
    name = t.other.name.removesuffix("x2")
    lanes = [e.call(f"__cw.cvt.f16.rn.{name}", HALF, code) for code in _codes(e, pair, _code_bits(name))]
    return floats.joined(e, [floats.rectify(e, lane) for lane in lanes] if "relu" in t else lanes)


def _codes(e: Emitter, pair: Value, bits: int) -> list[Value]:
    wide = e.resize(pair, 32)
    return [e.op("and", e.op("lshr", wide, n * bits), (1 << bits) - 1) for n in range(2)]


def _scale(e: Emitter, t: Use, x: Value) -> Value:
    single = floats.extended(e, x) if x.type is BFLOAT else x
    clamp = ".satfinite" if "satfinite" in t else ""
    return e.call(f"__cw.cvt.ue8m0.{rounding(t)}{clamp}.f32", I32, single)


def _scale_two(e: Emitter, t: Use, high: Value, low: Value) -> Value:
    return _pair(e, 8, _scale(e, t, high), _scale(e, t, low))


def _scale_pair(e: Emitter, t: Use, pair: Value) -> Value:
    return _scale_two(e, t, e.builder.extractelement(pair, 1), e.builder.extractelement(pair, 0))


def _power_pair(e: Emitter, t: Use, pair: Value) -> Value:
    return floats.joined(e, [e.call("__cw.cvt.bf16.rn.ue8m0", BFLOAT, code) for code in _codes(e, pair, 8)])


def _stochastic(e: Emitter, t: Use, high: Value, low: Value, noise: Value) -> Value:
    """The bits that fall away are random bits' to carry out of: the upper 16 of them for the upper operand."""
    parts = (low, e.op("and", noise, 0xFFFF)), (high, e.op("lshr", noise, 16))
    return floats.joined(e, [clamped(e, t, _with_noise(e, x, bits)) for x, bits in parts])


def _with_noise(e: Emitter, x: Value, noise: Value) -> Value:
    encoded = floats.bits(e, x)
    finite = e.compare("ult", floats.magnitude(e, encoded), floats.ENCODINGS[FLOAT].infinity)
    carried = e.builder.select(finite, e.op("add", encoded, noise), encoded)
    upper = floats.from_bits(e, e.resize(e.op("lshr", carried, 16), 16), BFLOAT)
    return e.builder.select(floats.is_nan(e, x), floats.constant(BFLOAT, floats.ENCODINGS[BFLOAT].nan), upper)


def _eight_bits() -> list[Form]:
    small, six = "e4m3x2 e5m2x2", "e2m3x2 e3m2x2"
    made: list[Form] = []
    for types, sm in ((small, 89), (f"e2m1x2 {six}", 100)):
        made += forms("cvt.rn.satfinite[.relu].T.f32", types, "T = f32 f32", _encode_two, sm=sm)
        made += forms("cvt.rn[.relu].T.U", "f16x2", "T = U", _decode, other=types, sm=sm)
    made += forms("cvt.rn.satfinite[.relu].T.U", small, "T = U", _encode_pair, other="f16x2", sm=89)
    made += forms("cvt.rn.satfinite[.relu].T.U", "e2m1x2", "T = U", _encode_pair, other="f16x2", sm=100)
    return made


FORMS = [
    *forms("cvt.rna[.satfinite].T.f32", "tf32", "T = f32", _tf32, sm=80),
    *forms("cvt(.rn|.rz)[.relu].T.f32", "tf32", "T = f32", _tf32, sm=90),
    *forms("cvt(.rn|.rz).satfinite[.relu].T.f32", "tf32", "T = f32", _tf32, sm=100),
    *_eight_bits(),
    *forms("cvt.rs[.relu][.satfinite].T.f32", "bf16x2", "T = f32 f32 b32", _stochastic, sm=100),
    *forms("cvt(.rz|.rp)[.satfinite].T.f32", "ue8m0x2", "T = f32 f32", _scale_two, sm=100),
    *forms("cvt(.rz|.rp)[.satfinite].T.U", "ue8m0x2", "T = U", _scale_pair, other="bf16x2", sm=100),
    *forms("cvt.rn.T.U", "bf16x2", "T = U", _power_pair, other="ue8m0x2", sm=100),
]
