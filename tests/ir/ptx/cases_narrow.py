"""Formats of 8, 6 and 4 bits by tables of all their values, tf32, stochastic rounding, packed integers."""

import random
import zlib
from fractions import Fraction
from functools import partial

import float_model as fm
from cases_float import any_nan
from harness import Case, signed

# Exponent and fraction bits, bias, code of NaN (None: the format has none), code of infinity.
FORMATS = {"e4m3": (4, 3, 7, 0x7F, None), "e5m2": (5, 2, 15, 0x7F, 0x7C), "e2m3": (2, 3, 1, None, None),
           "e3m2": (3, 2, 3, None, None), "e2m1": (2, 1, 1, None, None)}  # fmt: skip


def table(name):
    """All finite magnitudes, by code."""
    exponent_bits, fraction_bits, bias, nan, infinity = FORMATS[name]
    end = infinity or nan or 1 << exponent_bits + fraction_bits
    values = []
    for code in range(end):
        exponent, fraction = code >> fraction_bits, code & (1 << fraction_bits) - 1
        significand = fraction + ((1 << fraction_bits) if exponent else 0)
        values.append(significand * Fraction(2) ** (max(exponent, 1) - bias - fraction_bits))
    return values


TABLES = {name: table(name) for name in FORMATS}


def encode(name, number, relu):
    """The nearest value's code; of two as near, the even one. What is too large is the largest, NaN is NaN or the largest."""
    exponent_bits, fraction_bits, _, nan, _ = FORMATS[name]
    values, sign = TABLES[name], 1 << exponent_bits + fraction_bits
    negative, size = number
    if size is fm.NAN:
        return nan if nan is not None else len(values) - 1
    if negative and relu:
        return 0
    code = len(values) - 1 if size >= values[-1] else min(range(len(values)), key=lambda c: (abs(values[c] - size), c & 1))
    return code | (sign if negative else 0)


def decode(name, relu, code):
    """As f16."""
    exponent_bits, fraction_bits, _, _, infinity = FORMATS[name]
    sign = 1 << exponent_bits + fraction_bits
    size, form = code & (sign - 1), fm.FORMATS["f16"]
    values = TABLES[name]
    number = (bool(code & sign), values[size] if size < len(values) else fm.INF if size == infinity else fm.NAN)
    result = form.encode(number)
    return fm.rectified(result, "f16") if relu else result


def near(source, name, kind):
    """Values of the format, the middles between them, and neighbours of both, in a wider format."""
    form, values = fm.FORMATS[kind], TABLES[name]
    if source.random() < 0.25:
        return fm.operand(source, kind)
    index = source.randrange(len(values))
    value = source.choice((values[index], (values[index] + values[max(index - 1, 0)]) / 2, values[-1] * Fraction(33, 32)))
    code = form.encode((source.random() < 0.4, value), "rz")
    return max(code + source.choice((-1, 0, 0, 1)), 0)


def shift_of(name):
    return 4 if name == "e2m1" else 8


def in_bytes(name, mnemonic, operands):
    """e2m1 pairs live in registers of eight bits."""
    if name != "e2m1":
        return mnemonic
    if mnemonic.endswith("e2m1x2"):
        return f"{{ .reg .b8 x; cvt.u8.u16 x, $1; {mnemonic} $0, x; }}"
    return f"{{ .reg .b8 x; {mnemonic} x, {operands}; cvt.u16.u8 $0, x; }}"


def encode_cases():
    source = random.Random(11)
    for name in FORMATS:
        bits = shift_of(name)
        for rest in (".satfinite", ".satfinite.relu"):
            def one(kind, code, name=name, relu="relu" in rest):
                return encode(name, fm.FORMATS[kind].decode(code), relu)

            rows = tuple([near(source, name, "f32"), near(source, name, "f32")] for _ in range(60))
            text = in_bytes(name, f"cvt.rn{rest}.{name}x2.f32", "$1, $2")
            yield Case(text, "b16", ("f32", "f32"), lambda a, b, one=one, bits=bits: one("f32", a) << bits | one("f32", b), rows)
            if name in ("e4m3", "e5m2", "e2m1"):
                pairs = tuple([near(source, name, "f16") << 16 | near(source, name, "f16")] for _ in range(60))
                text = in_bytes(name, f"cvt.rn{rest}.{name}x2.f16x2", "$1")
                yield Case(text, "b16", ("b32",), lambda a, one=one, bits=bits: one("f16", a >> 16) << bits
                           | one("f16", a & 0xFFFF), pairs)  # fmt: skip


def decode_cases():
    for name in FORMATS:
        bits = shift_of(name)
        codes = 1 << {"e2m3": 6, "e3m2": 6}.get(name, bits)
        rows = tuple([code << bits | (codes - 1 - code)] for code in range(codes))
        for relu in ("", ".relu"):
            def model(pair, name=name, bits=bits, relu=relu):
                return decode(name, relu, pair >> bits) << 16 | decode(name, relu, pair & (1 << bits) - 1)

            text = in_bytes(name, f"cvt.rn{relu}.f16x2.{name}x2", "$1")
            yield Case(text, "b32", ("b16",), model, rows, any_nan("f16x2"))


