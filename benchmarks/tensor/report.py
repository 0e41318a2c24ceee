"""The comparison as a table on the terminal, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tensor.runs import Run

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LONG = 4096
HEADINGS = ("kernel", "processor", "tile", "executed", "by hand", "ratio", f"at {LONG}", "loop", "by hand", "ratio", "matrix",
            "LDS", "moves", "vector", "LDS bytes", "transactions", "VGPRs", "AGPRs", "spills", "right")
_IN_LOOP = ("matrix", "LDS", "moves", "vector")


@dataclass(frozen=True)
class Comparison:
    """One kernel on one processor, with a counterpart whose tiles have `tile` rows. A side that failed is its message.

    `lengths`: of the main loop, as in `Case`.
    """

    kernel: str
    arch: str
    tile: int
    lengths: tuple[int, int]
    ours: Run | str
    by_hand: Run | str


def print_table(comparisons: Sequence[Comparison]) -> None:
    """For a terminal: columns of equal width, then what failed."""
    rows = [HEADINGS, *map(_cells, comparisons)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADINGS))]
    for row in rows:
        print("  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]))
    for message in _failures(comparisons):
        print(message)


def update_document(document: Path, comparisons: Sequence[Comparison]) -> None:
    """Puts the table between the marks of a Markdown file."""
    lines = [f"| {' | '.join(row)} |" for row in [HEADINGS, ("---",) * len(HEADINGS), *map(_cells, comparisons)]]
    head, rest = document.read_text().split(BEGIN)
    document.write_text("\n".join([head + BEGIN, *lines, "", END + rest.split(END)[1]]))


def as_json(comparisons: Sequence[Comparison]) -> str:
    """All counts, by class and by instruction."""
    return json.dumps([vars(c) for c in comparisons], indent=1, default=vars)


def _cells(comparison: Comparison) -> tuple[str, ...]:
    first = (comparison.kernel, comparison.arch, str(comparison.tile))
    ours, theirs = comparison.ours, comparison.by_hand
    if isinstance(ours, str) or isinstance(theirs, str):
        return (*first, *[""] * (len(HEADINGS) - len(first) - 1), "no")
    totals = [(side.total.instructions, side.loop.instructions) for side in (ours, theirs)]
    (whole, loop) = ([str(a), str(b), f"{a / b:.2f}"] for a, b in zip(*totals, strict=True))
    long = f"{_at_length(ours, comparison.lengths) / _at_length(theirs, comparison.lengths):.2f}"
    classes = [_pair(ours.loop.classes[kind], theirs.loop.classes[kind]) for kind in _IN_LOOP]
    memory = [_pair(ours.loop.lds_bytes, theirs.loop.lds_bytes), _pair(ours.total.transactions, theirs.total.transactions)]
    registers = [_pair(ours.vgprs, theirs.vgprs), _pair(ours.agprs, theirs.agprs), _pair(ours.spills, theirs.spills)]
    return (*first, *whole, long, *loop, *classes, *memory, *registers, "yes" if ours.right and theirs.right else "no")


def _at_length(side: Run, lengths: tuple[int, int]) -> float:
    """Instructions of a main loop of length LONG: the loop's cost is the same each time."""
    short, long = lengths
    return side.total.instructions + side.loop.instructions * (LONG - long) / (long - short)


def _pair(ours: int, theirs: int) -> str:
    return str(ours) if ours == theirs else f"{ours} / {theirs}"


def _failures(comparisons: Sequence[Comparison]) -> Iterator[str]:
    for c in comparisons:
        for name, side in (("Crosswarp", c.ours), ("by hand", c.by_hand)):
            if isinstance(side, str):
                yield f"{c.kernel} on {c.arch}, {name}: {side.strip()}"
            elif not side.right:
                yield f"{c.kernel} on {c.arch}, {name}: wrong results"
