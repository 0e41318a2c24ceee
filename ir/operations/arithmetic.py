"""`llvm.nvvm.*` arithmetic: approximations, rounding modes, conversions, dot products. Source: PTX ISA and LLVM's NVPTX guide.

Approximations are evaluated at reference accuracy; PTX gives bounds on their error, not values.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from crosswarp.ir.operations.mathematics import _rounded
from crosswarp.ir.operations.record import FLOAT_KINDS, OPERANDS, PURE, Evaluate, Operation, family, operation
from crosswarp.ir.semantics import floats, mathematics
from crosswarp.ir.semantics.integers import signed

_N = "llvm.nvvm."


def _flush(value: float, kind: str = "float") -> float:
    """A subnormal number becomes a zero of its sign (`ftz`)."""
    return math.copysign(0.0, value) if abs(value) < 2.0 ** floats.FORMATS[kind].smallest else value


def _approximation(name: str, suffix: str) -> Evaluate:
    kind = "double" if suffix.endswith(("d", "f64")) else "float"
    compute: Callable[[float], float] = {
        "ex2": lambda x: mathematics.evaluate("exp2", kind, x), "lg2": lambda x: mathematics.evaluate("log2", kind, x),
        "sin": lambda x: mathematics.evaluate("sin", kind, x), "cos": lambda x: mathematics.evaluate("cos", kind, x),
        "rcp": lambda x: floats.div(1.0, x, kind),
        "sqrt": lambda x: floats.sqrt(x, kind), "rsqrt": lambda x: floats.rsqrt(x, kind),
    }[name]
    if "ftz" in suffix:
        return lambda t, x: _flush(compute(_flush(x, kind)), kind)
    return lambda t, x: compute(x)


def _binary_rounded(op: str, mode: str, suffix: str) -> Evaluate:
    run = _rounded(op, mode, suffix[-1])
    if "ftz" in suffix:
        return lambda t, *v: _flush(run(t, *map(_flush, v)))
    return run


def _reciprocal(mode: str, suffix: str) -> Evaluate:
    divide = _binary_rounded("div", mode, suffix)
    return lambda t, x: divide(t, 1.0, x)


def _to_int(source: str, target: str, mode: str) -> Evaluate:
    bits, is_signed = {"i": (32, True), "ui": (32, False), "ll": (64, True), "ull": (64, False)}[target]
    direction = {"rn": "rn", "rz": "rz", "rp": "ru", "rm": "rd"}[mode]
    return lambda t, x: floats.to_integer_saturated(x, direction, bits, is_signed)


def _from_int(source: str, target: str, mode: str) -> Evaluate:
    from fractions import Fraction

    bits, is_signed = {"i": (32, True), "ui": (32, False), "ll": (64, True), "ull": (64, False)}[source]
    direction = {"rn": "rn", "rz": "rz", "rp": "ru", "rm": "rd"}[mode]
    return lambda t, n: floats.round_exact(Fraction(signed(n, bits) if is_signed else n), FLOAT_KINDS[target], direction)


def _saturate(suffix: str) -> Evaluate:
    return lambda t, x: 0.0 if math.isnan(x) else min(max(x, 0.0), 1.0)


def _bytes(value: int, count: int, width: int, is_signed: bool) -> list[int]:
    parts = [value >> width * n & ((1 << width) - 1) for n in range(count)]
    return [signed(p, width) for p in parts] if is_signed else parts


def _idp4a(a: str, b: str) -> Evaluate:
    def run(t: Any, x: int, y: int, total: int) -> int:
        pairs = zip(_bytes(x, 4, 8, a == "s"), _bytes(y, 4, 8, b == "s"), strict=True)
        return total + sum(p * q for p, q in pairs) & 0xFFFFFFFF

    return run


def _idp2a(a: str, b: str) -> Evaluate:
    def run(t: Any, x: int, y: int, high: int, total: int) -> int:
        chosen = _bytes(y, 4, 8, b == "s")[2:] if high else _bytes(y, 4, 8, b == "s")[:2]
        return total + sum(p * q for p, q in zip(_bytes(x, 2, 16, a == "s"), chosen, strict=True)) & 0xFFFFFFFF

    return run


def _mulhi(suffix: str) -> Evaluate:
    bits = 64 if "ll" in suffix else 16 if suffix in ("s", "us") else 32
    mask = (1 << bits) - 1
    if suffix.startswith("u"):
        return lambda t, a, b: a * b >> bits
    return lambda t, a, b: signed(a, bits) * signed(b, bits) >> bits & mask


def _mul24(suffix: str) -> Evaluate:
    if suffix == "ui":
        return lambda t, a, b: (a & 0xFFFFFF) * (b & 0xFFFFFF) & 0xFFFFFFFF
    return lambda t, a, b: signed(a & 0xFFFFFF, 24) * signed(b & 0xFFFFFF, 24) & 0xFFFFFFFF


def _sad(suffix: str) -> Evaluate:
    if suffix == "ui":
        return lambda t, a, b, c: abs(a - b) + c & 0xFFFFFFFF
    return lambda t, a, b, c: abs(signed(a, 32) - signed(b, 32)) + c & 0xFFFFFFFF


def permute(a: int, b: int, selector: int) -> int:
    """PTX `prmt`: each nibble of `selector` picks a byte of b:a, its top bit replicates that byte's sign."""
    pool = (b << 32 | a).to_bytes(8, "little")
    chosen = [pool[selector >> 4 * n & 7] for n in range(4)]
    signs = [selector >> 4 * n & 8 for n in range(4)]
    return int.from_bytes(bytes((255 if c & 128 else 0) if s else c for c, s in zip(chosen, signs, strict=True)), "little")


