"""Pictures of layouts: the matrix as a grid, in each cell the lane and the register that hold the element, coloured by lane."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.show import copies, holders, line

_WIDTH, _HEIGHT, _GAP, _HEAD = 40, 26, 28, 52
_STYLE = """<style>
  text { fill: #111; font: 600 11px monospace } tspan { fill: #444; font: 9px monospace } path { stroke: #fff }
  .title { font: 600 15px sans-serif } .note { fill: #444; font: 12px sans-serif }
  %s
</style>"""


@dataclass(frozen=True)
class Panel:
    """A matrix with its title, at a place in a grid of panels."""

    title: str
    layout: Layout
    across: int = 0
    down: int = 0

    @property
    def width(self) -> int:
        """In pixels; long notes need room too."""
        return max(self.layout.size("column") * _WIDTH, *(7 * len(text) for text in (self.title, *self._notes())))

    @property
    def height(self) -> int:
        """In pixels."""
        return self.layout.size("row") * _HEIGHT + _HEAD

    def _notes(self) -> tuple[str, ...]:
        return tuple(line(self.layout).split("; "))

    def drawn(self, x: int, y: int) -> Iterator[str]:
        """SVG elements, from a corner on."""
        count = copies(self.layout)
        more = f" ({count} holders each)" if count > 1 else ""
        yield f'<text class="title" x="{x}" y="{y + 14}">{self.title}{more}</text>'
        for n, note in enumerate(self._notes()):
            yield f'<text class="note" x="{x}" y="{y + 30 + 15 * n}">{note}</text>'
        places: dict[int, list[str]] = {}
        for (row, column), held in sorted(holders(self.layout).items()):
            at = x + column * _WIDTH, y + _HEAD + row * _HEIGHT
            places.setdefault(held[0][0], []).append(f"M{at[0]} {at[1]}h{_WIDTH}v{_HEIGHT}h-{_WIDTH}z")
        yield from (f'<path class="l{lane}" d="{"".join(cells)}"/>' for lane, cells in sorted(places.items()))
        for (row, column), ((lane, register), *_) in sorted(holders(self.layout).items()):
            at = x + column * _WIDTH + 3, y + _HEAD + row * _HEIGHT + 17
            yield f'<text x="{at[0]}" y="{at[1]}">T{lane}<tspan> {register}</tspan></text>'


def _colour(lane: int) -> str:
    """Eight hues, four shades: lanes 0, 8, 16 and 24 are shades of one hue."""
    return f".l{lane} {{ fill: hsl({lane % 8 * 45}, {55 + 8 * (lane // 8 % 4)}%, {86 - 7 * (lane // 8 % 4)}%) }}"


def svg(panels: list[Panel]) -> str:
    """One picture; panels stand in columns and rows as wide and high as their largest."""
    widths, heights = _sizes(panels, "across", "width"), _sizes(panels, "down", "height")
    parts: list[str] = []
    for panel in panels:
        x = _GAP + sum(widths[: panel.across]) + _GAP * panel.across
        y = _GAP + sum(heights[: panel.down]) + _GAP * panel.down
        parts.extend(panel.drawn(x, y))
    width, height = (sum(sizes) + _GAP * (len(sizes) + 1) for sizes in (widths, heights))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    style = _STYLE % " ".join(_colour(lane) for lane in range(32))
    return "\n".join([head, style, f'<rect fill="#fff" width="{width}" height="{height}"/>', *parts, "</svg>", ""])


def _sizes(panels: list[Panel], place: str, size: str) -> list[int]:
    """The largest of each column (row) of panels."""
    places = range(max(getattr(panel, place) for panel in panels) + 1)
    return [max((getattr(panel, size) for panel in panels if getattr(panel, place) == at), default=0) for at in places]


def product(a: Layout, b: Layout, c: Layout) -> str:
    """A, B and C of a product as they are multiplied: B above C, A on C's left."""
    return svg([Panel("A", a, 0, 1), Panel("B", b, 1, 0), Panel("C and D", c, 1, 1)])


def exchange(source: Layout, wanted: Layout) -> str:
    """A matrix before and after an exchange."""
    return svg([Panel("before", source, 0, 0), Panel("after", wanted, 1, 0)])
