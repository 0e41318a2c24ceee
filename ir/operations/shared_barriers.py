"""Barriers in shared memory and copies to it. Sources: PTX ISA, "mbarrier", "cp.async".

The state of a barrier is opaque. Here: bits 0-19 the arrivals that a phase expects, 20-39 those still missing, 40-61 the
bytes still expected, 63 the parity of the phase; a token is the state before the arrival. Copies are done at once.
"""

from __future__ import annotations

from typing import Any

from crosswarp.ir.operations.record import FENCE, NEVER, OPERANDS, PURE, READ, WRITE, Evaluate, family, operation

_MOST = (1 << 20) - 1
_MOST_BYTES = (1 << 22) - 1


def _init(t: Any, address: int, expected: int) -> None:
    count = expected & _MOST
    t.store("i64", address, count | count << 20)


def _update(t: Any, address: int, *, arrived: int = 0, dropped: int = 0, moved: int = 0) -> int:
    """Arrivals, and bytes that are expected or, negative, have come. Returns the state before."""
    state: int = t.load("i64", address)
    expected, missing, phase = (state & _MOST) - dropped, (state >> 20 & _MOST) - arrived, state >> 63 & 1
    left = (state >> 40) + moved & _MOST_BYTES
    if missing == 0 and left == 0:
        missing, phase = expected, 1 - phase
    t.store("i64", address, expected | missing << 20 | left << 40 | phase << 63)
    return state


def _arrive(dropped: int) -> Evaluate:
    return lambda t, address: _update(t, address, arrived=1, dropped=dropped)


def _arrive_bytes(drops: bool) -> Evaluate:
    return lambda t, address, count, size: _update(t, address, arrived=count, dropped=count * drops, moved=size)


def _move(sign: int) -> Evaluate:
    return lambda t, address, size: _update(t, address, moved=sign * size) and None


def _has_ended(t: Any, address: int, parity: int) -> int:
    return int(t.load("i64", address) >> 63 & 1 != parity & 1)


def _copy(size: int) -> Evaluate:

    def run(t: Any, to: int, source: int, count: int) -> None:
        for index in range(size):
            t.store("i8", to + index, t.load("i8", source + index) if index < count else 0)

    return run


OPERATIONS = [
    operation("__cw.mbarrier.init", "void (ptr, i32)", WRITE, NEVER, "begin to use a barrier: (state, arrivals of a phase)", _init),
    operation("__cw.mbarrier.inval", "void (ptr)", WRITE, NEVER, "end to use a barrier", lambda t, address: None),
    operation("__cw.mbarrier.arrive", "i64 (ptr)", READ | WRITE | FENCE, NEVER, "arrive; a token of the phase", _arrive(0)),
    operation("__cw.mbarrier.arrive.drop", "i64 (ptr)", READ | WRITE | FENCE, NEVER, "arrive for the last time", _arrive(1)),
    operation("__cw.mbarrier.arrive.tx", "i64 (ptr, i32, i32)", READ | WRITE | FENCE, NEVER,
              "so many arrivals at once, and so many more bytes expected", _arrive_bytes(False)),
    operation("__cw.mbarrier.arrive.drop.tx", "i64 (ptr, i32, i32)", READ | WRITE | FENCE, NEVER, "the same for the last time",
              _arrive_bytes(True)),
    operation("__cw.mbarrier.expect.tx", "void (ptr, i32)", READ | WRITE | FENCE, NEVER, "expect more bytes", _move(1)),
    operation("__cw.mbarrier.complete.tx", "void (ptr, i32)", READ | WRITE | FENCE, NEVER, "so many bytes have come", _move(-1)),
    operation("__cw.mbarrier.pending.count", "i32 (i64)", PURE, OPERANDS, "arrivals that were missing before that of a token",
              lambda t, token: token >> 20 & _MOST),
    operation("__cw.mbarrier.test.wait", "i32 (ptr, i64)", READ | FENCE, NEVER, "whether the phase of a token has ended",
              lambda t, address, token: _has_ended(t, address, token >> 63)),
    operation("__cw.mbarrier.test.wait.parity", "i32 (ptr, i32)", READ | FENCE, NEVER, "whether a phase of this parity has ended",
              _has_ended),
    operation("__cw.mbarrier.try.wait", "i32 (ptr, i64, i32)", READ | FENCE, NEVER, "the same after some time, in ns",
              lambda t, address, token, time: _has_ended(t, address, token >> 63)),
    operation("__cw.mbarrier.try.wait.parity", "i32 (ptr, i32, i32)", READ | FENCE, NEVER, "the same after some time, in ns",
              lambda t, address, parity, time: _has_ended(t, address, parity)),
    *family("__cw.cp.async.{size}", "void (ptr, ptr, i32)", READ | WRITE, NEVER,
            "copy to shared memory: (to, from, bytes to read; the rest is zero)", lambda size: _copy(int(size)), size="4 8 16"),
    operation("__cw.cp.async.bulk", "void (ptr, ptr, i32)", READ | WRITE, NEVER, "copy a multiple of 16 bytes: (to, from, bytes)",
              lambda t, to, source, count: t.copy(to, source, count)),
    operation("__cw.cp.async.commit", "void ()", FENCE, NEVER, "end a batch of copies", lambda t: None),
    operation("__cw.cp.async.wait", "void (i32)", FENCE, NEVER, "wait until at most so many are left", lambda t, left: None),
    operation("__cw.cp.async.wait.all", "void ()", FENCE, NEVER, "wait for all copies", lambda t: None),
    operation("__cw.cp.async.arrive", "void (ptr)", FENCE, NEVER, "arrive at a barrier when the copies are done",
              lambda t, address: None),
]
