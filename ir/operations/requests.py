"""What a thread asks of the other threads. An evaluator returns one; the scheduler answers it when it is met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class BlockBarrier:
    """Wait until `count` threads (all that have not exited, if None) have come to barrier `number`.

    `arrive`: count me, but do not wait. `combine` turns the predicates of all into the result.
    """

    number: int
    count: int | None = None
    arrive: bool = False
    predicate: int = 0
    combine: Callable[[list[int]], Any] | None = None


@dataclass(frozen=True)
class WarpMeeting:
    """Wait for the lanes of `mask` that have not exited; all must ask for the same `name` with the same mask.

    `combine` maps the operands of the lanes that met to a result for each of them.
    """

    name: str
    mask: int
    operands: tuple[Any, ...]
    combine: Callable[[dict[int, tuple[Any, ...]]], dict[int, Any]]


@dataclass(frozen=True)
class ActiveMask:
    """The lanes of the warp that stand at the same place when none of the warp can go on by itself."""


@dataclass(frozen=True)
class GridBarrier:
    """Wait for all threads of the grid that have not exited."""


Request = BlockBarrier | WarpMeeting | ActiveMask | GridBarrier
