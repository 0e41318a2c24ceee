"""Arithmetic of floats beside exact rationals: every rounding mode, `.ftz`, `.sat`, `.relu`, all formats, one and two lanes."""

import random
import zlib
from functools import partial

import float_model as fm
from harness import Case

BITS = {"f16": 16, "bf16": 16, "f32": 32, "f64": 64}


def lanes(kind):
    """The format, and how many of it."""
    base, _, count = kind.partition("x") if kind not in BITS else (kind, "", "")
    return base, int(count or 1)


def parts(kind, value):
    base, count = lanes(kind)
    return [value >> n * BITS[base] & (1 << BITS[base]) - 1 for n in range(count)]


def join(kind, codes):
    return sum(code << n * BITS[lanes(kind)[0]] for n, code in enumerate(codes))


def each(kind, model, *values):
    """The model of one lane, on all of them."""
    return join(kind, [model(*codes) for codes in zip(*(parts(kind, v) for v in values), strict=True)])


def any_nan(kind):
    return lambda value: each(kind, partial(fm.same_nan, lanes(kind)[0]), value)


def rows(name, kinds, count=32):
    source = random.Random(zlib.crc32(name.encode()))
    return tuple([join(k, [fm.operand(source, lanes(k)[0]) for _ in range(lanes(k)[1])]) for k in kinds] for _ in range(count))


def case(mnemonic, result, kinds, model):
    return Case(mnemonic, result, kinds, model, rows(mnemonic, kinds), any_nan(result))


def arithmetic(mnemonic, op, kind, count):
    base, words = lanes(kind)[0], mnemonic.split(".")
    mode = next((w for w in words if w in ("rn", "rz", "rm", "rp")), "rn")

    def one(*codes):
        result = fm.computed(op, base, mode, codes, "ftz" in words)
        result = fm.saturated(result, base) if "sat" in words else result
        return fm.rectified(result, base) if "relu" in words else result

    return case(mnemonic, kind, (kind,) * count, partial(each, kind, one))


def mixed(mnemonic, op, kind, count):
    mode = next((w for w in mnemonic.split(".") if w in ("rn", "rz", "rm", "rp")), "rn")

    def model(*codes):
        numbers = [*(fm.FORMATS[kind].decode(c) for c in codes[:-1]), fm.FORMATS["f32"].decode(codes[-1])]
        result = fm.FORMATS["f32"].encode(fm.OPERATIONS[op](*numbers, mode=mode), mode)
        return fm.saturated(result, "f32") if "sat" in mnemonic else result

    return case(mnemonic, "f32", (*(kind,) * (count - 1), "f32"), model)


def cases():
    modes = ("rn", "rz", "rm", "rp")
    for op, count in (("add", 2), ("sub", 2), ("mul", 2), ("fma", 3), ("div", 2), ("sqrt", 1), ("rcp", 1)):
        simple = op in ("add", "sub", "mul", "fma")
        for mode in modes:
            for rest in (("", ".ftz", ".sat", ".ftz.sat") if simple else ("", ".ftz")):
                yield arithmetic(f"{op}.{mode}{rest}.f32", op, "f32", count)
            yield arithmetic(f"{op}.{mode}.f64", op, "f64", count)
        if not simple:
            continue
        for rest in ("", ".ftz", ".sat", ".ftz.sat"):
            yield arithmetic(f"{op}.rn{rest}.f16", op, "f16", count)
            yield arithmetic(f"{op}.rn{rest}.f16x2", op, "f16x2", count)
        yield arithmetic(f"{op}.rn.bf16", op, "bf16", count)
        yield arithmetic(f"{op}.rn.bf16x2", op, "bf16x2", count)
        yield arithmetic(f"{op}.rn.f32x2", op, "f32x2", count)
        yield arithmetic(f"{op}.rz.ftz.f32x2", op, "f32x2", count)
        if op != "mul":
            for kind in ("f16", "bf16"):
                yield mixed(f"{op}.rn.f32.{kind}", op, kind, count)
                yield mixed(f"{op}.rz.sat.f32.{kind}", op, kind, count)
    for kind in ("f16", "f16x2", "bf16", "bf16x2"):
        yield arithmetic(f"fma.rn.relu.{kind}", "fma", kind, 3)
    yield arithmetic("fma.rn.ftz.relu.f16x2", "fma", "f16x2", 3)
    yield arithmetic("mad.rp.ftz.sat.f32", "fma", "f32", 3)
    yield arithmetic("mad.rn.f64", "fma", "f64", 3)


CASES = list(cases())
