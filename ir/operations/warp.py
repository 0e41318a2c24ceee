"""Operations in which the threads of a warp meet: shuffle, vote, match, reduce. Source: PTX ISA, "Parallel Synchronization"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosswarp.ir.operations.record import CONVERGENT, NEVER, WARP, Evaluate, family, operation
from crosswarp.ir.operations.requests import ActiveMask, WarpMeeting
from crosswarp.ir.semantics.integers import signed
from crosswarp.ir.semantics.poison import POISON

_Lanes = dict[int, tuple[Any, ...]]


def _source_lane(mode: str, lane: int, distance: int, control: int) -> tuple[int, bool]:
    """The lane read, and whether it is in range: PTX's description of `shfl`."""
    clamp, segment = control & 31, control >> 8 & 31
    highest = (lane & segment) | (clamp & ~segment)
    lowest = lane & segment
    distance &= 31
    if mode == "up":
        source = lane - distance
        inside = source >= highest
    elif mode == "idx":
        source = lowest | (distance & ~segment)
        inside = source <= highest
    else:
        source = lane + distance if mode == "down" else lane ^ distance
        inside = source <= highest
    return (source if inside else lane), inside


def _shuffle(mode: str, predicate: bool) -> Callable[[_Lanes], dict[int, Any]]:
    def combine(lanes: _Lanes) -> dict[int, Any]:
        results: dict[int, Any] = {}
        for lane, (_, distance, control) in lanes.items():
            source, inside = _source_lane(mode, lane, distance, control)
            value = lanes[source][0] if source in lanes else POISON  # a lane that takes no part: undefined
            results[lane] = (value, int(inside)) if predicate else value
        return results

    return combine


def _shuffle_operation(predicate: bool) -> Callable[..., Evaluate]:
    def make(mode: str, kind: str) -> Evaluate:
        combine = _shuffle(mode, predicate)
        name = f"shfl.sync.{mode}"
        return lambda t, mask, value, distance, control: WarpMeeting(name, mask, (value, distance, control), combine)

    return make


def _ballot(lanes: _Lanes) -> int:
    return sum(1 << lane for lane, (predicate,) in lanes.items() if predicate)


_VOTES: dict[str, Callable[[_Lanes], Any]] = {
    "all": lambda lanes: int(all(p for (p,) in lanes.values())),
    "any": lambda lanes: int(any(p for (p,) in lanes.values())),
    "uni": lambda lanes: int(len({bool(p) for (p,) in lanes.values()}) == 1),
    "ballot": _ballot,
}


def _to_all(value: Callable[[_Lanes], Any]) -> Callable[[_Lanes], dict[int, Any]]:
    def combine(lanes: _Lanes) -> dict[int, Any]:
        result = value(lanes)
        return dict.fromkeys(lanes, result)

    return combine


def _vote(mode: str) -> Evaluate:
    combine = _to_all(_VOTES[mode])
    return lambda t, mask, predicate: WarpMeeting(f"vote.{mode}.sync", mask, (predicate,), combine)


def _match_any(lanes: _Lanes) -> dict[int, Any]:
    return {lane: sum(1 << other for other, v in lanes.items() if v == value) for lane, value in lanes.items()}


def _match_all(lanes: _Lanes) -> tuple[int, int]:
    same = len(set(lanes.values())) == 1
    return (sum(1 << lane for lane in lanes), 1) if same else (0, 0)


_REDUCTIONS: dict[str, Callable[[list[int]], int]] = {
    "add": sum, "umin": min, "umax": max, "and": lambda v: _fold(v, int.__and__), "or": lambda v: _fold(v, int.__or__),
    "xor": lambda v: _fold(v, int.__xor__),
    "min": lambda v: min(v, key=lambda x: signed(x, 32)), "max": lambda v: max(v, key=lambda x: signed(x, 32)),
}


def _fold(values: list[int], combine: Callable[[int, int], int]) -> int:
    result = values[0]
    for value in values[1:]:
        result = combine(result, value)
    return result


def _reduce(op: str) -> Evaluate:
    combine = _to_all(lambda lanes: _REDUCTIONS[op]([v for (v,) in lanes.values()]) & 0xFFFFFFFF)
    return lambda t, value, mask: WarpMeeting(f"redux.sync.{op}", mask, (value,), combine)


def _elect(lanes: _Lanes) -> dict[int, Any]:
    leader = min(lanes)
    return {lane: (leader, int(lane == leader)) for lane in lanes}


OPERATIONS = [
    operation("llvm.nvvm.bar.warp.sync", "void (i32)", CONVERGENT, WARP, "__syncwarp(mask)",
              lambda t, mask: WarpMeeting("bar.warp.sync", mask, (), dict.fromkeys)),
    *family("llvm.nvvm.shfl.sync.{mode}.{kind}", "{type} (i32, {type}, i32, i32)", CONVERGENT, NEVER,
            "__shfl_sync, mode {mode}: (mask, value, lane or distance, clamp and segment)", _shuffle_operation(False),
            mode="up down bfly idx", kind="i32 f32"),
    *family("llvm.nvvm.shfl.sync.{mode}.{kind}p", "{ {type}, i1 } (i32, {type}, i32, i32)", CONVERGENT, NEVER,
            "as without p, and whether the source lane is in range", _shuffle_operation(True),
            mode="up down bfly idx", kind="i32 f32"),
    *family("llvm.nvvm.vote.{mode}.sync", "i1 (i32, i1)", CONVERGENT, WARP, "__{mode}_sync(mask, predicate)", _vote,
            mode="all any uni"),
    operation("llvm.nvvm.vote.ballot.sync", "i32 (i32, i1)", CONVERGENT, WARP, "__ballot_sync(mask, predicate)", _vote("ballot")),
    *family("llvm.nvvm.match.any.sync.{kind}", "i32 (i32, {type})", CONVERGENT, NEVER, "lanes of mask with my value",
            lambda kind: lambda t, mask, value: WarpMeeting("match.any.sync", mask, (value,), _match_any), kind="i32 i64"),
    *family("llvm.nvvm.match.all.sync.{kind}p", "{ i32, i1 } (i32, {type})", CONVERGENT, WARP,
            "mask and true if all lanes have the same value, else 0 and false",
            lambda kind: lambda t, mask, value: WarpMeeting("match.all.sync", mask, (value,), _to_all(_match_all)), kind="i32 i64"),
    operation("llvm.nvvm.activemask", "i32 ()", CONVERGENT, WARP, "lanes that execute this together", lambda t: ActiveMask()),
    *family("llvm.nvvm.redux.sync.{op}", "i32 (i32, i32)", CONVERGENT, WARP, "__reduce_{op}_sync: (value, mask)", _reduce,
            op="add min max umin umax and or xor"),
    operation("llvm.nvvm.elect.sync", "{ i32, i1 } (i32)", CONVERGENT, NEVER, "a leader lane of mask, and whether I am it",
              lambda t, mask: WarpMeeting("elect.sync", mask, (), _elect)),
]
