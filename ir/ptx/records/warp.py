"""What threads of a warp do together. Source: PTX ISA 8.8, "Parallel Synchronization and Communication Instructions".

The forms without `.sync` are for those lanes that execute them together: they name the active lanes as members.
"""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.types import FLOAT, I1, I32, VOID, StructType
from crosswarp.ir.values import Value

_N = "llvm.nvvm."
_VOLTA = 70
_HIGHEST, _LOWEST, _NAN = 0x7FFFFFFF, 0x80000000, 0x7FFFFFFF
_PAIR = StructType((I32, I1))


def _active(e: Emitter, t: Use) -> Value:
    return e.call(f"{_N}activemask", I32, convergent=True)


def _warp_barrier(e: Emitter, t: Use, mask: Value) -> None:
    e.call(f"{_N}bar.warp.sync", VOID, mask, convergent=True)


def _vote(e: Emitter, t: Use, predicate: Value, mask: Value | None = None) -> Value:
    mode = t.pick("all", "any", "uni", "ballot")
    return e.call(f"{_N}vote.{mode}.sync", I32 if mode == "ballot" else I1, mask or _active(e, t), predicate, convergent=True)


def _shuffle(suffix: str) -> Meaning:
    """Of a value, by lane or distance, and clamp; the members come last if they are named."""

    def meaning(e: Emitter, t: Use, *operands: Value) -> Value:
        value, lane, clamp, mask = operands if "sync" in t else (*operands, _active(e, t))
        name = f"{_N}shfl.sync.{t.pick('up', 'down', 'bfly', 'idx')}.i32{suffix}"
        return e.call(name, _PAIR if suffix else I32, mask, value, lane, clamp, convergent=True)

    return meaning


def _shuffle_inside(e: Emitter, t: Use, *operands: Value) -> tuple[Value, ...]:
    return _pair(e, _shuffle("p")(e, t, *operands))


def _pair(e: Emitter, both: Value) -> tuple[Value, ...]:
    return e.builder.extractvalue(both, 0), e.builder.extractvalue(both, 1)


def _match_any(e: Emitter, t: Use, value: Value, mask: Value) -> Value:
    return e.call(f"{_N}match.any.sync.i{t.bits}", I32, mask, value, convergent=True)


def _match_all(e: Emitter, t: Use, value: Value, mask: Value) -> tuple[Value, ...]:
    return _pair(e, e.call(f"{_N}match.all.sync.i{t.bits}p", _PAIR, mask, value, convergent=True))


def _reduce(e: Emitter, t: Use, value: Value, mask: Value) -> Value:
    operation = t.pick("add", "min", "max", "and", "or", "xor")
    unsigned = "u" if t.kind == "u" and operation in ("min", "max") else ""
    return e.call(f"{_N}redux.sync.{unsigned}{operation}", I32, value, mask, convergent=True)


def _reduce_floats(e: Emitter, t: Use, value: Value, mask: Value) -> Value:
    """As integers of the same order: -0 is below +0. NaNs become a number that loses, or with `.NaN` one that wins."""
    bits = e.builder.cast("bitcast", e.call("llvm.fabs.f32", FLOAT, value) if "abs" in t else value, I32)
    nan = ConstantInt(I32, _HIGHEST if ("min" in t) != ("NaN" in t) else _LOWEST)
    key = e.builder.select(e.builder.fcmp("uno", value, value), nan, _ordered(e, bits))
    best = e.call(f"{_N}redux.sync.{t.pick('min', 'max')}", I32, key, mask, convergent=True)
    result = e.builder.select(e.compare("eq", best, nan), ConstantInt(I32, _NAN), _ordered(e, best))
    return e.builder.cast("bitcast", result, FLOAT)


def _ordered(e: Emitter, bits: Value) -> Value:
    """A float's bits as a signed integer of the same order, and back."""
    return e.op("xor", bits, e.op("and", e.op("ashr", bits, 31), _HIGHEST))


def _elect(e: Emitter, t: Use, mask: Value) -> tuple[Value, ...]:
    return _pair(e, e.call(f"{_N}elect.sync", _PAIR, mask, convergent=True))


def _first(both: Meaning) -> Meaning:
    return lambda e, t, *values: both(e, t, *values)[0]


def _record(template: str, types: str, signature: str, meaning: Meaning, *, sm: int = 30, until: int = 0) -> list[Form]:
    return list(forms(template, types, signature, meaning, effects=True, sm=sm, until=until))


FORMS = [
    *_record("vote(.sync.ballot|.ballot.sync).T", "b32", "T = !pred u32", _vote),
    *_record("vote(.sync(.all|.any|.uni)|(.all|.any|.uni).sync).T", "pred", "T = !pred u32", _vote),
    *_record("vote.ballot.T", "b32", "T = !pred", _vote, until=_VOLTA),
    *_record("vote(.all|.any|.uni).T", "pred", "T = !pred", _vote, until=_VOLTA),
    *_record("shfl.sync(.up|.down|.bfly|.idx).T", "b32", "T = T u32 u32 u32", _shuffle("")),
    *_record("shfl.sync(.up|.down|.bfly|.idx).T", "b32", "T|pred = T u32 u32 u32", _shuffle_inside),
    *_record("shfl(.up|.down|.bfly|.idx).T", "b32", "T = T u32 u32", _shuffle(""), until=_VOLTA),
    *_record("shfl(.up|.down|.bfly|.idx).T", "b32", "T|pred = T u32 u32", _shuffle_inside, until=_VOLTA),
    *_record("match.any.sync.T", "b32 b64", "b32 = T u32", _match_any, sm=_VOLTA),
    *_record("match.all.sync.T", "b32 b64", "b32|pred = T u32", _match_all, sm=_VOLTA),
    *_record("match.all.sync.T", "b32 b64", "b32 = T u32", _first(_match_all), sm=_VOLTA),
    *_record("redux.sync(.add|.min|.max).T", "u32 s32", "T = T u32", _reduce, sm=80),
    *_record("redux.sync(.and|.or|.xor).T", "b32", "T = T u32", _reduce, sm=80),
    *_record("redux.sync(.min|.max)[.abs][.NaN].T", "f32", "T = T u32", _reduce_floats, sm=100),
    *_record("activemask.T", "b32", "T =", _active),
    *_record("elect.sync", "b32", "T|pred = u32", _elect, sm=90),
    *_record("bar.warp.sync", "b32", "= u32", _warp_barrier),
]
