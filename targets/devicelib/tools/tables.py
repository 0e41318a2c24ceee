"""What the device math library needs approximated: every constant, and every polynomial with its interval.

The functions are given so that the library's formula multiplies the polynomial by something small: the comment beside
each fit is that formula.
"""

from __future__ import annotations

import mpmath
from crosswarp.targets.devicelib.tools.fit import Constant, Fit, Function, q, zero_of
from crosswarp.targets.devicelib.tools.references import tail_inverse
from mpmath import mp, mpf

D = ("double",)
mp.dps = 70


def even(f: Function) -> Function:
    """f(x)/x as a function of z = x*x."""
    return lambda z: f(mpmath.sqrt(z)) / mpmath.sqrt(z)


def minus_one_over_z(f: Function) -> Function:
    """(f(z) - 1) / z."""
    return lambda z: (f(z) - 1) / z


def bessel(name: str, f: Function, low: float, high: float, zero: mpf) -> Fit:
    """f(x) / (x - zero) around the zero; the library multiplies by (x - zero) in two parts."""
    center = float(mpmath.nint((low + high) * 8) / 16)
    return Fit(name, lambda x: f(x) / (x - zero), q(low), q(high), center, lambda x: f(x) / (x - zero), D)


def j0(x: mpf) -> mpf:
    """Bessel function of the first kind, order 0."""
    return mpmath.besselj(0, x)


def j1(x: mpf) -> mpf:
    """Bessel function of the first kind, order 1."""
    return mpmath.besselj(1, x)


def y0(x: mpf) -> mpf:
    """Bessel function of the second kind, order 0."""
    return mpmath.bessely(0, x)


def y1(x: mpf) -> mpf:
    """Bessel function of the second kind, order 1."""
    return mpmath.bessely(1, x)


def hankel(order: int, part: str) -> Function:
    """P or Q of the asymptotic form J = sqrt(2/(pi x)) (P cos t - Q sin t), as a function of w = 1/(x*x); Q is divided by 1/x."""

    def value(w: mpf) -> mpf:
        x = 1 / mpmath.sqrt(w)
        angle = x - (2 * order + 1) * mp.pi / 4
        j, y = mpmath.besselj(order, x), mpmath.bessely(order, x)
        root, c, s = mpmath.sqrt(mp.pi * x / 2), mpmath.cos(angle), mpmath.sin(angle)
        return root * (j * c + y * s) if part == "p" else root * (y * c - j * s) * x

    return value


Z = {
    name: zero_of(f, near)
    for name, f, near in [
        ("j0_1", j0, 2.4048), ("j0_2", j0, 5.5201), ("j1_1", j1, 3.8317), ("j1_2", j1, 7.0156),
        ("y0_1", y0, 0.89358), ("y0_2", y0, 3.95768), ("y0_3", y0, 7.08605), ("y1_1", y1, 2.19714), ("y1_2", y1, 5.42968),
    ]
}  # fmt: skip


def constant(name: str, value: mpf, parts: int = 2, types: tuple[str, ...] = ("float", "double")) -> Constant:
    """A constant whose value is known at 70 digits."""
    return Constant(name, lambda _: value, parts, types)


CONSTANTS = [
    constant("pi", +mp.pi),
    constant("half_pi", mp.pi / 2, 3),
    constant("two_over_pi", 2 / mp.pi, 1),
    constant("ln2", mpmath.log(2), 3),
    constant("log2_e", 1 / mpmath.log(2)),
    constant("ln10", mpmath.log(10)),
    constant("log10_2", mpmath.log(2) / mpmath.log(10), 3),
    constant("log2_10", mpmath.log(10) / mpmath.log(2)),
    constant("log10_e", 1 / mpmath.log(10)),
    constant("two_over_sqrt_pi", 2 / mpmath.sqrt(mp.pi)),
    constant("half_sqrt_pi", mpmath.sqrt(mp.pi) / 2),
    constant("two_thirds", mpf(2) / 3),
    constant("inv_sqrt_pi", 1 / mpmath.sqrt(mp.pi)),
    constant("sqrt_half", mpmath.sqrt(mpf(1) / 2)),
    constant("sqrt_two", mpmath.sqrt(mpf(2))),
    constant("half_log_two_pi", mpmath.log(2 * mp.pi) / 2),
    *(constant(f"zero_{name}", value, 2, D) for name, value in Z.items()),
]

