"""Operations behind PTX's floating-point instructions (docs/contracts.md). Approximations are evaluated at reference accuracy."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from crosswarp.ir.operations.mathematics import _rounded
from crosswarp.ir.operations.record import FLOAT_KINDS, OPERANDS, PURE, Evaluate, family, operation
from crosswarp.ir.semantics import floats, mathematics, narrow
from crosswarp.ir.semantics.integers import signed

_KEPT = "__cw.math.kept."
_MODES = "rn rz ru rd"


def _f32(op: str, mode: str) -> Evaluate:
    return _rounded(op, mode, "f32")


def _approximate(name: str) -> Evaluate:
    compute: dict[str, Callable[[float], float]] = {
        "rcp": lambda x: floats.div(1.0, x, "float"), "sqrt": lambda x: floats.sqrt(x, "float"),
        "rsqrt": lambda x: floats.rsqrt(x, "float"),
    }  # fmt: skip
    function = {"ex2": "exp2", "lg2": "log2"}.get(name, name)
    compute.setdefault(name, lambda x: mathematics.evaluate(function, "float", x))
    return lambda t, x: compute[name](x)


def _narrowed(kind: str, mode: str) -> Evaluate:
    return lambda t, x: narrow.rounded(x, FLOAT_KINDS[kind], mode)


def _from_integer(mode: str, kind: str) -> Evaluate:
    return lambda t, n: floats.round_exact(Fraction(signed(n, 64) if kind == "i64" else n), "bfloat", mode)


def _encoded(code: str) -> Evaluate:
    return lambda t, x: narrow.encode(x, narrow.CODES[code])


def _decoded(code: str) -> Evaluate:
    return lambda t, encoded: narrow.decode(encoded, narrow.CODES[code])


def _scale(mode: str) -> Evaluate:
    return lambda t, x: narrow.scale_code(x, mode.startswith("ru"), "satfinite" in mode)


def _scaled(t: object, code: int) -> float:
    return 2.0 ** (code - 127) if code != 255 else floats.from_bits(0x7FFF, "bfloat")


_CODES = "e4m3 e5m2 e2m3 e3m2 e2m1"
OPERATIONS = [
    *family(_KEPT + "{op}.{mode}.f32", "float (float, float)", PURE, OPERANDS, "{op} rounded {mode}, subnormal numbers kept", _f32,
            op="add mul div", mode=_MODES),
    *family(_KEPT + "{op}.{mode}.f32", "float (float)", PURE, OPERANDS, "{op} rounded {mode}, subnormal numbers kept", _f32,
            op="sqrt", mode=_MODES),
    *family(_KEPT + "{op}.{mode}.f32", "float (float, float, float)", PURE, OPERANDS,
            "{op} rounded {mode}, subnormal numbers kept", _f32, op="fma", mode=_MODES),
    *family(_KEPT + "{name}.approx.f32", "float (float)", PURE, OPERANDS, "approximate {name}, subnormal numbers kept",
            _approximate, name="ex2 lg2 rcp sqrt rsqrt sin cos tanh"),
    operation(_KEPT + "div.approx.f32", "float (float, float)", PURE, OPERANDS, "approximate a / b, subnormal numbers kept",
              lambda t, a, b: floats.div(a, b, "float")),
    operation(_KEPT + "widen.f32", "double (float)", PURE, OPERANDS, "the same value", lambda t, x: x),
    *family(_KEPT + "narrow.{mode}.{kind}", "{type} (double)", PURE, OPERANDS, "rounded {mode}", _narrowed, mode=_MODES,
            kind="f32"),
    operation("__cw.math.rcp.fast.f32", "float (float)", PURE, OPERANDS, "approximate 1 / x", _approximate("rcp")),
    *(operation(f"__cw.math.{kept}fma.rn.bf16", "bfloat (bfloat, bfloat, bfloat)", PURE, OPERANDS, "a * b + c, rounded once",
                lambda t, a, b, c: floats.fma(a, b, c, "bfloat")) for kept in ("", "kept.")),
    *family("__cw.cvt.{kind}.{mode}.f32", "{type} (float)", PURE, OPERANDS, "rounded {mode}", _narrowed, kind="f16 bf16",
            mode=_MODES),
    *family("__cw.cvt.{kind}.{mode}.f64", "{type} (double)", PURE, OPERANDS, "rounded {mode}", _narrowed, kind="f16 bf16",
            mode=_MODES),
    *family("__cw.cvt.bf16.{mode}.{kind}", "bfloat ({type})", PURE, OPERANDS, "rounded {mode}", _from_integer, mode=_MODES,
            kind="i64 u64"),
    *family("__cw.cvt.{code}.rn.f32", "i32 (float)", PURE, OPERANDS, "the {code} code, saturated", _encoded, code=_CODES),
    *family("__cw.cvt.f16.rn.{code}", "half (i32)", PURE, OPERANDS, "the value of a {code} code", _decoded, code=_CODES),
    *family("__cw.cvt.ue8m0.{mode}.f32", "i32 (float)", PURE, OPERANDS, "the code of a power of two", _scale,
            mode="rz ru rz.satfinite ru.satfinite"),
    operation("__cw.cvt.bf16.rn.ue8m0", "bfloat (i32)", PURE, OPERANDS, "the power of two of a code", _scaled),
]
