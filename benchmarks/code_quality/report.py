"""The comparison as a table on the terminal, as Markdown, and as a page with plots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log

from code_quality.figures import Figures


@dataclass(frozen=True)
class Comparison:
    """One kernel of both compilers."""

    kernel: str
    file: str
    ours: Figures
    theirs: Figures

    @property
    def static_ratio(self) -> float:
        """Our instructions by theirs; below 1 is better."""
        return self.ours.instructions / self.theirs.instructions


def geometric_mean(values: Iterable[float]) -> float:
    """Of positive numbers; 1 of none."""
    logarithms = [log(value) for value in values]
    return exp(sum(logarithms) / len(logarithms)) if logarithms else 1.0


def print_table(arch: str, comparisons: list[Comparison]) -> None:
    """One line a kernel: Crosswarp's figure before HIP's."""
    print(f"{arch:24} {'instructions':>18} {'VGPRs':>9} {'SGPRs':>9} {'spills':>7} {'scratch':>9} {'occupancy':>9} {'code':>13}")
    for c in comparisons:
        a, b = c.ours, c.theirs
        print(f"{c.kernel:24} {a.instructions:5} {b.instructions:5} {c.static_ratio:6.2f} {a.vgprs:4} {b.vgprs:4} {a.sgprs:4}"
              f" {b.sgprs:4} {a.spills:3} {b.spills:3} {a.scratch:4} {b.scratch:4} {a.occupancy:4} {b.occupancy:4} {a.code:6} {b.code:6}")
    mean = geometric_mean(c.static_ratio for c in comparisons)
    print(f"{len(comparisons)} kernels, geometric mean of instructions {mean:.3f}")
