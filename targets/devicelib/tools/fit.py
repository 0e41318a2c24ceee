"""Derives the constants and polynomials of the device math library, and writes math/coefficients.h.

    python -m crosswarp.targets.devicelib.tools.fit [--check]

Each polynomial interpolates its function at Chebyshev nodes (within a small factor of the minimax error), with the lowest
degree whose error, measured at 60 digits against mpmath, is below the tolerance of the type. Leading terms that
must be exact are split off before the fit, so that rounding the coefficients does no harm.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import mpmath
from mpmath import mp, mpf

Function = Callable[[mpf], mpf]
OUTPUT = Path(__file__).resolve().parent.parent / "math" / "coefficients.h"
BITS = {"float": 27, "double": 57}
WORKING_DIGITS = 70


def q(value: float) -> mpf:
    """A value that binary floating point holds exactly."""
    return mpf(value)


@dataclass(frozen=True)
class Fit:
    """A polynomial in `v - center` for `function` on [low, high]; `scale(v)` weighs the error (1 = absolute)."""

    name: str
    function: Function
    low: mpf
    high: mpf
    center: float = 0.0
    scale: Function = lambda v: mpf(1)
    types: tuple[str, ...] = ("float", "double")


@dataclass(frozen=True)
class Constant:
    """A value as the unevaluated sum of `parts` floating-point numbers, each the rounding of what the earlier ones left."""

    name: str
    value: Function
    parts: int = 2
    types: tuple[str, ...] = ("float", "double")


def round_to(value: mpf, kind: str) -> float:
    """Nearest float or double (mpmath rounds to double; a float is rounded once more only where that is harmless)."""
    if kind == "double":
        return float(value)
    with mp.workprec(24):
        return float(+value)


def monomials(fit: Fit, degree: int) -> list[mpf]:
    """Coefficients, lowest first, of the interpolant in (v - center): Newton's form expanded at working precision."""
    half, middle = (fit.high - fit.low) / 2, (fit.high + fit.low) / 2
    nodes = [middle + half * mpmath.cos(mp.pi * (2 * i + 1) / (2 * degree + 2)) for i in range(degree + 1)]
    divided = [fit.function(node) for node in nodes]
    for level in range(1, degree + 1):
        for i in range(degree, level - 1, -1):
            divided[i] = (divided[i] - divided[i - 1]) / (nodes[i] - nodes[i - level])
    result = [divided[degree]]
    for i in range(degree - 1, -1, -1):
        shift = nodes[i] - mpf(fit.center)
        result = [mpf(0), *result]
        for j in range(len(result) - 1):
            result[j] -= shift * result[j + 1]
        result[0] += divided[i]
    return result


def worst_error(fit: Fit, coefficients: list[mpf], samples: list[tuple[mpf, mpf, mpf]]) -> mpf:
    """Largest weighted error at the samples."""
    reverse = coefficients[::-1]
    return max(abs(mpmath.polyval(reverse, v - mpf(fit.center)) - exact) / scale for v, exact, scale in samples)


def best_degree(fit: Fit, kind: str) -> list[mpf]:
    """The shortest polynomial that is accurate enough for `kind`."""
    points = [fit.low + (fit.high - fit.low) * (mpf(i) + mpf("0.37")) / 61 for i in range(61)]
    samples = [(v, fit.function(v), abs(fit.scale(v))) for v in points]
    for degree in range(2, 60):
        coefficients = monomials(fit, degree)
        if worst_error(fit, coefficients, samples) < mpf(2) ** -BITS[kind]:
            return coefficients
    raise SystemExit(f"{fit.name}: no polynomial up to degree 59 is good enough")


def zero_of(function: Function, near: float) -> mpf:
    """The zero of `function` nearest to `near`."""
    return mpmath.findroot(function, mpf(near))


def literal(value: float, kind: str) -> str:
    """C++ hexadecimal literal."""
    mantissa, exponent = value.hex().split("p")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{mantissa}p{exponent}{'f' if kind == 'float' else ''}"


def emit(name: str, kind: str, values: list[float], center: float | None = None) -> str:
    """One specialisation of the template `name`."""
    text = ", ".join(literal(value, kind) for value in values)
    middle = "" if center is None else f"  static constexpr {kind} center = {literal(round_to(mpf(center), kind), kind)};\n"
    return f"template <>\nstruct {name}<{kind}> {{\n{middle}  static constexpr {kind} c[] = {{{text}}};\n}};\n"


def constant_parts(constant: Constant, kind: str) -> list[float]:
    """The parts of a constant, largest first."""
    rest, parts = constant.value(mpf(0)), []
    for _ in range(constant.parts):
        parts.append(round_to(rest, kind))
        rest -= mpf(parts[-1])
    return parts


def two_over_pi_words(count: int) -> list[int]:
    """The first `32 * count` bits after the binary point of 2/pi, most significant word first."""
    with mp.workprec(32 * count + 64):
        bits = int(mpmath.floor(2 / mp.pi * mpf(2) ** (32 * count)))
    return [(bits >> (32 * (count - 1 - i))) & 0xFFFFFFFF for i in range(count)]


def generate() -> str:
    """The text of coefficients.h."""
    from crosswarp.targets.devicelib.tools.tables import CONSTANTS, FITS

    mp.dps = WORKING_DIGITS
    parts = [
        "// Written by tools/fit.py: do not edit.\n#pragma once\n\n#include <stdint.h>\n\n// clang-format off\nnamespace cw {\n"
    ]
    for constant in CONSTANTS:
        parts.append(f"template <class T>\nstruct {constant.name};\n")
        parts += [emit(constant.name, kind, constant_parts(constant, kind)) for kind in constant.types]
    for fit in FITS:
        parts.append(f"template <class T>\nstruct {fit.name};\n")
        for kind in fit.types:
            coefficients = best_degree(fit, kind)
            print(f"{fit.name}<{kind}>: degree {len(coefficients) - 1}", file=sys.stderr)
            parts.append(emit(fit.name, kind, [round_to(c, kind) for c in coefficients], fit.center))
    words = ", ".join(f"0x{word:08X}" for word in two_over_pi_words(40))
    parts.append(f"static constexpr uint32_t kTwoOverPi[] = {{{words}}};\n")
    parts.append("}  // namespace cw\n// clang-format on\n")
    return "\n".join(parts)


def main() -> int:
    """Write the header, or with --check say whether it is what this script would write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args()
    text = generate()
    if options.check:
        return 0 if OUTPUT.read_text() == text else 1
    OUTPUT.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
