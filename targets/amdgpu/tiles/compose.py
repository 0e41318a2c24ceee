"""Products made of a unit's product: the transposed problem, other numberings, several in a row, and smaller sides.

All of it is linear maps on the unit's layouts, and a little code around its emission.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.layout import Layout, Place
from crosswarp.ir.tiles.native import Emission, Held, NativeProduct
from crosswarp.ir.tiles.vectors import element_type, joined, length, piece, shuffled, zeros
from crosswarp.ir.types import VectorType
from crosswarp.ir.values import Value

_SIDES = "mnk"
_OF = {"a": ("m", "k"), "b": ("k", "n"), "c": ("m", "n")}


def transposed(product: NativeProduct) -> NativeProduct:
    """D^T = B^T A^T by the same unit: A is where B was."""
    m, n, k = product.sides
    a, b, c = product.kinds

    def emit(e: Emitter, left: Value, right: Value, total: Value) -> Value:
        return product.emit(e, right, left, total)

    return replace(product, name=f"{product.name} transposed", sides=(n, m, k), kinds=(b, a, c), a=product.b.transposed(),
                   b=product.a.transposed(), c=product.c.transposed(), emit=emit)


def renumbered(product: NativeProduct, **orders: Sequence[int]) -> NativeProduct:
    """The product with rows (`m`), columns (`n`) or the inner dimension (`k`) in another order: bit i of the unit's number is bit
    `order[i]` of the problem's. Which row a unit calls the first matters to nobody.
    """
    def change(matrix: str, layout: Layout) -> Layout:
        return _mapped(layout, lambda place: tuple(_moved(x, orders.get(side)) for side, x in zip(_OF[matrix], place, strict=True)))

    return replace(product, a=change("a", product.a), b=change("b", product.b), c=change("c", product.c))


def _moved(number: int, order: Sequence[int] | None) -> int:
    if order is None:
        return number
    return sum(1 << to for bit, to in enumerate(order) if number >> bit & 1)


def _mapped(layout: Layout, change: Callable[[Place], Place]) -> Layout:
    outputs = dict(layout.outputs)
    return Layout.of({name: [change(place) for place in places] for name, places in layout.inputs}, **outputs)


def repeated(product: NativeProduct, m: int = 1, n: int = 1, k: int = 1) -> NativeProduct:
    """`m` by `n` units side by side, each of `k` one after the other; powers of two. Further units are further registers: those of
    the inner dimension, then those of the outer one.
    """
    counts = {"m": m, "n": n, "k": k}
    sides = dict(zip(_SIDES, product.sides, strict=True))

    def grown(matrix: str, layout: Layout) -> Layout:
        row, column = _OF[matrix]
        further = {row: [(sides[row] * x, 0) for x in _bits(counts[row])],
                   column: [(0, sides[column] * x) for x in _bits(counts[column])]}
        places = [place for side in _order(matrix) for place in further[side]]
        inputs = {name: [*images, *places] if name == "register" else list(images) for name, images in layout.inputs}
        (first, rows), (second, columns) = layout.outputs
        return Layout.of(inputs, **{first: rows + len(further[row]), second: columns + len(further[column])})

    return replace(product, name=f"{product.name} x{m * n * k}", sides=(sides["m"] * m, sides["n"] * n, sides["k"] * k),
                   a=grown("a", product.a), b=grown("b", product.b), c=grown("c", product.c),
                   emit=_repeated(product.emit, m, n, k), cost=product.cost * m * n * k, held=_held_by_several(product.held, m * n))


def _order(matrix: str) -> str:
    """Sides whose further units come first in the registers: the inner dimension; columns of C before rows."""
    return {"a": "km", "b": "kn", "c": "nm"}[matrix]


def _repeated(emit: Emission, m: int, n: int, k: int) -> Emission:
    def emitted(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        rows, columns, totals = _pieces(e, a, m * k), _pieces(e, b, n * k), _pieces(e, c, m * n)
        for depth in range(k):
            for at in range(m * n):
                totals[at] = emit(e, rows[at // n * k + depth], columns[at % n * k + depth], totals[at])
        return joined(e, totals)

    return emitted


def _held_by_several(held: Held | None, count: int) -> Held | None:
    if held is None or count == 1:
        return held

    def by_pieces(one: Callable[[Emitter, Value], Value]) -> Callable[[Emitter, Value], Value]:
        return lambda e, value: joined(e, [one(e, part) for part in _pieces(e, value, count)])

    assert isinstance(held.type, VectorType)
    return Held(VectorType(held.type.count * count, held.type.element), by_pieces(held.begin), by_pieces(held.end),
                held.begin_cost * count, held.end_cost * count,
                held.within_lanes)  # fmt: skip


def _pieces(e: Emitter, value: Value, count: int) -> list[Value]:
    each = length(value) // count
    return [piece(e, value, at * each, each) for at in range(count)]


def _bits(count: int) -> list[int]:
    return [1 << bit for bit in range(count.bit_length() - 1)]


def halved(product: NativeProduct, side: str) -> NativeProduct:
    """The product with half of one side, `m`, `n` or `k`; the unit's other half idles.

    Lanes that had the other half of A, B or C hold copies. Registers that had it are not there: the unit gets zeros where they are
    multiplied (half of `k`; that bit must be one of registers), and anything where nobody looks at the result.
    """
    at = _SIDES.index(side)
    top = product.sides[at] // 2
    sides = tuple(top if n == at else x for n, x in enumerate(product.sides))
    a, b, c = (_without(layout, _axis(matrix, side), top) for matrix, layout in _layouts(product).items())
    gone = {matrix: _register(layout, _axis(matrix, side), top) for matrix, layout in _layouts(product).items()}
    if side == "k" and None in (gone["a"], gone["b"]):
        raise ValueError(f"{product.name}: the upper half of k is in other lanes")

    def emit(e: Emitter, left: Value, right: Value, total: Value) -> Value:
        rows, columns = (_widened(e, value, gone[matrix], side == "k") for matrix, value in (("a", left), ("b", right)))
        if product.held is not None:
            return product.emit(e, rows, columns, total)
        return _narrowed(e, product.emit(e, rows, columns, _widened(e, total, gone["c"], False)), gone["c"])

    m, n, k = sides
    return replace(product, name=f"{product.name} half {side}", sides=(m, n, k), a=a, b=b, c=c, emit=emit,
                   held=_held_by_half(product.held, gone["c"]))


def _held_by_half(held: Held | None, gone: int | None) -> Held | None:
    if held is None or gone is None:
        return held
    return replace(held, begin=lambda e, value: held.begin(e, _widened(e, value, gone, False)),
                   end=lambda e, value: _narrowed(e, held.end(e, value), gone),
                   begin_cost=held.begin_cost // 2, end_cost=held.end_cost // 2)


def _axis(matrix: str, side: str) -> int:
    """Where a side is among a matrix' dimensions; -1: it is not."""
    return _OF[matrix].index(side) if side in _OF[matrix] else -1