FITS = [
    # sin(r) = r + r*z*P(z), cos(r) = 1 - z/2 + z*z*P(z), z = r*r
    Fit("sin_poly", minus_one_over_z(even(mpmath.sin)), q(0), q(0.66)),
    Fit("cos_poly", lambda z: (mpmath.cos(mpmath.sqrt(z)) - 1 + z / 2) / z**2, q(0), q(0.66)),
    # exp(r) = 1 + r + r*r*P(r)
    Fit("exp_poly", lambda r: (mpmath.exp(r) - 1 - r) / r**2, q(-0.3475), q(0.3475)),
    # log(1 + f) = f - f*f/2 + f*f*f*P(f)
    Fit("log_poly", lambda f: (mpmath.log1p(f) - f + f * f / 2) / f**3, q(-0.2929), q(0.4143), 0.0),
    # 2*atanh(s) = 2*s + 2/3*s^3 + s^5*P(s*s)
    Fit("atanh_tail_poly", lambda w: (2 * mpmath.atanh(mpmath.sqrt(w)) / mpmath.sqrt(w) - 2 - 2 * w / 3) / w**2, q(0), q(0.02945)),
    # f(x) = x + x*z*P(z), z = x*x
    Fit("atan_poly", minus_one_over_z(even(mpmath.atan)), q(0), q(1)),
    Fit("asin_poly", minus_one_over_z(even(mpmath.asin)), q(0), q(0.25)),
    Fit("sinh_poly", minus_one_over_z(even(mpmath.sinh)), q(0), q(1)),
    Fit("tanh_poly", minus_one_over_z(even(mpmath.tanh)), q(0), q(0.36)),
    Fit("asinh_poly", minus_one_over_z(even(mpmath.asinh)), q(0), q(0.25)),
    Fit("atanh_poly", minus_one_over_z(even(mpmath.atanh)), q(0), q(0.25)),
    # acosh(1 + t) = sqrt(2t) * (1 + t*P(t))
    Fit("acosh_poly", lambda t: (mpmath.acosh(1 + t) / mpmath.sqrt(2 * t) - 1) / t, q(0), q(0.5)),
    # erf(x) = x * (2/sqrt(pi) + z*P(z)); erfinv likewise with sqrt(pi)/2
    Fit("erf_poly", lambda z: (even(mpmath.erf)(z) - 2 / mpmath.sqrt(mp.pi)) / z, q(0), q(1)),
    Fit("erfinv_poly", lambda z: (even(mpmath.erfinv)(z) - mpmath.sqrt(mp.pi) / 2) / z, q(0), q(0.25)),
    # (1 + 2x) * exp(x*x) * erfc(x) as a function of t = (x - 4)/(x + 4), x >= 0.5
    Fit(
        "erfcx_poly",
        lambda t: (1 + 8 * (1 + t) / (1 - t)) * mpmath.exp((4 * (1 + t) / (1 - t)) ** 2) * mpmath.erfc(4 * (1 + t) / (1 - t)),
        q(-0.7778),
        q(0.9995),
    ),
    # erfcinv(exp(-u*u)) as a function of u
    Fit("erfcinv_poly_1", tail_inverse, q(0.8325), q(2), 0.9375, tail_inverse),
    Fit("erfcinv_poly_2", tail_inverse, q(2), q(5), 3.5, tail_inverse),
    Fit("erfcinv_poly_3", tail_inverse, q(5), q(12), 8.5, tail_inverse),
    Fit("erfcinv_poly_4", tail_inverse, q(12), q(27.5), 20.0, tail_inverse, D),
    # gamma(2 + t); lgamma(2 + t) = t*P(t)
    Fit("gamma_poly", lambda t: mpmath.gamma(2 + t), q(-0.5), q(0.5), types=D),
    Fit("lgamma_poly", lambda t: mpmath.loggamma(2 + t) / t, q(-0.5), q(0.5), types=D),
    # lgamma(x) = (x - 0.5)*log(x) - x + log(2 pi)/2 + P(1/(x*x))/x, x >= 8
    Fit(
        "stirling_poly",
        lambda w: (
            (
                mpmath.loggamma(1 / mpmath.sqrt(w))
                - (1 / mpmath.sqrt(w) - mpf(1) / 2) * mpmath.log(1 / mpmath.sqrt(w))
                + 1 / mpmath.sqrt(w)
                - mpmath.log(2 * mp.pi) / 2
            )
            / mpmath.sqrt(w)
        ),
        q(1e-6),
        q(1 / 64),
        types=D,
    ),
    # I0(x) = P(x*x), I1(x) = x*P(x*x) up to 8; beyond: exp(x)/sqrt(x)*P(1/x)
    Fit("i0_poly", lambda z: mpmath.besseli(0, mpmath.sqrt(z)), q(0), q(64), 0.0, lambda z: mpmath.besseli(0, mpmath.sqrt(z)), D),
    Fit("i1_poly", even(lambda x: mpmath.besseli(1, x)), q(0), q(64), 0.0, even(lambda x: mpmath.besseli(1, x)), D),
    Fit(
        "i0_tail_poly", lambda w: mpmath.besseli(0, 1 / w) * mpmath.exp(-1 / w) / mpmath.sqrt(w), q(1e-4), q(0.125), 0.0625, types=D
    ),
    Fit(
        "i1_tail_poly", lambda w: mpmath.besseli(1, 1 / w) * mpmath.exp(-1 / w) / mpmath.sqrt(w), q(1e-4), q(0.125), 0.0625, types=D
    ),
    # Bessel functions of the first and second kind, near each zero and near 0
    Fit("j0_poly_0", lambda z: (j0(mpmath.sqrt(z)) - 1) / z, q(0), q(1), types=D),
    bessel("j0_poly_1", j0, 1, 4, Z["j0_1"]),
    bessel("j0_poly_2", j0, 4, 8, Z["j0_2"]),
    Fit("j1_poly_0", even(j1), q(0), q(4), types=D),
    bessel("j1_poly_1", j1, 2, 5.5, Z["j1_1"]),
    bessel("j1_poly_2", j1, 5.5, 8, Z["j1_2"]),
    # y0(x) = 2/pi*log(x)*j0(x) + P(z); y1(x) = 2/pi*(log(x)*j1(x) - 1/x) + x*P(z)
    Fit("y0_poly_0", lambda z: y0(mpmath.sqrt(z)) - mpmath.log(z) / mp.pi * j0(mpmath.sqrt(z)), q(0), q(0.25), types=D),
    bessel("y0_poly_1", y0, 0.5, 2, Z["y0_1"]),
    bessel("y0_poly_2", y0, 2, 5.5, Z["y0_2"]),
    bessel("y0_poly_3", y0, 5.5, 8, Z["y0_3"]),
    Fit("y1_poly_0", even(lambda x: y1(x) - 2 / mp.pi * (mpmath.log(x) * j1(x) - 1 / x)), q(0), q(1), types=D),
    bessel("y1_poly_1", y1, 1, 3.75, Z["y1_1"]),
    bessel("y1_poly_2", y1, 3.75, 8, Z["y1_2"]),
    *(Fit(f"hankel_{part}{order}_poly", hankel(order, part), q(1e-5), q(1 / 64), types=D) for order in (0, 1) for part in "pq"),
]
