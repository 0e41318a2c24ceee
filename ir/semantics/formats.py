"""Device `printf`: the format of C, applied to arguments that are fetched one by one."""

from __future__ import annotations

import re
from collections.abc import Callable

_CONVERSION = re.compile(r"%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(hh|h|ll|l|z|j|t|L)?([diuoxXcspeEfFgGaA%])")


def format_text(template: str, integer: Callable[[int], int], real: Callable[[], float],
                text: Callable[[], str]) -> tuple[str, int]:
    """The text, and how many arguments were printed.

    `integer(size)` fetches an integer of `size` bytes as unsigned, `real` a double, `text` a string.
    """
    count = 0

    def convert(match: re.Match[str]) -> str:
        nonlocal count
        flags, width, precision, length, letter = match.groups()
        if letter == "%":
            return "%"
        if width == "*":
            given = _signed(integer(4), 4)
            flags, width = flags + ("-" if given < 0 else ""), str(abs(given))
        if precision == "*":
            given = _signed(integer(4), 4)
            precision = str(given) if given >= 0 else None
        dot = "." in match[0]
        spec = f"%{flags}{width or ''}" + (f".{precision or ''}" if dot and precision is not None else ".0" if dot else "")
        count += 1
        return _one(spec, letter, length, integer, real, text)

    return _CONVERSION.sub(convert, template), count


def _one(spec: str, letter: str, length: str | None, integer: Callable[[int], int], real: Callable[[], float],  # noqa: PLR0917
         text: Callable[[], str]) -> str:
    size = 8 if length in ("l", "ll", "z", "j", "t") else 4
    if letter in "di":
        return (spec + "d") % _signed(_narrow(integer(size), length), _size(size, length))
    if letter in "uoxX":
        return (spec + ("d" if letter == "u" else letter)) % _narrow(integer(size), length)
    if letter == "c":
        return (spec + "c") % chr(integer(4) & 255)
    if letter == "s":
        return (spec + "s") % text()
    if letter == "p":
        return (spec.replace("#", "") + "s") % hex(integer(8))
    value = real()
    return (spec + "s") % value.hex() if letter in "aA" else (spec + letter) % value


def _size(size: int, length: str | None) -> int:
    return {"h": 2, "hh": 1}.get(length or "", size)


def _narrow(value: int, length: str | None) -> int:
    return value & {"h": 0xFFFF, "hh": 0xFF}.get(length or "", -1)


def _signed(value: int, size: int) -> int:
    return value - (1 << 8 * size) if value >> (8 * size - 1) & 1 else value
