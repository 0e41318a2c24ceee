"""Parts of matrices, and which element of one fragment is which of another.

    %s0, %s1 of %d0 %d1 %d2 %d3         Way: element (row, column) is element (row, column + 1)
    %m0, %m0, %m1, %m1                  Way: element (row, column) is element (row, 0)
    shfl.bfly %m0, 2                    Way: element (row, column) is element (row, column ^ 4)

Whichever layout such fragments have, the way between their elements stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.layout import Layout, Place
from crosswarp.ir.tiles.operations import Matrix


@dataclass(frozen=True)
class Part:
    """Elements of a matrix, one in each register: those that `layout` leads to."""

    layout: Layout
    in_register: ClassVar[int] = 1

    @property
    def registers(self) -> int:
        """How many a lane has."""
        return self.layout.size("register")

    @property
    def sides(self) -> tuple[int, int]:
        """Rows and columns up to the last that has an element."""
        return self.layout.size("row"), self.layout.size("column")


Elements = Matrix | Part


def part_of(layout: Layout, bits: Sequence[int], *, with_lanes: bool = True) -> Part:
    """What is left with these bits of `register` alone; lanes may hold copies."""
    registers = [layout.images("register")[bit] for bit in bits]
    lanes = [place if with_lanes else (0,) * len(place) for place in layout.images("lane")]
    sizes = {name: max((place[n].bit_length() for place in (*registers, *lanes)), default=0)
             for n, (name, _) in enumerate(layout.outputs)}  # fmt: skip
    return Part(Layout.of({"register": registers, "lane": lanes}, **sizes))


def is_linear(numbers: Sequence[int]) -> bool:
    """Whether the number of each register, less the first, follows from those of the powers of two."""
    images = [numbers[1 << bit] ^ numbers[0] for bit in range(len(numbers).bit_length() - 1)]
    return all(number == numbers[0] ^ linear.applied(images, n) for n, number in enumerate(numbers))


@dataclass(frozen=True)
class Way:
    """Element x of a fragment is element T x ^ `first` of another: T maps the columns of the layout `own` to `columns`.

    `source`: the documented layout of the other one.
    """

    own: Layout
    source: Layout
    columns: tuple[int, ...]
    first: int

    @staticmethod
    def of(own: Layout, source: Layout, numbers: Sequence[int], lanes: int = 0) -> Way:
        """Register n is register `numbers[n]` (linear but for the first) of the other, in the lane whose number is ^ `lanes`."""
        registers = [numbers[1 << bit] ^ numbers[0] for bit in range(len(own.images("register")))]
        images = [source.packed(source.at(register=number)) for number in registers]
        lane_images = [source.packed(place) for place in source.images("lane")]
        return Way(own, source, (*images, *lane_images), source.packed(source.at(register=numbers[0], lane=lanes)))

    @property
    def repeats(self) -> bool:
        """Whether holders of different elements have the same one of the other fragment."""
        return linear.rank(self.columns) < len(self.columns)

    @cached_property
    def _own_span(self) -> linear.Span:
        return linear.Span(self.own.columns)

    def asked(self, form: Layout) -> Layout:
        """What lanes that hold the fragment in `form` have of the other one, up to `first`."""
        return _mapped(form, self._image, self.source)

    def _image(self, place: int) -> int:
        made = self._own_span.made_of(place)
        assert made is not None
        return linear.applied(self.columns, made)

    def shift(self, held: Layout) -> tuple[int, int]:
        """Register and lane that lead to `first` in a layout of the other one."""
        made = linear.Span(held.columns).made_of(self.first)
        assert made is not None
        bits = len(held.images("register"))
        return made & (1 << bits) - 1, made >> bits

    def pulled(self, held: Layout) -> Layout | None:
        """The layout in which the fragment is where it is in the other one; None where that does not hold all of it.

        Registers that have other elements are left out; lanes that have them hold copies.
        """
        span = linear.Span(self.columns)

        def back(place: Place) -> int | None:
            made = span.made_of(held.packed(place))
            return None if made is None else linear.applied(self.own.columns, made)

        registers = [self.own.unpacked(at) for place in held.images("register") if (at := back(place))]
        lanes = [self.own.unpacked(back(place) or 0) for place in held.images("lane")]
        made = Layout.of({"register": registers, "lane": lanes}, **dict(self.own.outputs))
        return made if linear.rank(made.columns) == linear.rank(self.own.columns) else None

    def pushed(self, form: Layout) -> Layout | None:
        """The layout of the other one in which `form` has it; None where that does not hold all of it."""
        asked, span = self.asked(form), linear.Span()
        for place in asked.images("lane"):
            span.add(asked.packed(place))
        registers = [place for place in asked.images("register") if span.add(asked.packed(place))]
        made = Layout.of({"register": registers, "lane": asked.images("lane")}, **dict(self.source.outputs))
        return made if linear.rank(made.columns) == linear.rank(self.source.columns) else None


def _mapped(form: Layout, image: Callable[[int], int], target: Layout) -> Layout:
    inputs = {name: [target.unpacked(image(form.packed(place))) for place in places] for name, places in form.inputs}
    return Layout.of({name: inputs[name] for name in ("register", "lane")}, **dict(target.outputs))
