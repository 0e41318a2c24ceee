"""Approximations within the error that PTX documents, around values by mpmath."""

from fractions import Fraction
from functools import partial

import float_model as fm
import mpmath
from cases_float import lanes, rows
from harness import Case

mpmath.mp.prec = 120


def real(size):
    """A model's size as mpmath has it."""
    if size is fm.NAN or size == fm.INF:
        return mpmath.nan if size is fm.NAN else mpmath.inf
    return mpmath.mpf(size.numerator) / size.denominator


class Within:
    """The encodings of values between two bounds, `low` and `high`; or of one special value."""

    def __init__(self, kind, low, high, ftz=False):
        self.kind, self.low, self.high, self.ftz = kind, low, high, ftz

    def __contains__(self, code):
        form = fm.FORMATS[self.kind]
        if form.is_nan(code):
            return mpmath.isnan(self.low)
        if self.ftz and form.is_subnormal(code):
            return False
        negative, size = form.decode(code)
        value = -real(size) if negative else real(size)
        return bool(self.low <= value <= self.high)

    def __repr__(self):
        return f"{mpmath.nstr(self.low, 12)} ... {mpmath.nstr(self.high, 12)}"


class Lanes:
    """One container for each lane."""

    def __init__(self, kind, parts):
        self.bits, self.parts = 16, parts

    def __contains__(self, value):
        return all((value >> n * self.bits & 0xFFFF) in part for n, part in enumerate(self.parts))

    def __repr__(self):
        return repr(self.parts)


FUNCTIONS = {
    "ex2": lambda x: mpmath.power(2, x), "lg2": lambda x: _log(x),  # noqa: PLW0108 - defined below
    "sin": mpmath.sin, "cos": mpmath.cos, "tanh": mpmath.tanh,
    "rcp": lambda x: 1 / x, "sqrt": lambda x: mpmath.sqrt(x) if x >= 0 else mpmath.nan,
    "rsqrt": lambda x: 1 / mpmath.sqrt(x) if x >= 0 else mpmath.nan,
}  # fmt: skip
# Relative and absolute error. Source: PTX ISA 8.8, the tables of each instruction; a unit in the last place is 2^-23.
ERRORS = {"ex2": (2.0**-22, 0), "lg2": (2.0**-22, 2.0**-22), "sin": (0, 2.0**-20.5), "cos": (0, 2.0**-20.5),
          "tanh": (2.0**-10.98, 0), "rcp": (2.0**-23, 0), "sqrt": (2.0**-22.9, 0), "rsqrt": (2.0**-22.9, 0)}  # fmt: skip
HALF_ERRORS = {"f16": (2.0**-9.9, 2.0**-24), "bf16": (2.0**-7, 0)}


def _log(x):
    return mpmath.nan if x < 0 else mpmath.log(x, 2) if x else -mpmath.inf


def exact(op, negative, size):
    """The function of a number, with the limits at zeros and infinities."""
    if size is fm.NAN:
        return mpmath.nan
    if size in (0, fm.INF) and op in ("rcp", "rsqrt"):
        infinite = mpmath.inf if size == 0 else mpmath.mpf(0)
        return mpmath.nan if op == "rsqrt" and negative and size else -infinite if negative else infinite
    if size == fm.INF:
        x = -mpmath.inf if negative else mpmath.inf
        return {"ex2": mpmath.mpf(0) if negative else x, "lg2": mpmath.nan if negative else x, "sin": mpmath.nan, "cos": mpmath.nan,
                "tanh": mpmath.mpf(-1 if negative else 1), "sqrt": mpmath.nan if negative else x}[op]  # fmt: skip
    return FUNCTIONS[op](-real(size) if negative else real(size))


