"""Barriers, fences and what threads of a warp do together: each is one portable operation. `SPECIAL` lists special registers."""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.types import I1, I32, VOID
from crosswarp.ir.values import Value

_N = "llvm.nvvm."
_FENCES = {"sc": "seq_cst", "acq_rel": "acq_rel"}


def _operation(name: str) -> Meaning:
    def meaning(e: Emitter, t: Use) -> None:
        e.call(name, VOID, convergent=True)

    return meaning


def _barrier(name: str) -> Meaning:
    def meaning(e: Emitter, t: Use, number: Value) -> None:
        e.call(name, VOID, number, convergent=True)

    return meaning


def _warp_barrier(e: Emitter, t: Use, mask: Value) -> None:
    e.call(f"{_N}bar.warp.sync", VOID, mask, convergent=True)


def _active(e: Emitter, t: Use) -> Value:
    return e.call(f"{_N}activemask", I32, convergent=True)


def _vote(mode: str) -> Meaning:
    result = I32 if mode == "ballot" else I1
    return lambda e, t, predicate, mask: e.call(f"{_N}vote.{mode}.sync", result, mask, predicate, convergent=True)


def _shuffle(mode: str) -> Meaning:
    return lambda e, t, a, lane, clamp, mask: e.call(f"{_N}shfl.sync.{mode}.i32", I32, mask, a, lane, clamp, convergent=True)


def _votes() -> list[Form]:
    made = list(forms("vote.sync.ballot.T", "b32", "T = !pred u32", _vote("ballot"), effects=True))
    for mode in ("all", "any", "uni"):
        made += forms(f"vote.sync.{mode}.T", "pred", "T = !pred u32", _vote(mode), effects=True)
    return made


def _plain(mnemonic: str, signature: str, meaning: Meaning) -> list[Form]:
    return list(forms(mnemonic, "b32", signature, meaning, effects=True))


FORMS = [
    *_votes(),
    *(f for mode in ("up", "down", "bfly", "idx") for f in _plain(f"shfl.sync.{mode}.T", "T = T u32 u32 u32", _shuffle(mode))),
    *_plain("activemask.T", "T =", _active),
    *_plain("bar.warp.sync", "= u32", _warp_barrier),
    *_plain("bar.sync", "= imm0..0", _barrier(f"{_N}barrier.cta.sync.aligned.all")),
    *_plain("barrier.sync.aligned", "= imm0..0", _barrier(f"{_N}barrier.cta.sync.aligned.all")),
    *_plain("barrier.sync", "= imm0..0", _barrier(f"{_N}barrier.cta.sync.all")),
    *(f for scope in ("cta", "gl", "sys") for f in _plain(f"membar.{scope}", "=", _operation(f"{_N}membar.{scope}"))),
    *(f for order, ir in _FENCES.items() for scope in ("cta", "gpu", "sys")
      for f in _plain(f"fence.{order}.{scope}", "=", _operation(f"__cw.fence.{ir}.{scope}"))),
]
