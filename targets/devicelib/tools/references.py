"""The math functions at any precision, by mpmath: what the library's results are measured against."""

from __future__ import annotations

from collections.abc import Callable

import mpmath
from mpmath import mp, mpf

Reference = Callable[..., mpf]


def tail_inverse(u: mpf) -> mpf:
    """erfcinv(exp(-u*u)) for u >= 0.83, by Newton's method on log(erfc)."""
    target, y = -u * u, u if u > 2 else u * mpf("0.8")
    for _ in range(60):
        value = mpmath.erfc(y)
        step = (mpmath.log(value) - target) * value / (-2 / mpmath.sqrt(mp.pi) * mpmath.exp(-y * y))
        y -= step
        if abs(step) < mpf(2) ** (20 - mp.prec):
            break
    return y


def erfcinv(q: mpf) -> mpf:
    """The inverse of erfc, accurate in both tails."""
    if q > 1:
        return -erfcinv(2 - q)
    return tail_inverse(mpmath.sqrt(-mpmath.log(q))) if q <= 0.5 else mpmath.erfinv(1 - q)


def erfinv(x: mpf) -> mpf:
    """The inverse of erf, accurate near 1."""
    return mpmath.erfinv(x) if abs(x) <= 0.5 else mpmath.sign(x) * erfcinv(1 - abs(x))


def rounded_quotient(x: mpf, y: mpf) -> mpf:
    """The rest x - n*y, n the integer nearest to x/y, ties to even."""
    with mp.workprec(2400):
        return x - mpmath.nint(x / y) * y


def truncated_quotient(x: mpf, y: mpf) -> mpf:
    """The rest x - n*y, n = x/y without its fraction."""
    with mp.workprec(2400):
        n = mpmath.floor(abs(x) / abs(y))
        return mpmath.sign(x) * (abs(x) - n * abs(y))


def root_of_squares(*values: mpf) -> mpf:
    """Euclidean norm."""
    return mpmath.sqrt(mpmath.fsum(v * v for v in values))


REFERENCES: dict[str, Reference] = {
    "acos": mpmath.acos, "acosh": mpmath.acosh, "asin": mpmath.asin, "asinh": mpmath.asinh, "atan": mpmath.atan,
    "atanh": mpmath.atanh, "cos": mpmath.cos, "cosh": mpmath.cosh, "cospi": mpmath.cospi, "sin": mpmath.sin,
    "sinh": mpmath.sinh, "sinpi": mpmath.sinpi, "tan": mpmath.tan, "tanh": mpmath.tanh,
    "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
    "rcbrt": lambda x: mpmath.sign(x) / mpmath.cbrt(abs(x)),
    "rsqrt": lambda x: 1 / mpmath.sqrt(x),
    "exp": mpmath.exp, "exp2": lambda x: mpf(2) ** x, "exp10": lambda x: mpf(10) ** x, "expm1": mpmath.expm1,
    "log": mpmath.log, "log2": lambda x: mpmath.log(x, 2), "log10": mpmath.log10, "log1p": mpmath.log1p,
    "erf": mpmath.erf, "erfc": mpmath.erfc, "erfcx": lambda x: mpmath.exp(x * x) * mpmath.erfc(x),
    "erfinv": erfinv, "erfcinv": erfcinv,
    "normcdf": lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2, "normcdfinv": lambda p: -mpmath.sqrt(2) * erfcinv(2 * p),
    "tgamma": mpmath.gamma, "lgamma": lambda x: mpmath.log(abs(mpmath.gamma(x))) if x < 10 else mpmath.loggamma(x),
    "j0": lambda x: mpmath.besselj(0, x), "j1": lambda x: mpmath.besselj(1, x),
    "y0": lambda x: mpmath.bessely(0, x), "y1": lambda x: mpmath.bessely(1, x),
    "jn": lambda n, x: mpmath.besselj(int(n), x), "yn": lambda n, x: mpmath.bessely(int(n), x),
    "cyl_bessel_i0": lambda x: mpmath.besseli(0, x), "cyl_bessel_i1": lambda x: mpmath.besseli(1, x),
    "atan2": mpmath.atan2, "pow": lambda x, y: x**y, "fmod": truncated_quotient, "remainder": rounded_quotient,
    "hypot": root_of_squares, "norm3d": root_of_squares, "norm4d": root_of_squares,
    "rhypot": lambda *v: 1 / root_of_squares(*v), "rnorm3d": lambda *v: 1 / root_of_squares(*v),
    "rnorm4d": lambda *v: 1 / root_of_squares(*v),
    "add": lambda a, b: a + b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b, "sqrt": mpmath.sqrt,
    "fma": lambda a, b, c: a * b + c,
}  # fmt: skip
