"""`cvt` of floats beside exact rationals: from and to integers and other formats, integral values, pairs."""

import random
import zlib
from fractions import Fraction
from functools import partial

import float_model as fm
from cases_float import any_nan
from harness import Case, signed

INTEGERS = ("u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64")
WORDS = {"n": "rn", "z": "rz", "m": "rm", "p": "rp"}


def near(source, kind, targets):
    """Operands of a format that lie at, halfway between, or just beside values of the target."""
    form = fm.FORMATS[kind]
    choice = source.random()
    if choice < 0.4 or not targets:
        return fm.operand(source, kind)
    value = fm.number(source.choice(targets))
    code = form.encode((value[0] or source.random() < 0.3, value[1]), "rz")
    return max(code + source.choice((-1, 0, 0, 1)), 0) % (1 << form.bits)


def between(kind, source, count=60):
    """Values of a format and the middles between neighbours."""
    form, found = fm.FORMATS[kind], []
    for _ in range(count):
        code = fm.operand(source, kind) & (form.sign - 1)
        size, above = form.decode(code)[1], form.decode(min(code + 1, form.sign - 1))[1]
        if size not in (fm.INF, fm.NAN) and above not in (fm.INF, fm.NAN):
            found += [size, (size + above) / 2]
    return [*found, form.decode(form.infinity - 1)[1] + Fraction(2) ** (form.bias - form.fraction - 1)]


def rows(name, kind, target, count, operands=1):
    source = random.Random(zlib.crc32(name.encode()))
    targets = between(target, source) if target in fm.FORMATS else bounds(target)
    return tuple([near(source, kind, targets) for _ in range(operands)] for _ in range(count))


def bounds(kind):
    """Values about the bounds of an integer type, and small halves."""
    bits, low = int(kind[1:]), kind[0] == "s"
    top = 1 << bits - low
    return [Fraction(n, 2) for n in (0, 1, 2, 3, 5, 7, -1, -2, -3, 2 * top - 2, 2 * top - 1, 2 * top, -2 * top, -2 * top - 1)]


def whole(number, mode):
    """An integer by a rounding mode."""
    negative, size = number
    below, rest = divmod(size, 1)
    up = {"rn": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2), "rz": False, "rm": negative and rest,
          "rp": not negative and rest}[mode]  # fmt: skip
    return (-1 if negative else 1) * int(below + bool(up))


def to_integer(kind, source, mode, ftz, code):
    form, bits = fm.FORMATS[source], int(kind[1:])
    number = form.decode(form.flush(code) if ftz else code)
    if number[1] is fm.NAN:
        return signed(1 << bits - 1, bits if kind[0] == "s" else 65) if source == "f64" or bits == 64 else 0
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if kind[0] == "s" else (0, (1 << bits) - 1)
    if number[1] == fm.INF:
        return low if number[0] else high
    return min(max(whole(number, mode), low), high)


def from_integer(kind, source, mode, sat, value):
    bits = int(source[1:])
    value = signed(value, bits) if source[0] == "s" else value & (1 << bits) - 1
    result = fm.FORMATS[kind].encode(fm.number(value), mode)
    return fm.saturated(result, kind) if sat else result


def integral(kind, mode, words, code):
    form = fm.FORMATS[kind]
    code = form.flush(code) if "ftz" in words else code
    number = form.decode(code)
    if mode and number[1] not in (fm.INF, fm.NAN):
        code = form.encode((number[0], Fraction(abs(whole(number, mode)))))
    return fm.saturated(code, kind) if "sat" in words else code


def convert(kind, source, words, code):
    """Between formats; `.relu` and `.satfinite` too."""
    given, form = fm.FORMATS[source], fm.FORMATS[kind]
    code = given.flush(code) if "ftz" in words and source == "f32" else code
    result = form.encode(given.decode(code), next((w for w in words if w in fm.MODES), "rn"))
    result = form.flush(result) if "ftz" in words and kind == "f32" else result
    if "satfinite" in words and result & (form.sign - 1) == form.infinity:
        result -= 1
    result = fm.saturated(result, kind) if "sat" in words else result
    return fm.rectified(result, kind) if "relu" in words else result


def integer_cases():
    for source in ("f16", "f32", "f64", "bf16"):
        for number, kind in enumerate(INTEGERS):
            if kind in ("u8", "s8") and source == "bf16":  # only in registers of eight bits
                continue
            letter, bits = "nzmp"[number % 4], max(int(kind[1:]), 16)
            for mode in sorted({letter, "n", *("z" if bits == 32 else "")}):
                for rest in ("", ".ftz.sat" if source == "f32" else ".sat") if source != "bf16" else ("",):
                    name = f"cvt.r{mode}i{rest}.{kind}.{source}"
                    model = partial(to_integer, kind, source, WORDS[mode], "ftz" in rest)
                    yield Case(name, f"b{bits}", (source,), model, rows(name, source, kind, 24))
            for mode in sorted({letter, "n"}):
                for sat in ("", ".sat") if source != "bf16" else ("",):
                    name = f"cvt.r{mode}{sat}.{source}.{kind}"
                    yield Case(name, source, (f"b{bits}",), partial(from_integer, source, kind, WORDS[mode], bool(sat)))


def format_cases():
    modes, ftz_sat = ("rn", "rz", "rm", "rp"), ("", ".ftz", ".sat", ".ftz.sat")
    groups = [
        ("f16", "f32", modes, ftz_sat), ("f16", "f64", modes, ("", ".sat")), ("f32", "f64", modes, ftz_sat),
        ("bf16", "f64", modes, ("",)), ("bf16", "f16", modes, ("",)), ("f16", "bf16", modes, ("",)),
        ("f32", "f16", ("",), ftz_sat), ("f64", "f16", ("",), ("", ".sat")), ("f64", "f32", ("",), ftz_sat),
        ("f32", "bf16", ("", "rz"), ("", ".ftz")), ("f64", "bf16", ("", "rn"), ("",)), ("bf16", "f32", modes, ("", ".ftz")),
        *((kind, "f32", ("rn", "rz"), (".relu", ".satfinite", ".relu.satfinite")) for kind in ("f16", "bf16")),
    ]  # fmt: skip
    for kind, source, chosen, rests in groups:
        for mode in chosen:
            for rest in rests:
                name = f"cvt{'.' + mode if mode else ''}{rest}.{kind}.{source}"
                model = partial(convert, kind, source, name.split(".")[1:])
                yield Case(name, kind, (source,), model, rows(name, source, kind, 40), any_nan(kind))
    for kind in ("f16", "f32", "f64", "bf16"):
        for letter in ("", "n", "z", "m", "p"):
            for rest in {"bf16": ("",), "f32": ftz_sat}.get(kind, ("", ".sat")):
                name = f"cvt{f'.r{letter}i' if letter else ''}{rest}.{kind}.{kind}"
                model = partial(integral, kind, WORDS.get(letter, ""), rest.split("."))
                yield Case(name, kind, (kind,), model, rows(name, kind, "s8", 40), any_nan(kind))


def pair_cases():
    for kind in ("f16", "bf16"):
        for mode in ("rn", "rz"):
            for rest in ("", ".relu", ".satfinite", ".relu.satfinite"):
                name = f"cvt.{mode}{rest}.{kind}x2.f32"
                one = partial(convert, kind, "f32", name.split("."))
                yield Case(name, f"{kind}x2", ("f32", "f32"), lambda a, b, one=one: one(a) << 16 | one(b),
                           rows(name, "f32", kind, 40, 2), any_nan(f"{kind}x2"))


CASES = [*integer_cases(), *format_cases(), *pair_cases()]
