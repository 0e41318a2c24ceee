"""Loops that the meaning of one instruction needs."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.types import I32, IntType
from crosswarp.ir.values import Value


def repeat(e: Emitter, count: Value, inside: Callable[[Value], None]) -> None:
    """Emit what `inside` emits for the numbers below an `i32`."""
    variable, again = e.variable(I32), e.fresh_label()
    e.builder.store(ConstantInt(I32, 0), variable)
    e.place(again)
    index = e.builder.load(I32, variable)

    def once() -> None:
        inside(index)
        e.builder.store(e.op("add", index, 1), variable)
        e.branch(again)

    e.only_if(e.compare("ult", index, count), once)


def change(e: Emitter, pointer: Value, how: str, kind: IntType, new: Callable[[Value], Value]) -> Value:
    """Atomically put what `new` makes of a word into its place, `how` is order and scope. Returns the old word."""
    variable, again = e.variable(kind), e.fresh_label()
    e.builder.store(e.effect(f"__cw.atom.load.relaxed.{how.split('.')[1]}.{kind}", kind, pointer), variable)
    e.place(again)
    old = e.builder.load(kind, variable)
    found = e.effect(f"__cw.atom.cas.{how}.{kind}", kind, pointer, old, new(old))
    e.builder.store(found, variable)
    e.only_if(e.compare("ne", found, old), lambda: e.branch(again))
    return old
