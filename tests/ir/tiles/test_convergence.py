"""Which phis choose for a whole warp: a guard that matrix instructions stand behind does, one of each lane does not."""

from __future__ import annotations

import pytest
from crosswarp.ir.instructions import Phi
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.convergence import Convergence

HEAD = """
declare float @matrix(float) convergent
define amdgpu_kernel void @k(i32 %n, i1 %own_argument, float %f, ptr addrspace(1) %p) {
"""
# `%own` is a condition that lanes may see differently; PTX forbids that where a matrix instruction stands behind it.
OWN = "  %own = load volatile i1, ptr addrspace(1) %p\n"
GUARDED_LOOP = f"""
entry:
{OWN}  br label %head
head:
  %kept = phi float [ %f, %entry ], [ %merged, %next ]
  %i = phi i32 [ 0, %entry ], [ %more, %next ]
  br i1 %own, label %product, label %next
product:
  %made = call float @matrix(float %kept)
  br label %next
next:
  %merged = phi float [ %kept, %head ], [ %made, %product ]
  %more = add i32 %i, 1
  %again = icmp slt i32 %more, %n
  br i1 %again, label %head, label %out
out:
  ret void
"""
LANES_PART_BEHIND = f"""
entry:
{OWN}  %made = call float @matrix(float %f)
  br i1 %own, label %there, label %out
there:
  br label %out
out:
  %mixed = phi float [ %made, %entry ], [ 1.0, %there ]
  ret void
"""
GUARDED_LOOP_WITH_CHOICE = GUARDED_LOOP.replace("[ %merged, %next ]", "[ %other, %next ]").replace(
    "  %more = add", "  %other = select i1 %own, float %merged, float 2.0\n  %more = add")  # fmt: skip
LOOP_THAT_MAY_NOT_RUN = """
entry:
  %some = icmp sgt i32 %n, 0
  br i1 CONDITION, label %loop, label %out
loop:
  %kept = phi float [ 0.0, %entry ], [ %made, %loop ]
  %i = phi i32 [ 0, %entry ], [ %more, %loop ]
  %made = call float @matrix(float %kept)
  %more = add i32 %i, 1
  %again = icmp slt i32 %more, %n
  br i1 %again, label %loop, label %edge
edge:
  %scaled = fmul float %made, 3.0
  br label %join
join:
  br label %out
out:
  %end = phi float [ 1.0, %entry ], [ %scaled, %join ]
  ret void
"""


def chosen_together(body: str) -> set[str]:
    """The names of the phis of floats that are chosen together; blocks that call @matrix have the whole warp."""
    function = read_module(f"{HEAD}{body}}}\n").functions["k"]
    calls = [one.parent for one in function.instructions() if one.opcode == "call" and one.parent is not None]
    convergence = Convergence(function, calls, lambda block: False)
    phis = [one for one in function.instructions() if isinstance(one, Phi) and str(one.type) == "float"]
    return {phi.name or "" for phi in phis if convergence.chooses_together([phi])}


@pytest.mark.parametrize(
    ("body", "together"),
    [
        (GUARDED_LOOP, {"kept", "merged"}),
        (LANES_PART_BEHIND, set()),
        (GUARDED_LOOP_WITH_CHOICE, {"merged"}),
        (LOOP_THAT_MAY_NOT_RUN.replace("CONDITION", "%some"), {"kept", "end"}),
    ],
)
def test_phis(body: str, together: set[str]) -> None:
    assert chosen_together(body) == together


def test_an_own_condition_around_other_values() -> None:
    """The scaled sum and 1 come together where lanes may have parted without any matrix instruction behind one way."""
    body = LOOP_THAT_MAY_NOT_RUN.replace("CONDITION", "%own").replace("  %some", f"{OWN}  %some")
    assert "kept" in chosen_together(body)
    both = body.replace("  %made = call float @matrix(float %kept)", "  %made = fadd float %kept, 1.0")
    assert "end" not in chosen_together(both)
