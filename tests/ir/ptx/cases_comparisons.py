"""`setp`, `set` and `slct` of integers and floats: with predicates, opposites, both lanes."""

import operator

import float_model as fm
from cases_float import BITS, lanes, parts, rows
from harness import Case, bits_of, signed

ORDER = {"eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge}
UNSIGNED = {"lo": "lt", "ls": "le", "hi": "gt", "hs": "ge"}
FLOATS = (*ORDER, *(f"{word}u" for word in ORDER), "num", "nan")
JOIN = {"and": operator.and_, "or": operator.or_, "xor": operator.xor}


def float_holds(word, kind, ftz, a, b):
    form = fm.FORMATS[kind]
    (x, y) = (form.decode(form.flush(c) if ftz else c) for c in (a, b))
    unordered = fm.NAN in (x[1], y[1])
    if word in ("num", "nan"):
        return unordered == (word == "nan")
    if unordered:
        return word.endswith("u")
    x, y = (-size if negative else size for negative, size in (x, y))
    return ORDER[word[:2]](x, y)


def integer_holds(word, kind, a, b):
    bits = int(kind[1:])
    a, b = (signed(v, bits) if kind[0] == "s" else v & (1 << bits) - 1 for v in (a, b))
    return ORDER[UNSIGNED.get(word, word)](a, b)


def holds(word, kind, ftz, a, b):
    return [float_holds(word, lanes(kind)[0], ftz, *pair) for pair in zip(parts(kind, a), parts(kind, b), strict=True)] \
        if lanes(kind)[0] in BITS else [integer_holds(word, kind, a, b)]


def operands(kind):
    return (kind, kind) if lanes(kind)[0] in BITS else (f"b{kind[1:]}",) * 2


def given(name, kind):
    """Equal operands too."""
    if lanes(kind)[0] not in BITS:
        return None
    return tuple([a, a if n % 5 == 0 else b] for n, (a, b) in enumerate(rows(name, (kind, kind), 24)))


def predicates(word, kind, ftz="", join=""):
    """Both predicates in bits 0 and 1; the other operand of `.and` and the like is whether the first operand is odd."""
    mnemonic = f"setp.{word}{'.' + join if join else ''}{ftz}.{kind}"
    wide, both = f"b{bits_of(kind)}", kind not in ("f16", "bf16")
    text = f"{{ .reg .pred p, q, c; .reg .b32 x, y; .reg .{wide} o; and.{wide} o, $1, 1; setp.ne.{wide} c, o, 0; " \
           f"{mnemonic} p{'|q' if both else ''}, $1, $2{', !c' if join else ''}; selp.b32 x, 1, 0, p; " \
           f"{'selp.b32 y, 2, 0, q;' if both else 'mov.b32 y, 0;'} or.b32 $0, x, y; }}"

    def model(a, b):
        tests = holds(word, kind, bool(ftz), a, b)
        tests = tests if len(tests) == 2 else [tests[0], not tests[0]]
        if join:
            tests = [JOIN[join](test, not a & 1) for test in tests]
        return tests[0] + 2 * (tests[1] and both)

    return Case(text, "b32", operands(kind), model, given(text, kind))


def values(word, to, kind, ftz="", join=""):
    """`set`: ones or 1.0, in halves for two lanes."""
    form = lanes(to)[0]
    mnemonic = f"set.{word}{'.' + join if join else ''}{ftz}.{to}.{kind}"
    text = mnemonic if not join else f"{{ .reg .pred c; setp.eq.b32 c, 0, 0; {mnemonic} $0, $1, $2, !c; }}"

    def model(a, b):
        tests = holds(word, kind, bool(ftz), a, b)
        tests = [JOIN[join](test, False) for test in tests] if join else tests
        bits = BITS[form] if form in BITS else int(to[1:]) // len(tests)
        true = fm.FORMATS[form].one if form in BITS else (1 << bits) - 1
        return sum((true if test else 0) << n * bits for n, test in enumerate(tests))

    return Case(text, to if form in BITS else f"b{to[1:]}", operands(kind), model, given(text, kind))


def selected(kind, by, ftz=""):
    def model(a, b, c):
        first = signed(c, 32) >= 0 if by == "s32" else float_holds("ge", "f32", bool(ftz), c, 0)
        return a if first else b

    width = f"b{kind[1:]}"
    name = f"slct{ftz}.{kind}.{by}"
    chosen = tuple([1, 2, c] for (c,) in rows(name, ("f32",), 40))
    return Case(name, width, (width, width, "f32"), model, chosen)


def cases():
    for word in FLOATS:
        for kind in ("f32", "f64", "f16", "f16x2", "bf16", "bf16x2"):
            yield predicates(word, kind)
        yield predicates(word, "f32", ".ftz", "and")
        yield predicates(word, "f16x2", ".ftz", "xor")
        yield values(word, "u32", "f32", ".ftz")
        yield values(word, "f32", "f32")
    for kind in ("u16", "s16", "u32", "s32", "u64", "s64"):
        for word in (*ORDER, *(UNSIGNED if kind[0] == "u" else ())):
            yield predicates(word, kind, "", ("and", "or", "xor")[len(word + kind) % 3])
    yield from (predicates(word, kind, "", "or") for word in ("eq", "ne") for kind in ("b16", "b32", "b64"))
    yield from (values("lt", to, "f64") for to in ("u32", "s32", "f32", "f16", "bf16"))
    yield from (values("geu", to, "f16", ".ftz", "or") for to in ("u16", "s16", "u32", "f16"))
    yield from (values("neu", to, "bf16") for to in ("u16", "s32", "bf16"))
    yield from (values("le", to, kind) for kind in ("f16x2", "bf16x2") for to in ("u32", "s32", kind))
    yield from (values("ls", to, "u64") for to in ("u32", "f32", "f16", "bf16"))
    yield from (values("lt", to, "s16", "", "xor") for to in ("s32", "f32"))
    yield from (predicates("gtu", kind, "", "or") for kind in ("f64", "f16", "bf16", "bf16x2"))
    yield from (values(word, to, source, "", join) for join in ("", "and") for word, to, source in (
        ("ne", "f32", "b16"), ("eq", "bf16", "b64"), ("hi", "s32", "u16"), ("hs", "bf16", "u32"), ("le", "u32", "s64"),
        ("gt", "bf16", "s32"), ("num", "f16", "f64"), ("nan", "bf16", "f64"), ("gt", "u32", "f32"), ("ge", "s16", "f16"),
        ("ltu", "f16x2", "f16x2"), ("lt", "bf16", "f32"), ("equ", "bf16", "f16"), ("ne", "u16", "bf16"), ("eq", "u32", "bf16x2")))
    yield from (selected(kind, by) for kind in ("b16", "u32", "s64", "f32") for by in ("s32", "f32"))
    yield selected("f64", "f32", ".ftz")


CASES = list(cases())
