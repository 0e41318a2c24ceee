"""Who holds which element: linear maps over GF(2) from the bits of a holder's numbers to the bits of an element's.

    a = Layout.of({"register": [(0, 1)], "lane": [(0, 2), (0, 4), (1, 0), (2, 0), (4, 0)]}, row=3, column=3)
    a.at(register=1, lane=6) == (1, 5)

is the 8 by 8 matrix of `movmatrix`: the bit of `register` is bit 0 of `column`, the lane's two low bits are the next, its high bits
are `row`. A register is one element. Bits that map to nothing mean copies: holders that differ in them hold the same element.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from crosswarp.ir.tiles import linear

Place = tuple[int, ...]
"""An element's number in each output dimension."""


@dataclass(frozen=True)
class Layout:
    """`inputs`: for each input dimension the places that its bits, lowest first, are mapped to.

    `outputs`: dimensions and their bits.
    """

    inputs: tuple[tuple[str, tuple[Place, ...]], ...]
    outputs: tuple[tuple[str, int], ...]

    @staticmethod
    def of(inputs: Mapping[str, Sequence[Place]], **outputs: int) -> Layout:
        """A layout by its images. Raises `ValueError` for a place outside the output dimensions."""
        made = Layout(tuple((name, tuple(map(tuple, places))) for name, places in inputs.items()), tuple(outputs.items()))
        for name, places in made.inputs:
            for place in places:
                if len(place) != len(outputs) or any(x >> bits for x, bits in zip(place, outputs.values(), strict=True)):
                    raise ValueError(f"{name}: {place} is outside of {dict(outputs)}")
        return made

    def images(self, name: str) -> tuple[Place, ...]:
        """What the bits of an input dimension are mapped to; a dimension that is not there has none."""
        return dict(self.inputs).get(name, ())

    def size(self, name: str) -> int:
        """How many numbers a dimension has."""
        bits = dict(self.outputs)
        return 1 << (bits[name] if name in bits else len(self.images(name)))

    def at(self, **holder: int) -> Place:
        """The element that a holder has; dimensions that are not named are 0."""
        place = [0] * len(self.outputs)
        for name, images in self.inputs:
            for bit, image in enumerate(images):
                if holder.get(name, 0) >> bit & 1:
                    place = [x ^ y for x, y in zip(place, image, strict=True)]
        return tuple(place)

    def transposed(self) -> Layout:
        """The layout of the transposed matrix in the same holders: outputs in the opposite order keep their names."""
        names = [name for name, _ in self.outputs]
        bits = [bits for _, bits in reversed(self.outputs)]
        return Layout(tuple((name, tuple(place[::-1] for place in places)) for name, places in self.inputs),
                      tuple(zip(names, bits, strict=True)))

    @cached_property
    def is_onto(self) -> bool:
        """Whether every element has a holder."""
        return linear.rank(self.columns) == sum(bits for _, bits in self.outputs)

    @cached_property
    def has_copies(self) -> bool:
        """Whether some element has several holders."""
        return linear.rank(self.columns) < len(self.columns)

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """All images, each as one number, of a holder as one number: the first input dimension lowest."""
        return tuple(self.packed(place) for _, places in self.inputs for place in places)

    def packed(self, place: Place) -> int:
        """A place as one number, the first output dimension lowest."""
        number = shift = 0
        for x, (_, bits) in zip(place, self.outputs, strict=True):
            number |= x << shift
            shift += bits
        return number

    def unpacked(self, number: int) -> Place:
        """The place that is packed to a number."""
        place = []
        for _, bits in self.outputs:
            place.append(number & ((1 << bits) - 1))
            number >>= bits
        return tuple(place)

    def __str__(self) -> str:
        """A table: each input bit and what it is mapped to, `register 0 -> column 1`."""
        return "\n".join(f"{name} bit {bit} -> {self.named(place)}"
                         for name, places in self.inputs for bit, place in enumerate(places))

    def named(self, place: Place) -> str:
        """`column 1`, `row 8, column 1`, or what 0 means for a bit: a copy."""
        parts = [f"{name} {x}" for x, (name, _) in zip(place, self.outputs, strict=True) if x]
        return ", ".join(parts) or "a copy"
