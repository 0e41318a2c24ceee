"""Products without a matrix unit: each lane computes its elements of C alone, from copies of the rows and columns that they need.

C has the layout that PTX documents, so that nothing is moved where a program looks at it. Lanes of a row of C hold copies of A's
row, lanes of a column copies of B's column: loads give them those at no cost, and no lane asks another for anything.

    A    register: k, then row / 8      lane: 4 (row % 8) + any
    B    register: k, then column       lane: column / 2 % 4 + 4 any

Results are those of the exact translation, bit for bit: products are added to C in ascending k by fused operations, rounded to
nearest even in f32 (f64 for f64); f16 sums are rounded at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix.elements import adding, element_of
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.ptx.narrowing import narrowed
from crosswarp.ir.tiles.canonical import canonical
from crosswarp.ir.tiles.layout import Layout, Place
from crosswarp.ir.tiles.native import Emission, NativeProduct
from crosswarp.ir.tiles.vectors import as_words, elements, packed
from crosswarp.ir.types import HALF, I32, FloatType, VectorType
from crosswarp.ir.values import Value
from crosswarp.targets.amdgpu.tiles.dots import DOTS, dotted
from crosswarp.targets.amdgpu.tiles.wmma import SHAPES, Sides, integer_kinds

_FLOATS: dict[tuple[str, str], tuple[Sides, ...]] = {
    ("tf32", "f32"): ((16, 16, 8), (16, 8, 4), (16, 8, 8)),
    ("f64", "f64"): ((8, 8, 4), (16, 8, 4), (16, 8, 8), (16, 8, 16)),
    ("f16", "f32"): SHAPES["f16"], ("f16", "f16"): SHAPES["f16"], ("bf16", "f32"): SHAPES["f16"],
}  # fmt: skip
_BIT_SHAPES: tuple[Sides, ...] = ((8, 8, 128), (16, 8, 128), (16, 8, 256))
Sum = Callable[[Emitter, Sequence[Value], Sequence[Value], Value], Value]
"""Adds the products of a row of A and a column of B to an element of C."""
Opening = Callable[[Emitter, Value, str, int], list[list[Value]]]
"""The rows of A, or columns of B, that a lane holds: of a vector of this kind, so many."""


@dataclass(frozen=True)
class _Way:
    """How lanes multiply: `opened` takes vectors apart, `added` adds a row times a column; `parts` elements of k at once."""

    opened: Opening
    added: Sum
    parts: int = 1


def without_unit() -> Iterator[NativeProduct]:
    """Those that WMMA lacks: tf32, f64 and b1."""
    for kinds in (("tf32", "f32"), ("f64", "f64")):
        yield from _of_kinds((kinds[0], *kinds), _FLOATS[kinds], _FUSED)
    for operation in ("xor", "and"):
        way = _Way(_words, _summed(adding([operation, "popc"])), 32)
        yield from _of_kinds(("b1", "b1", "s32"), _BIT_SHAPES, way, frozenset({operation}))


def of_narrow_floats() -> Iterator[NativeProduct]:
    """Those of 16 and 8 bits, by fused operations in f32."""
    for (kind, total), shapes in _FLOATS.items():
        if kind.endswith("16"):
            yield from _of_kinds((kind, kind, total), shapes, _FUSED)
    for a in ("e4m3", "e5m2"):
        for b in ("e4m3", "e5m2"):
            yield from _of_kinds((a, b, "f32"), SHAPES["e4m3"], _FUSED)


def of_integers(has_dots: bool) -> Iterator[NativeProduct]:
    """Those of 8 and 4 bits, by dot products where the processor has them."""
    for signed, unsigned in (("s8", "u8"), ("s4", "u4")):
        for kinds in integer_kinds(signed, unsigned):
            for modifiers in (frozenset[str](), frozenset({"satfinite"})):
                way = _Way(_words, dotted(kinds), DOTS[signed].parts) if has_dots else _Way(_opened, _summed(adding(["s32"])))
                yield from _of_kinds((*kinds, "s32"), SHAPES[signed], way, modifiers)


def _of_kinds(kinds: tuple[str, str, str], shapes: Sequence[Sides], way: _Way,
              modifiers: frozenset[str] = frozenset()) -> Iterator[NativeProduct]:  # fmt: skip
    for m, n, k in shapes:
        a, b, c = _layouts(kinds[0], m, n, k)
        name = " ".join(["lanewise", ".".join(kinds), *sorted(modifiers), f"m{m}n{n}k{k}"])
        yield NativeProduct(name, (m, n, k), kinds, a, b, c, _emission(kinds, (m, n, k), way, "satfinite" in modifiers),
                            m * n * k // (32 * way.parts), modifiers)  # fmt: skip


def _layouts(kind: str, m: int, n: int, k: int) -> tuple[Layout, Layout, Layout]:
    c = canonical(Shape(f"m{m}n{n}k{k}", kind), "c")
    bits = k.bit_length() - 1
    along = [1 << bit for bit in range(bits)]
    rows: list[Place] = [(row, 0) for row, column in c.images("register") if row]
    columns: list[Place] = [(0, column) for row, column in c.images("register") if column]
    sides = dict(c.outputs)
    a = Layout.of({"register": [*((0, x) for x in along), *rows], "lane": [(row, 0) for row, _ in c.images("lane")]},
                  row=sides["row"], column=bits)  # fmt: skip
    b = Layout.of({"register": [*((x, 0) for x in along), *columns], "lane": [(0, column) for _, column in c.images("lane")]},
                  row=bits, column=sides["column"])  # fmt: skip
    return a, b, c


def _emission(kinds: tuple[str, str, str], sides: Sides, way: _Way, saturates: bool) -> Emission:
    """C's registers count two columns, then rows, then further columns, as `canonical` has them."""
    across, down = sides[1] // 4, sides[0] // 8
    places = [(at // 2 % down, at // (2 * down) * 2 + at % 2) for at in range(across * down)]

    def emit(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        rows, columns = way.opened(e, a, kinds[0], down), way.opened(e, b, kinds[1], across)
        given = elements(e, c)
        sums = [e.number(0, x) if saturates else _wide(e, x) for x in given]
        done = [way.added(e, rows[row], columns[column], total) for (row, column), total in zip(places, sums, strict=True)]
        return packed(e, [_closed(e, x, total, saturates) for x, total in zip(given, done, strict=True)])

    return emit


def _wide(e: Emitter, value: Value) -> Value:
    return floats.extended(e, value) if value.type is HALF else value


def _closed(e: Emitter, given: Value, total: Value, saturates: bool) -> Value:
    if saturates:
        return e.intrinsic("sadd.sat", total, given)
    return narrowed(e, total, HALF, "rn") if given.type is HALF else total


def _opened(e: Emitter, value: Value, kind: str, count: int) -> list[list[Value]]:
    found = elements(e, value)
    if kind != "f64":
        found = [element_of(e, kind, _code(e, x, kind[0] == "s")) for x in found]
    each = len(found) // count
    return [found[at * each : (at + 1) * each] for at in range(count)]


def _code(e: Emitter, element: Value, signed: bool) -> Value:
    """The bits, in 32 where there are fewer."""
    code = floats.bits(e, element) if isinstance(element.type, FloatType) else element
    return code if code.type is I32 else e.resize(code, 32, signed)


def _words(e: Emitter, value: Value, kind: str, count: int) -> list[list[Value]]:
    words = as_words(e, value)
    found = elements(e, words) if isinstance(words.type, VectorType) else [words]
    each = len(found) // count
    return [found[at * each : (at + 1) * each] for at in range(count)]


def _summed(add: Callable[[Emitter, Value, Value, Value], Value]) -> Sum:
    def added(e: Emitter, row: Sequence[Value], column: Sequence[Value], total: Value) -> Value:
        for x, y in zip(row, column, strict=True):
            total = add(e, x, y, total)
        return total

    return added


_FUSED = _Way(_opened, _summed(adding([])))