def _find_nth(mask: int, base: int, offset: int) -> int:
    """PTX `fns`: position of the n-th set bit from `base` upwards (or downwards for negative n); all ones if none."""
    steps = signed(offset, 32)
    if steps == 0:
        return base if mask >> base & 1 else 0xFFFFFFFF
    order = range(base, 32) if steps > 0 else range(base, -1, -1)
    found = [position for position in order if mask >> position & 1]
    return found[abs(steps) - 1] if len(found) >= abs(steps) else 0xFFFFFFFF


def _families() -> list[Operation]:
    made: list[Operation] = []
    types = {"f": "float", "d": "double", "i": "i32", "ui": "i32", "ll": "i64", "ull": "i64"}
    for name, suffixes in (("ex2.approx", "f32 ftz.f32 f64"), ("lg2.approx", "f ftz.f d"), ("sin.approx", "f ftz.f"),
                           ("cos.approx", "f ftz.f"), ("rcp.approx", "ftz.f ftz.d"), ("sqrt.approx", "f ftz.f"),
                           ("rsqrt.approx", "f ftz.f d ftz.d")):
        for suffix in suffixes.split():
            letter = {"f32": "f", "f64": "d"}.get(suffix.split(".")[-1], suffix[-1])
            made.append(operation(f"{_N}{name}.{suffix}", f"{types[letter]} ({types[letter]})", PURE, OPERANDS,
                                  f"approximate {name.split('.')[0]}", _approximation(name.split(".")[0], suffix)))
    for suffix, type_ in (("f", "float"), ("ftz.f", "float"), ("d", "double")):
        for mode in ("rn", "rz", "rm", "rp"):
            pair, meaning = f"{type_} ({type_}, {type_})", f"rounded {mode}"
            made += [operation(f"{_N}{op}.{mode}.{suffix}", pair, PURE, OPERANDS, f"{op} {meaning}",
                               _binary_rounded(op, mode, suffix)) for op in ("add", "mul", "div")]
            made.append(operation(f"{_N}fma.{mode}.{suffix}", f"{type_} ({type_}, {type_}, {type_})", PURE, OPERANDS,
                                  f"fma {meaning}", _binary_rounded("fma", mode, suffix)))
            made.append(operation(f"{_N}sqrt.{mode}.{suffix}", f"{type_} ({type_})", PURE, OPERANDS, f"sqrt {meaning}",
                                  _binary_rounded("sqrt", mode, suffix)))
            made.append(operation(f"{_N}rcp.{mode}.{suffix}", f"{type_} ({type_})", PURE, OPERANDS, f"1 / x {meaning}",
                                  _reciprocal(mode, suffix)))
        made.append(operation(f"{_N}saturate.{suffix}", f"{type_} ({type_})", PURE, OPERANDS, "to 0 ... 1; NaN gives 0",
                              _saturate(suffix)))
    for mode in ("rn", "rz", "rm", "rp"):
        for source in ("f", "d"):
            for target in ("i", "ui", "ll", "ull"):
                made.append(operation(f"{_N}{source}2{target}.{mode}", f"{types[target]} ({types[source]})", PURE, OPERANDS,
                                      f"conversion, rounded {mode}", _to_int(source, target, mode)))
                made.append(operation(f"{_N}{target}2{source}.{mode}", f"{types[source]} ({types[target]})", PURE, OPERANDS,
                                      f"conversion, rounded {mode}", _from_int(target, source, mode)))
    return made


