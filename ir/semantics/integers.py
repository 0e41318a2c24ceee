"""Two's complement arithmetic. Values are Python integers from 0 to 2^bits - 1; functions give an integer or `POISON`."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.semantics.poison import POISON, Poison, UndefinedBehaviour

Result = int | Poison


def signed(value: int, bits: int) -> int:
    """The value read as signed."""
    return value - (1 << bits) if value >> (bits - 1) else value


def fits_signed(value: int, bits: int) -> bool:
    """Whether an unbounded integer is in the signed range."""
    return -(1 << (bits - 1)) <= value < 1 << (bits - 1)


def _wrapping(compute: Callable[[int, int], int]) -> Callable[[int, int, int, tuple[str, ...]], Result]:
    def run(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
        if "nsw" in flags and not fits_signed(compute(signed(a, bits), signed(b, bits)), bits):
            return POISON
        exact = compute(a, b)
        if "nuw" in flags and not 0 <= exact < 1 << bits:
            return POISON
        return exact & ((1 << bits) - 1)

    return run


def _udiv(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
    if not b:
        raise UndefinedBehaviour("division by zero")
    return POISON if "exact" in flags and a % b else a // b


def _urem(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
    if not b:
        raise UndefinedBehaviour("division by zero")
    return a % b


def _quotient(a: int, b: int, bits: int) -> tuple[int, int]:
    x, y = signed(a, bits), signed(b, bits)
    if not y:
        raise UndefinedBehaviour("division by zero")
    size = abs(x) // abs(y)
    quotient = -size if (x < 0) != (y < 0) else size
    if not fits_signed(quotient, bits):
        raise UndefinedBehaviour("signed division overflows")
    return quotient, x - quotient * y


def _sdiv(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
    quotient, rest = _quotient(a, b, bits)
    return POISON if "exact" in flags and rest else quotient & ((1 << bits) - 1)


def _srem(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
    return _quotient(a, b, bits)[1] & ((1 << bits) - 1)


def _shl(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
    if b >= bits or ("nuw" in flags and a << b >> bits) or ("nsw" in flags and not fits_signed(signed(a, bits) << b, bits)):
        return POISON
    return a << b & ((1 << bits) - 1)


def _lshr(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
    return POISON if b >= bits or ("exact" in flags and a & ((1 << b) - 1)) else a >> b


def _ashr(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
    if b >= bits or ("exact" in flags and a & ((1 << b) - 1)):
        return POISON
    return signed(a, bits) >> b & ((1 << bits) - 1)


def _or(a: int, b: int, bits: int, flags: tuple[str, ...]) -> Result:
    return POISON if "disjoint" in flags and a & b else a | b


BINARY: dict[str, Callable[[int, int, int, tuple[str, ...]], Result]] = {
    "add": _wrapping(lambda a, b: a + b), "sub": _wrapping(lambda a, b: a - b), "mul": _wrapping(lambda a, b: a * b),
    "udiv": _udiv, "sdiv": _sdiv, "urem": _urem, "srem": _srem, "shl": _shl, "lshr": _lshr, "ashr": _ashr,
    "and": lambda a, b, bits, flags: a & b, "or": _or, "xor": lambda a, b, bits, flags: a ^ b,
}

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
}


def compare(predicate: str, a: int, b: int, bits: int) -> bool:
    """LLVM's `icmp`."""
    if predicate[0] == "s":
        return _COMPARE[predicate[1:]](signed(a, bits), signed(b, bits))
    return _COMPARE[predicate if predicate in ("eq", "ne") else predicate[1:]](a, b)


def popcount(value: int) -> int:
    """Number of ones."""
    return value.bit_count()


def leading_zeros(value: int, bits: int) -> int:
    """Zeros above the highest one."""
    return bits - value.bit_length()


def trailing_zeros(value: int, bits: int) -> int:
    """Zeros below the lowest one."""
    return (value & -value).bit_length() - 1 if value else bits


def reverse_bits(value: int, bits: int) -> int:
    """The bits in the other order."""
    return int(f"{value:0{bits}b}"[::-1], 2)


def reverse_bytes(value: int, bits: int) -> int:
    """The bytes in the other order."""
    return int.from_bytes(value.to_bytes(bits // 8, "little"), "big")


def saturate(value: int, bits: int, is_signed: bool) -> int:
    """An unbounded integer moved to the nearest one in range, as an unsigned pattern."""
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if is_signed else (0, (1 << bits) - 1)
    return min(max(value, low), high) & ((1 << bits) - 1)
