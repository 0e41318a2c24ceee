"""Barriers in shared memory. Source: PTX ISA 8.8, `mbarrier`.

Every arrival releases and every successful wait acquires, which is at least what the instruction asks for. `.noComplete` promises
that the phase goes on.
"""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.ptx.records.memory import SHARED
from crosswarp.ir.types import I32, I64, VOID
from crosswarp.ir.values import Value

_M = "__cw.mbarrier."
_OWN = "(|.shared|.shared::cta)"
_ANY = f"(|{SHARED})"
_SCOPES = "(.cta|.cluster)"
_ARRIVAL = f"(|.release{_SCOPES}|.relaxed{_SCOPES})"
_WAIT = f"(|.acquire{_SCOPES}|.relaxed{_SCOPES})"


def _number(value: int) -> Value:
    return ConstantInt(I32, value)


def _init(e: Emitter, t: Use, barrier: Value, count: Value) -> None:
    e.effect(f"{_M}init", VOID, e.generic(barrier), count)


def _invalidate(e: Emitter, t: Use, barrier: Value) -> None:
    e.effect(f"{_M}inval", VOID, e.generic(barrier))


def _arrive(e: Emitter, t: Use, barrier: Value, number: Value | None = None) -> Value:
    """The number is one of arrivals, or with `.expect_tx` of bytes."""
    drop = ".drop" if t.mnemonic.startswith("mbarrier.arrive_drop") else ""
    count, size = (None, number) if "expect_tx" in t else (number, None)
    return e.effect(f"{_M}arrive{drop}.tx", I64, e.generic(barrier), count or _number(1), size or _number(0))


def _expect(e: Emitter, t: Use, barrier: Value, size: Value) -> None:
    e.effect(f"{_M}{'expect' if 'expect_tx' in t else 'complete'}.tx", VOID, e.generic(barrier), size)


def _wait(e: Emitter, t: Use, barrier: Value, phase: Value, *time: Value) -> Value:
    parity = ".parity" if "parity" in t else ""
    times = (time[0] if time else _number(0),) if "try_wait" in t else ()
    name = f"{_M}{'try' if times else 'test'}.wait{parity}"
    return e.compare("ne", e.effect(name, I32, e.generic(barrier), phase, *times), 0)


def _pending(e: Emitter, t: Use, token: Value) -> Value:
    return e.call(f"{_M}pending.count", I32, token)


def _record(template: str, signature: str, meaning: Meaning, sm: int = 80) -> list[Form]:
    return list(forms(f"mbarrier.{template}", "b64", signature, meaning, effects=True, sm=sm))


def _arrivals(name: str) -> list[Form]:
    return [
        *_record(f"{name}{_OWN}.T", "T = []", _arrive),
        *(form for space, result in ((_OWN, "T"), (".shared::cluster", "_")) for form in (
            *_record(f"{name}{_ARRIVAL}{space}.T", f"{result} = []", _arrive, 90),
            *_record(f"{name}{_ARRIVAL}{space}.T", f"{result} = [] u32", _arrive, 90),
            *_record(f"{name}.expect_tx{_ARRIVAL}{space}.T", f"{result} = [] u32", _arrive, 90))),
        *_record(f"{name}.noComplete{_OWN}.T", "T = [] u32", _arrive),
        *_record(f"{name}.noComplete.release.cta{_OWN}.T", "T = [] u32", _arrive),
    ]


FORMS = [
    *_record(f"init{_OWN}.T", "= [] u32", _init),
    *_record(f"inval{_OWN}.T", "= []", _invalidate),
    *_arrivals("arrive"),
    *_arrivals("arrive_drop"),
    *_record(f"(expect_tx|complete_tx)[.relaxed{_SCOPES}]{_ANY}.T", "= [] u32", _expect, 90),
    *_record(f"test_wait{_OWN}.T", "pred = [] b64", _wait),
    *_record(f"(test_wait|try_wait){_WAIT}{_OWN}.T", "pred = [] b64", _wait, 90),
    *_record(f"(test_wait|try_wait).parity{_WAIT}{_OWN}.T", "pred = [] u32", _wait, 90),
    *_record(f"try_wait{_WAIT}{_OWN}.T", "pred = [] b64 u32", _wait, 90),
    *_record(f"try_wait.parity{_WAIT}{_OWN}.T", "pred = [] u32 u32", _wait, 90),
    *_record("pending_count.T", "u32 = T", _pending),
]
