"""Layouts as text: the matrix as a grid whose cells say who holds the element."""

from __future__ import annotations

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.layout import Layout, Place

Holder = tuple[int, int]


def holders(layout: Layout) -> dict[tuple[int, int], list[Holder]]:
    """For each (row, column) every (lane, register) that holds it, in this order."""
    found: dict[tuple[int, int], list[Holder]] = {}
    for lane in range(layout.size("lane")):
        for register in range(layout.size("register")):
            row, column = layout.at(lane=lane, register=register)
            found.setdefault((row, column), []).append((lane, register))
    return found


def grid(layout: Layout) -> str:
    """One line for each row, one cell for each column: `T3 R1` is register 1 of lane 3; copies are left out."""
    held = holders(layout)
    rows, columns = (1 << bits for _, bits in layout.outputs)
    cells = [[_cell(held.get((row, column), [])) for column in range(columns)] for row in range(rows)]
    width = max(len(cell) for line in cells for cell in line)
    return "\n".join("  ".join(cell.ljust(width) for cell in line).rstrip() for line in cells)


def _cell(held: list[Holder]) -> str:
    return f"T{held[0][0]} R{held[0][1]}" if held else "-"


def copies(layout: Layout) -> int:
    """How many holders each element has."""
    return 1 << len(linear.kernel(layout.columns))


def line(layout: Layout) -> str:
    """`register: column 1, column 8, row 8; lane: ...`: what each bit is mapped to, the lowest first."""
    return "; ".join(f"{name}: {', '.join(_plus(layout, place) for place in places) or 'one'}" for name, places in layout.inputs)


def _plus(layout: Layout, place: Place) -> str:
    return layout.named(place).replace(", ", " + ")