def scale(up, clamp, kind, code):
    """The power of two below or above a magnitude; too small ones give the smallest, too large ones NaN or the largest."""
    _, size = fm.FORMATS[kind].decode(code)
    if size is fm.NAN:
        return 255
    if size == fm.INF:
        return 254 if clamp else 255
    powers = [Fraction(2) ** (n - 127) for n in range(255)]
    if up:
        return next((n for n, power in enumerate(powers) if power >= size), 254 if clamp else 255)
    return max((n for n, power in enumerate(powers) if power <= size), default=0)


def scale_cases():
    source = random.Random(12)
    for mode in ("rz", "rp"):
        for clamp in ("", ".satfinite"):
            one = partial(scale, mode == "rp", bool(clamp))
            rows = tuple([fm.operand(source, "f32"), fm.operand(source, "f32") & 0xFF800001] for _ in range(40))
            yield Case(f"cvt.{mode}{clamp}.ue8m0x2.f32", "b16", ("f32", "f32"),
                       lambda a, b, one=one: one("f32", a) << 8 | one("f32", b), rows)
            pairs = tuple([fm.operand(source, "bf16") << 16 | fm.operand(source, "bf16")] for _ in range(40))
            yield Case(f"cvt.{mode}{clamp}.ue8m0x2.bf16x2", "b16", ("b32",),
                       lambda a, one=one: one("bf16", a >> 16) << 8 | one("bf16", a & 0xFFFF), pairs)

    def power(code):
        return 0x7FFF if code == 255 else fm.FORMATS["bf16"].encode((False, Fraction(2) ** (code - 127)))

    yield Case("cvt.rn.bf16x2.ue8m0x2", "b32", ("b16",), lambda a: power(a >> 8) << 16 | power(a & 255),
               tuple([n << 8 | 255 - n] for n in range(256)))  # fmt: skip


def tf32(mode, words, code):
    form, single = fm.FORMATS["tf32"], fm.FORMATS["f32"]
    result = form.encode(single.decode(code), mode)
    if "satfinite" in words and result & (form.sign - 1) == form.infinity:
        result -= 1
    if form.is_nan(result):
        return single.canonical
    return 0 if "relu" in words and result & form.sign else result << 13


def tf32_cases():
    source = random.Random(13)
    for mode, rests in (("rna", ("", ".satfinite")), *((m, ("", ".relu", ".satfinite", ".relu.satfinite")) for m in ("rn", "rz"))):
        for rest in rests:
            rows = tuple([fm.operand(source, "f32") & source.choice((-1, ~0xFFF, ~0xFFE))] for _ in range(60))
            yield Case(f"cvt.{mode}{rest}.tf32.f32", "b32", ("f32",), partial(tf32, mode, rest.split(".")), rows)


def noisy(words, code, noise):
    """The magnitude's lower half carries into the upper one when the random bits are enough."""
    form = fm.FORMATS["bf16"]
    if fm.FORMATS["f32"].is_nan(code):
        return form.canonical
    size = code & 0x7FFFFFFF
    result = (size + noise if size < 0x7F800000 else size) >> 16
    result -= "satfinite" in words and result == form.infinity
    return 0 if "relu" in words and code >> 31 else result | code >> 31 << 15


def noise_cases():
    source = random.Random(14)
    for rest in ("", ".relu", ".satfinite", ".relu.satfinite"):
        rows = tuple([fm.operand(source, "f32"), fm.operand(source, "f32"), source.getrandbits(32)] for _ in range(60))
        one = partial(noisy, rest.split("."))
        yield Case(f"cvt.rs{rest}.bf16x2.f32", "b32", ("f32", "f32", "b32"),
                   lambda a, b, r, one=one: one(a, r >> 16) << 16 | one(b, r & 0xFFFF), rows)


def packed(kind, high, low, rest=0):
    bits = int(kind[1:])
    bounds = (-(1 << bits - 1), (1 << bits - 1) - 1) if kind[0] == "s" else (0, (1 << bits) - 1)
    high, low = (min(max(signed(v, 32), bounds[0]), bounds[1]) & (1 << bits) - 1 for v in (high, low))
    return rest << 2 * bits | high << bits | low


def pack_cases():
    for kind in ("u16", "s16", "u8", "s8", "u4", "s4", "u2", "s2"):
        name = f"cvt.pack.sat.{kind}.s32" + ("" if kind[1:] == "16" else ".b32")
        operands = ("b32",) * (2 if kind[1:] == "16" else 3)
        source, top = random.Random(zlib.crc32(name.encode())), 1 << int(kind[1:])
        rows = tuple([source.choice((source.randrange(-top, 2 * top), source.getrandbits(32))) & 0xFFFFFFFF for _ in operands]
                     for _ in range(40))  # fmt: skip
        yield Case(name, "b32", operands, partial(packed, kind), rows)


def byte_cases():
    yield Case("{ .reg .b8 a, b; mov.b16 {a, b}, $1; mov.b16 $0, {b, 7}; }", "b16", ("b16",), lambda x: 7 << 8 | x >> 8)
    yield Case("{ .reg .b8 a, b; mov.b32 {a, _, _, b}, $1; mov.b32 $0, {b, 255, a, b}; }", "b32", ("b32",),
               lambda x: x & 255 << 24 | (x & 255) << 16 | 0xFF00 | x >> 24)  # fmt: skip


CASES = [*byte_cases(), *encode_cases(), *decode_cases(), *scale_cases(), *tf32_cases(), *noise_cases(), *pack_cases()]
