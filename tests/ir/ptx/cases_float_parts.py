"""Signs, minimum and maximum, tests and comparisons of floats."""

from functools import partial

import float_model as fm
from cases_float import any_nan, each, lanes, rows
from harness import Case

KINDS = ("f32", "f64", "f16", "f16x2", "bf16", "bf16x2")


def flushed(words, kind, codes):
    form = fm.FORMATS[kind]
    return [form.flush(c) for c in codes] if "ftz" in words else list(codes)


def sign(op, kind, words, code):
    form = fm.FORMATS[kind]
    (code,) = flushed(words, kind, [code])
    return code ^ form.sign if op == "neg" else code & (form.sign - 1)


def extreme(name, kind, words, *codes):
    """By the definition: NaN aside, numbers in order, -0 below +0."""
    form = fm.FORMATS[kind]
    given = flushed(words, kind, codes)
    sizes = [c & (form.sign - 1) for c in given] if "abs" in words else given
    numbers = [c for c in sizes if not form.is_nan(c)]
    if not numbers or ("NaN" in words and len(numbers) < len(sizes)):
        return form.canonical
    key = [form.decode(c) for c in numbers]
    order = [((-size if negative else size), 0 if negative else 1) for negative, size in key]
    result = numbers[order.index((min if name == "min" else max)(order))]
    if "xorsign" in words:
        result |= (given[0] ^ given[1]) & form.sign
    return result


def lane_case(mnemonic, kind, count, one):
    same = any_nan(kind) if mnemonic.startswith(("neg", "abs")) else lambda value: value
    kinds = (kind,) * count
    return Case(mnemonic, kind, kinds, partial(each, kind, one), rows(mnemonic, kinds, 40), same)


def sign_cases():
    for kind in KINDS:
        for op in ("neg", "abs"):
            for ftz in ("", ".ftz") if kind in ("f32", "f16", "f16x2") else ("",):
                yield lane_case(f"{op}{ftz}.{kind}", kind, 1, partial(sign, op, lanes(kind)[0], ftz))


def extreme_cases():
    for name in ("min", "max"):
        for kind in KINDS:
            for ftz in ("", ".ftz") if kind in ("f32", "f16", "f16x2") else ("",):
                for rest in ("", ".NaN", ".xorsign.abs", ".NaN.xorsign.abs") if kind != "f64" else ("",):
                    mnemonic = f"{name}{ftz}{rest}.{kind}"
                    yield lane_case(mnemonic, kind, 2, partial(extreme, name, lanes(kind)[0], mnemonic.split(".")))
        for rest in ("", ".abs", ".NaN", ".ftz.NaN.abs"):
            mnemonic = f"{name}{rest}.f32"
            one = partial(extreme, name, "f32", mnemonic.split("."))
            text = f"{mnemonic} $0, $1, $2, $3;"
            yield Case(text, "f32", ("f32",) * 3, one, rows(text, ("f32",) * 3, 40))


def classified(word, kind, code):
    form = fm.FORMATS[kind]
    size = form.decode(code)[1]
    finite = size not in (fm.NAN, fm.INF)
    return {"finite": finite, "infinite": size == fm.INF, "number": size is not fm.NAN, "notanumber": size is fm.NAN,
            "normal": finite and code & form.infinity != 0, "subnormal": form.is_subnormal(code)}[word]  # fmt: skip


def copied(kind, from_code, code):
    form = fm.FORMATS[kind]
    return code & (form.sign - 1) | from_code & form.sign


def test_cases():
    for kind in ("f32", "f64"):
        yield Case(f"copysign.{kind}", kind, (kind, kind), partial(copied, kind), rows(kind, (kind, kind)))
        for word in ("finite", "infinite", "number", "notanumber", "normal", "subnormal"):
            text = f"{{ .reg .pred p; testp.{word}.{kind} p, $1; selp.b32 $0, 1, 0, p; }}"
            yield Case(text, "b32", (kind,), lambda a, w=word, k=kind: int(classified(w, k, a)), rows(text, (kind,), 40))


CASES = [*sign_cases(), *extreme_cases(), *test_cases()]
