"""What the CPU target knows about operations by name: which suspend a thread, and which tell that a loop waits for others."""

from __future__ import annotations

from crosswarp.ir.tiles.names import TILE

# Marker functions of devicelib/threads/thread.h, and functions of devicelib/entry.h.
CONTEXT = "__cwcpu.context"
SUSPEND = "__cwcpu.suspend"
PLACE = "__cwcpu.place"
SHARED = "__cwcpu.shared"
DYNAMIC_SHARED = "__cwcpu.dynamic_shared"
PARAMS = "__cwcpu.params"
SET_EVENT = "__cwcpu.set_event"
FIBER_SUSPEND = "__cwcpu.fiber_suspend"
TILE_SERVICES = "__cwcpu.tile."
TILE_MEMORY = "__cwcpu.tile.memory"
WARP_MEMORY = "__cwcpu.warp_memory"

# `Event` of devicelib/state.h.
EVENT_YIELDED = 4
EVENT_CONVERGED = 5
EVENT_EXITED = 6

# Operations that need a scheduled thread: they suspend it, or touch the state of the block's barriers.
SCHEDULED_PREFIXES = (
    TILE,
    "__nvvm.activemask",
    "__nvvm.bar.",
    "__nvvm.barrier",
    "__nvvm.mbarrier.test.wait",
    "__nvvm.elect.sync",
    "__nvvm.exit",
    "__nvvm.match.",
    "__nvvm.nanosleep",
    "__nvvm.redux.sync",
    "__nvvm.shfl.sync",
    "__nvvm.vote.",
    "__cw.grid.",
    "__cw.mbarrier.test.wait",
    "__cw.mbarrier.try.wait",
)
GRID_SYNCS = ("__cw.grid.sync", "__cw.grid.wait")


def is_scheduled(name: str) -> bool:
    """Whether a thread that runs the operation needs the coroutine or fiber model."""
    return name.startswith(SCHEDULED_PREFIXES)