def _layouts(product: NativeProduct) -> dict[str, Layout]:
    return {"a": product.a, "b": product.b, "c": product.c}


def _register(layout: Layout, at: int, top: int) -> int | None:
    """The bit of `register` that is mapped to the upper half of a side."""
    return next((bit for bit, place in enumerate(layout.images("register")) if at >= 0 and place[at] == top), None)


def _without(layout: Layout, at: int, top: int) -> Layout:
    """The layout of half of the matrix."""
    if at < 0:
        return layout
    gone = _register(layout, at, top)
    kept = {name: [(0, 0) if place[at] == top else place for bit, place in enumerate(places) if (name, bit) != ("register", gone)]
            for name, places in layout.inputs}
    outputs = {name: bits - (number == at) for number, (name, bits) in enumerate(layout.outputs)}
    return Layout.of(kept, **outputs)


def _widened(e: Emitter, value: Value, bit: int | None, with_zeros: bool) -> Value:
    """The vector with elements added whose number has this bit set."""
    if bit is None:
        return value
    count = length(value)
    added = [count if with_zeros else None] * 2 * count
    places: list[int | None] = [_squeezed(n, bit) if not n >> bit & 1 else added[n] for n in range(2 * count)]
    return shuffled(e, value, zeros(count, element_type(value)) if with_zeros else None, places)


def _squeezed(number: int, bit: int) -> int:
    """The number with this bit, a zero, taken out."""
    return number & (1 << bit) - 1 | number >> bit + 1 << bit


def _narrowed(e: Emitter, value: Value, bit: int | None) -> Value:
    """The elements whose number does not have the bit."""
    if bit is None:
        return value
    return shuffled(e, value, None, [n for n in range(length(value)) if not n >> bit & 1])


def fitted(product: NativeProduct, sides: tuple[int, int, int]) -> NativeProduct:
    """The product with these sides: halved where they are smaller (once for each side), repeated where they are larger."""
    for side, wanted, has in zip(_SIDES, sides, product.sides, strict=True):
        if wanted < has:
            product = halved(product, side)
    if any(wanted < has for wanted, has in zip(sides, product.sides, strict=True)):
        raise ValueError(f"{product.name}: too large for {sides}")
    times = [wanted // has for wanted, has in zip(sides, product.sides, strict=True)]
    return repeated(product, *times) if max(times) > 1 else product