def _halves(x: float) -> int:
    return floats.to_bits(x, "double")


OPERATIONS = [
    *_families(),
    *(operation(_N + name, "float (float, float)", PURE, OPERANDS, "approximate division",
                lambda t, a, b: floats.div(a, b, "float"))
      for name in ("div.approx.f", "div.approx.ftz.f", "div.full", "div.full.ftz")),
    operation(_N + "sqrt.f", "float (float)", PURE, OPERANDS, "square root", lambda t, x: floats.sqrt(x, "float")),
    *family(_N + "idp4a.{a}.{b}", "i32 (i32, i32, i32)", PURE, OPERANDS, "dot product of 4 bytes, plus c", _idp4a, a="s u",
            b="s u"),
    *family(_N + "idp2a.{a}.{b}", "i32 (i32, i32, i1, i32)", PURE, OPERANDS, "dot product of 2 halves and 2 bytes, plus c", _idp2a,
            a="s u", b="s u"),
    *family(_N + "mulhi.{suffix}", "i32 (i32, i32)", PURE, OPERANDS, "high half of the product", _mulhi, suffix="i ui"),
    *family(_N + "mulhi.{suffix}", "i64 (i64, i64)", PURE, OPERANDS, "high half of the product", _mulhi, suffix="ll ull"),
    *family(_N + "mulhi.{suffix}", "i16 (i16, i16)", PURE, OPERANDS, "high half of the product", _mulhi, suffix="s us"),
    *family(_N + "mul24.{suffix}", "i32 (i32, i32)", PURE, OPERANDS, "product of the low 24 bits", _mul24, suffix="i ui"),
    *family(_N + "sad.{suffix}", "i32 (i32, i32, i32)", PURE, OPERANDS, "|a - b| + c", _sad, suffix="i ui"),
    operation(_N + "prmt", "i32 (i32, i32, i32)", PURE, OPERANDS, "bytes of b:a picked by nibbles (__byte_perm)",
              lambda t, a, b, s: permute(a, b, s)),
    operation(_N + "fns", "i32 (i32, i32, i32)", PURE, OPERANDS, "__fns", lambda t, m, b, o: _find_nth(m, b, o)),
    operation(_N + "d2i.hi", "i32 (double)", PURE, OPERANDS, "high word", lambda t, x: _halves(x) >> 32),
    operation(_N + "d2i.lo", "i32 (double)", PURE, OPERANDS, "low word", lambda t, x: _halves(x) & 0xFFFFFFFF),
    operation(_N + "lohi.i2d", "double (i32, i32)", PURE, OPERANDS, "double of two words",
              lambda t, low, high: floats.from_bits(high << 32 | low, "double")),
    *(operation(f"{_N}{name}.{s}", f"{k} ({k}, {k})", PURE, OPERANDS, name, lambda t, a, b, f=f: f(a, b))
      for name, f in (("fmin", floats.minimum), ("fmax", floats.maximum)) for s, k in (("f", "float"), ("d", "double"))),
]
