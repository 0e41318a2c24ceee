"""Branches and ends. Source: PTX ISA 8.8, "Control Flow Instructions" and `trap`, `brkpt`."""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Use, forms
from crosswarp.ir.types import VOID
from crosswarp.ir.values import Value


def _branch(e: Emitter, t: Use, label: str) -> None:
    e.branch(label)


def _trap(e: Emitter, t: Use) -> None:
    e.call("__cw.trap", VOID, convergent=True)


def _breakpoint(e: Emitter, t: Use) -> None:
    e.call("__cw.brkpt", VOID, convergent=True)


def _sleep(e: Emitter, t: Use, duration: Value) -> None:
    e.call("llvm.nvvm.nanosleep", VOID, duration, convergent=True)


def _exit(e: Emitter, t: Use) -> None:
    e.call("llvm.nvvm.exit", VOID, convergent=True)
    e.end().unreachable()


FORMS = [
    *forms("bra[.uni]", "b32", "= label", _branch, effects=True),
    *forms("nanosleep.T", "u32", "= T", _sleep, effects=True, sm=70),
    *forms("exit", "b32", "=", _exit, effects=True),
    *forms("trap", "b32", "=", _trap, effects=True),
    *forms("brkpt", "b32", "=", _breakpoint, effects=True),
]
