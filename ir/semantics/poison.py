"""Poison: the result of an operation that broke a promise (overflow under `nsw`, a shift too wide, uninitialised memory).

It spreads through arithmetic and is an error as soon as behaviour depends on it: a branch, an address, a printed value.
"""

from __future__ import annotations

from typing import Any, Final


class Poison:
    """The one poison value."""

    def __repr__(self) -> str:
        return "poison"


POISON: Final = Poison()


class UndefinedBehaviour(Exception):
    """The program did something LLVM gives no meaning: division by zero, a branch on poison, `unreachable`."""


def is_poison(value: Any) -> bool:
    """Whether a value is poison, or an aggregate with poison in it."""
    return value is POISON or (isinstance(value, tuple) and any(is_poison(v) for v in value))