def around(value, error, kind, ftz):
    """Everything within the error; what lies beyond the largest number may be that or infinity, below the smallest zero."""
    if mpmath.isnan(value):
        return Within(kind, mpmath.nan, mpmath.nan)
    if mpmath.isinf(value):
        return Within(kind, value, value)
    form, (relative, absolute) = fm.FORMATS[kind], error
    distance = abs(value) * relative + absolute
    low, high = value - distance, value + distance
    largest = mpmath.mpf(form.decode(form.infinity - 1)[1].numerator)
    smallest = mpmath.mpf(2) ** (1 - form.bias - (0 if ftz else form.fraction))
    if high >= largest:
        high = mpmath.inf
    if low <= -largest:
        low = -mpmath.inf
    if abs(value) < smallest * (1 + relative):
        low, high = (min(low, 0), max(high, smallest)) if value >= 0 else (min(low, -smallest), max(high, 0))
    if not ftz and abs(value) < mpmath.mpf(2) ** (1 - form.bias):  # of subnormal numbers, the smallest is the unit
        low, high = low - smallest, high + smallest
    return Within(kind, low, high, ftz)


def approximate(op, kind, ftz, code):
    form = fm.FORMATS[kind]
    negative, size = form.decode(form.flush(code) if ftz else code)
    error = ERRORS[op] if kind == "f32" else HALF_ERRORS[kind]
    if op in ("sin", "cos") and size not in (fm.NAN, fm.INF) and size > 3:
        return Within(kind, -mpmath.inf, mpmath.inf)  # PTX gives no bound
    return around(exact(op, negative, size), error, kind, ftz)


class UpperWord(Within):
    """A double whose lower word is zero."""

    def __contains__(self, code):
        return super().__contains__(code) and not code & 0xFFFFFFFF


def gross(op, ftz, code):
    """Of doubles; with `.ftz` to 20 bits."""
    form = fm.FORMATS["f64"]
    value = exact(op, *form.decode(form.flush(code) if ftz else code))
    found = around(value, (2.0**-20.9 if ftz else 2.0**-51, 0), "f64", ftz)
    return UpperWord("f64", found.low, found.high, ftz) if ftz and not mpmath.isnan(value) else found


def quotient(full, ftz, a, b):
    form = fm.FORMATS["f32"]
    a, b = (form.flush(a), form.flush(b)) if ftz else (a, b)
    negative, size = fm.div(form.decode(a), form.decode(b))
    value = real(size)
    divisor = form.decode(b)[1]
    if not (full or mpmath.isnan(value) or divisor == fm.INF or Fraction(2) ** -126 <= divisor <= 2**126):
        return Within("f32", -mpmath.inf, mpmath.inf)  # PTX gives no bound
    return around(-value if negative else value, (2.0**-22, 0), "f32", ftz)


def cases():
    for op in FUNCTIONS:
        for ftz in ("", ".ftz") if op != "tanh" else ("",):
            name = f"{op}.approx{ftz}.f32"
            yield Case(name, "f32", ("f32",), partial(approximate, op, "f32", bool(ftz)), rows(name, ("f32",), 60))
    for op in ("ex2", "tanh"):
        for kind in ("f16", "f16x2", "bf16", "bf16x2"):
            ftz = op == "ex2" and kind.startswith("b")
            name = f"{op}.approx{'.ftz' if ftz else ''}.{kind}"
            one = partial(approximate, op, lanes(kind)[0], ftz)
            yield Case(name, kind, (kind,), lambda a, one=one, kind=kind: Lanes(kind, [one(a >> n & 0xFFFF) for n in (0, 16)][
                : lanes(kind)[1]]), rows(name, (kind,), 60))
    for op in ("rcp", "rsqrt"):
        for ftz in ("", ".ftz") if op == "rsqrt" else (".ftz",):
            name = f"{op}.approx{ftz}.f64"
            yield Case(name, "f64", ("f64",), partial(gross, op, bool(ftz)), rows(name, ("f64",), 60))
    for name in ("div.approx.f32", "div.approx.ftz.f32", "div.full.f32", "div.full.ftz.f32"):
        yield Case(name, "f32", ("f32", "f32"), partial(quotient, "full" in name, "ftz" in name), rows(name, ("f32", "f32"), 60))


CASES = list(cases())
