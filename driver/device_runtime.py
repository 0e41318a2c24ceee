"""Functions of NVIDIA's device runtime library (`libcudadevrt.a`) that PTX of other compilers calls, as portable IR.

`cudaCG...` are what a grid's barrier calls in relocatable code and in Numba's: a handle is the scope, 1 for the grid; there are no
groups of several grids.
"""

from __future__ import annotations

TEXT = b"""target triple = "nvptx64-nvidia-cuda"

define linkonce_odr i64 @cudaCGGetIntrinsicHandle(i32 %scope) {
  %handle = zext i32 %scope to i64
  ret i64 %handle
}

define linkonce_odr i32 @cudaCGSynchronize(i64 %handle, i32 %flags) convergent {
  %grid = icmp eq i64 %handle, 1
  br i1 %grid, label %wait, label %invalid
wait:
  call void @__cw.grid.sync() convergent
  ret i32 0
invalid:
  ret i32 1
}

declare void @__cw.grid.sync() convergent
"""
_NAMES = (b"@cudaCGGetIntrinsicHandle(", b"@cudaCGSynchronize(")


def is_needed(portable: bytes) -> bool:
    """Whether a module calls one of the functions."""
    return any(name in portable for name in _NAMES)
