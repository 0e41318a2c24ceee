"""Constant expressions: integers of 64 bits, signed until an operand is not. Source: PTX ISA 8.8, "Constant Expressions"; what it
leaves open is as in ptxas: `%` takes its operands as unsigned, shifts take their amount modulo 64.

4*8, (1<<4)|2, -(.u64)3, 1 ? 2 : 3
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crosswarp.ir.ptx.syntax import Immediate, PtxError

_BASES = {"0x": 16, "0b": 2}
_WARP_SIZE = 32
_LEVELS = [level.split() for level in ("||", "&&", "|", "^", "&", "== !=", "< <= > >=", "<< >>", "+ -", "* / %")]
_WORD = 1 << 64


def _towards_zero(a: int, b: int) -> int:
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


_BINARY: dict[str, Callable[[int, int], int]] = {
    "||": lambda a, b: int(bool(a or b)), "&&": lambda a, b: int(bool(a and b)),
    "|": int.__or__, "^": int.__xor__, "&": int.__and__,
    "==": lambda a, b: int(a == b), "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b), "<=": lambda a, b: int(a <= b), ">": lambda a, b: int(a > b), ">=": lambda a, b: int(a >= b),
    "<<": lambda a, b: a << b, ">>": lambda a, b: a >> b,
    "+": int.__add__, "-": int.__sub__, "*": int.__mul__,
    "/": _towards_zero, "%": int.__mod__,
}  # fmt: skip
_TESTS = {"==", "!=", "<", "<=", ">", ">=", "&&", "||"}


def integer(text: str) -> int:
    """The value of a literal: decimal, `0x`, `0b`, octal with a leading 0."""
    if text == "WARP_SZ":
        return _WARP_SIZE
    digits = text.removesuffix("U")
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    base = _BASES.get(digits[:2].lower(), 8 if digits.startswith("0") else 10)
    return sign * int(digits[2:] if base in (2, 16) else digits, base)


def evaluate(items: Sequence[Any]) -> Immediate:
    """The value of terms and operators in the order of the text. Raises `PtxError` for what is no integer."""
    parts: list[Any] = []
    for item in items:
        if isinstance(item, Immediate) and parts and isinstance(parts[-1], Immediate):
            parts.append("+")  # `4-2`: the literal -2 follows 4
        parts.append(item if isinstance(item, Immediate) else str(item))
    if any(not isinstance(p, Immediate | str) or (isinstance(p, Immediate) and p.float_bits) for p in parts):
        raise PtxError("an expression of anything but integers")
    return _unary(parts[0], parts[1]) if isinstance(parts[0], str) else _value(parts)


def _value(parts: list[Any]) -> Immediate:
    if "?" in parts:
        return _choice(parts)
    for level in _LEVELS:
        at = max((n for n, part in enumerate(parts) if part in level), default=0)
        if at:
            return _binary(parts[at], _value(parts[:at]), _value(parts[at + 1 :]))
    if len(parts) != 1 or not isinstance(parts[0], Immediate):
        raise PtxError("an expression of this form")
    return parts[0]


def _choice(parts: list[Any]) -> Immediate:
    """`a ? b : c`, which binds to the right."""
    at, depth = parts.index("?"), 0
    for end in range(at, len(parts)):
        depth += (parts[end] == "?") - (parts[end] == ":")
        if not depth:
            return _value(parts[at + 1 : end]) if _value(parts[:at]).value else _value(parts[end + 1 :])
    raise PtxError("a '?' without ':'")


def _binary(operator: str, a: Immediate, b: Immediate) -> Immediate:
    shift = operator in ("<<", ">>")
    unsigned = a.unsigned if shift else a.unsigned or b.unsigned
    left, right = (_fitted(n.value, unsigned or operator == "%") for n in (a, b))
    if operator in ("/", "%") and not right:
        raise PtxError("a division by zero")
    if shift:
        right = b.value % 64
    result = _fitted(_BINARY[operator](left, right), unsigned)
    return Immediate(result, unsigned=operator == "%" or (unsigned and operator not in _TESTS))


def _unary(operator: str, term: Immediate) -> Immediate:
    if operator.startswith("("):
        unsigned = ".u64" in operator
        return Immediate(_fitted(term.value, unsigned), unsigned=unsigned)
    value = {"!": int(not term.value), "~": ~term.value, "-": -term.value}[operator]
    return Immediate(_fitted(value, term.unsigned), unsigned=term.unsigned)


def _fitted(value: int, unsigned: bool) -> int:
    """The number in 64 bits."""
    value %= _WORD
    return value if unsigned or value < _WORD // 2 else value - _WORD
