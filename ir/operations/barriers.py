"""Barriers of a block and of the grid, and fences. Source: PTX ISA, "barrier", "membar"."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.operations.record import BLOCK, CONVERGENT, FENCE, GRID, NEVER, NORETURN, SERVICE, Evaluate, family, operation
from crosswarp.ir.operations.requests import BlockBarrier, GridBarrier
from crosswarp.ir.operations.shared_barriers import OPERATIONS as SHARED_BARRIERS

_REDUCE: dict[str, Callable[[list[int]], int]] = {"popc": sum, "and": lambda v: int(all(v)), "or": lambda v: int(any(v))}
_RESULTS = {"popc": "i32", "and": "i1", "or": "i1"}


def _sync_all(aligned: str) -> Evaluate:
    return lambda t, number: BlockBarrier(number)


def _sync_count(aligned: str) -> Evaluate:
    return lambda t, number, count: BlockBarrier(number, count)


def _arrive(aligned: str) -> Evaluate:
    return lambda t, number, count: BlockBarrier(number, count, arrive=True)


def _red_all(op: str) -> Evaluate:
    return lambda t, number, predicate: BlockBarrier(number, None, predicate=predicate, combine=_REDUCE[op])


def _red_count(op: str) -> Evaluate:
    return lambda t, number, count, predicate: BlockBarrier(number, count, predicate=predicate, combine=_REDUCE[op])


_BARRIER = "llvm.nvvm.barrier.cta."
_SHAPES = (".aligned", "")
OPERATIONS = [
    *(o for shape in _SHAPES for o in (
        *family(_BARRIER + f"sync{shape}.all", "void (i32)", CONVERGENT | FENCE, BLOCK,
                "barrier of all threads of the block that have not exited; 0 is __syncthreads", _sync_all, aligned="_"),
        *family(_BARRIER + f"sync{shape}.count", "void (i32, i32)", CONVERGENT | FENCE, BLOCK, "barrier of a number of threads",
                _sync_count, aligned="_"),
        *family(_BARRIER + f"arrive{shape}.count", "void (i32, i32)", CONVERGENT | FENCE, BLOCK,
                "come to a barrier without waiting", _arrive, aligned="_"),
        *(o for op, result in _RESULTS.items() for o in (
            *family(_BARRIER + f"red.{{op}}{shape}.all", f"{result} (i32, i1)", CONVERGENT | FENCE, BLOCK,
                    "barrier that combines predicates: __syncthreads_count, _and, _or ({op})", _red_all, op=op),
            *family(_BARRIER + f"red.{{op}}{shape}.count", f"{result} (i32, i32, i1)", CONVERGENT | FENCE, BLOCK,
                    "the same for a number of threads", _red_count, op=op))))),
    *family("llvm.nvvm.membar.{scope}", "void ()", FENCE, GRID, "__threadfence, scope {scope}", lambda scope: lambda t: None,
            scope="cta gl sys"),
    *family("__cw.fence.{order}.{scope}", "void ()", FENCE, GRID, "memory fence of this order and scope",
            lambda order, scope: lambda t: None, order="relaxed acquire release acq_rel seq_cst", scope="cta gpu sys"),
    operation("llvm.nvvm.fence.sc.cluster", "void ()", FENCE, GRID, "fence of a cluster", lambda t: None),
    operation("__cw.grid.sync", "void ()", CONVERGENT | FENCE, GRID, "barrier of all threads of the grid", lambda t: GridBarrier()),
    operation("__cw.grid.arrive", "i32 ()", CONVERGENT | FENCE, NEVER, "come to the grid's barrier: the token to wait with",
              lambda t: 0),
    operation("__cw.grid.wait", "void (i32)", CONVERGENT | FENCE, GRID, "wait until all threads of the grid have come",
              lambda t, token: GridBarrier()),
    *SHARED_BARRIERS,
    operation("llvm.nvvm.nanosleep", "void (i32)", SERVICE, GRID, "wait a while", lambda t, duration: None),
    operation("llvm.nvvm.exit", "void ()", NORETURN, BLOCK, "the thread ends", lambda t: t.exit()),
]
