"""Layouts made of layouts: after one another, backwards, inside of one another, parts of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.layout import Layout, Place


def from_columns(columns: linear.Columns, inputs: Mapping[str, int], outputs: Mapping[str, int]) -> Layout:
    """A layout by its images as numbers. `inputs` and `outputs`: bits of each dimension."""
    shape, images, done = Layout.of({}, **outputs), {}, 0
    for name, bits in inputs.items():
        images[name] = [shape.unpacked(column) for column in columns[done : done + bits]]
        done += bits
    return Layout.of(images, **outputs)


def input_bits(layout: Layout) -> dict[str, int]:
    """Bits of each input dimension."""
    return {name: len(places) for name, places in layout.inputs}


def renamed(layout: Layout, names: Mapping[str, str]) -> Layout:
    """Other names of dimensions; those that are not mentioned stay."""
    return Layout(tuple((names.get(name, name), places) for name, places in layout.inputs),
                  tuple((names.get(name, name), bits) for name, bits in layout.outputs))


def composed(outer: Layout, inner: Layout) -> Layout:
    """The map that is `inner`, then `outer`. ValueError where `inner` does not give what `outer` takes."""
    if dict(inner.outputs) != input_bits(outer):
        raise ValueError(f"{dict(inner.outputs)} is not {input_bits(outer)}")
    ordered = [name for name, _ in inner.outputs]
    outer = Layout(tuple((name, outer.images(name)) for name in ordered), outer.outputs)
    return from_columns(linear.composed(outer.columns, inner.columns), input_bits(inner), dict(outer.outputs))


def inverse(layout: Layout) -> Layout:
    """From an element to a holder; of copies to one whose numbers have few bits. ValueError where an element has no holder."""
    bits = sum(size for _, size in layout.outputs)
    return from_columns(_holders(layout, linear.identity(bits), [0] * bits), dict(layout.outputs), input_bits(layout))


def conversion(source: Layout, wanted: Layout) -> Layout:
    """For each holder of `wanted` a holder of the same element in `source`: a map from `register` and `lane` to these.

    Of several holders, it is the one in the same lane or else in a lane whose number differs in few bits.
    ValueError where `source` lacks an element of `wanted`.
    """
    if dict(source.outputs) != dict(wanted.outputs):
        raise ValueError(f"matrices of different sizes: {dict(source.outputs)}, {dict(wanted.outputs)}")
    near, places, shifts = [], [], _shifts(source)
    for name, images in wanted.inputs:
        near += [1 << bit + shifts["lane"] if name == "lane" else 0 for bit in range(len(images))]
        places += [source.packed(place) for place in images]
    return from_columns(_holders(source, places, near), input_bits(wanted), input_bits(source))


def _shifts(layout: Layout) -> dict[str, int]:
    """Where each input dimension begins in a holder as one number."""
    found, done = {}, 0
    for name, places in layout.inputs:
        found[name], done = done, done + len(places)
    return found


def _holders(layout: Layout, elements: Sequence[int], near: Sequence[int]) -> list[int]:
    """A holder of each element, its lane as near as possible to that of another holder."""
    span, found = linear.Span(layout.columns), []
    copies = linear.Span(linear.kernel(layout.columns)).vectors
    lanes = _mask(layout, "lane")
    for element, other in zip(elements, near, strict=True):
        holder = span.made_of(element)
        if holder is None:
            raise ValueError(f"no lane holds the element at {layout.unpacked(element)}")
        found.append(_nearest(holder, copies, other, lanes))
    return found


def _nearest(holder: int, copies: Sequence[int], other: int, lanes: int) -> int:
    """Of all holders of the same element the one nearest to another; many copies are tried one by one."""
    def distance(number: int) -> tuple[int, int]:
        return ((number ^ other) & lanes).bit_count(), number.bit_count()

    if len(copies) <= 8:
        return min((holder ^ more for more in linear.generated(copies)), key=distance)
    for copy in [*copies, *copies]:
        holder = min(holder, holder ^ copy, key=distance)
    return holder


def _mask(layout: Layout, name: str) -> int:
    shift, bits = _shifts(layout).get(name, 0), input_bits(layout).get(name, 0)
    return (1 << bits) - 1 << shift


def product(outer: Layout, inner: Layout) -> Layout:
    """Tiles of tiles: each element of `outer` is a matrix laid out as `inner`, whose bits are the low ones everywhere."""
    low, sizes = dict(inner.outputs), dict(outer.outputs)
    if list(low) != list(sizes):
        raise ValueError(f"different dimensions: {low}, {sizes}")
    names = [*input_bits(inner), *(name for name in input_bits(outer) if name not in input_bits(inner))]
    images: dict[str, list[Place]] = {name: list(dict(inner.inputs).get(name, ())) for name in names}
    for name, places in outer.inputs:
        images[name] += [tuple(x << bits for x, bits in zip(place, low.values(), strict=True)) for place in places]
    return Layout.of(images, **{name: low[name] + sizes[name] for name in low})


def restricted(layout: Layout, **bits: int) -> Layout:
    """The upper left part of `1 << bits` rows, columns: the rest loses its holders. ValueError where bits of holders mix both."""
    kept, outputs = {}, {name: min(size, bits.get(name, size)) for name, size in layout.outputs}
    for name, places in layout.inputs:
        kept[name] = [place for place in places if not any(x >> size for x, size in zip(place, outputs.values(), strict=True))]
        for place in set(places) - set(kept[name]):
            if any(x & (1 << size) - 1 for x, size in zip(place, outputs.values(), strict=True)):
                raise ValueError(f"{name}: {place} is inside and outside of {outputs}")
    return Layout.of(kept, **outputs)


def without_copies(layout: Layout) -> Layout:
    """Without the registers whose elements other registers of the same lane hold."""
    span, kept = linear.Span(), []
    for place in layout.images("register"):
        if span.add(layout.packed(place)):
            kept.append(place)
    return Layout(tuple((name, tuple(kept) if name == "register" else places) for name, places in layout.inputs), layout.outputs)


def is_same(left: Layout, right: Layout) -> bool:
    """Whether both say the same of every lane, up to registers that are copies."""
    return dict(without_copies(left).inputs) == dict(without_copies(right).inputs) and left.outputs == right.outputs
