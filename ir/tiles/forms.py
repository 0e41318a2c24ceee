"""The forms in which a lane holds its part of a fragment: a layout, or what a target keeps accumulators in between products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.algebra import without_copies
from crosswarp.ir.tiles.exchange import convert, flipped
from crosswarp.ir.tiles.graph import Move
from crosswarp.ir.tiles.lanes import LaneMap, LaneMoves
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.native import Held, NativeProduct
from crosswarp.ir.tiles.parts import Way
from crosswarp.ir.tiles.plan import planned
from crosswarp.ir.tiles.vectors import shuffled
from crosswarp.ir.types import I1, I32, Type, VectorType
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Apart:
    """Accumulators as `held` has them; `layout` is the one that they begin and end in."""

    held: Held
    layout: Layout


Form = Layout | Apart


def sums_of(native: NativeProduct) -> Form:
    """The form of C and D of a native product."""
    return Apart(native.held, native.c) if native.held is not None else native.c


def layout_of(form: Form) -> Layout:
    """The layout, or the one that accumulators begin and end in."""
    return form.layout if isinstance(form, Apart) else form


def type_of(form: Form, element: Type) -> Type:
    """LLVM's type of a lane's part."""
    return form.held.type if isinstance(form, Apart) else VectorType(form.size("register"), element)


def cost(source: Form, wanted: Form, bits: int, moves: LaneMoves) -> int:
    """Instructions, about, that bring a fragment of elements of `bits` bits from one form to another."""
    if source == wanted:
        return 0
    ends = source.held.end_cost if isinstance(source, Apart) else 0
    begins = wanted.held.begin_cost if isinstance(wanted, Apart) else 0
    return ends + _exchange(layout_of(source), layout_of(wanted), bits, moves) + begins


def way_cost(source: Layout, form: Layout, way: Way, bits: int, moves: LaneMoves) -> int:
    """Instructions, about, that make a fragment in a form of another one, whose elements are what `way` says."""
    asked = way.asked(form)
    _, lane = way.shift(source)
    words = max(min(source.size("register"), without_copies(asked).size("register")) * bits // 32, 1)
    flips = words * moves.cost(LaneMap(linear.identity(len(source.images("lane"))), lane))
    return flips + (_exchange(source, asked, bits, moves) if asked != source else 0)


def along(e: Emitter, value: Value, source: Layout, form: Layout, *, way: Way, moves: LaneMoves) -> Value:
    """A lane's part of a fragment in a form, of that of another one, whose elements are what `way` says."""
    asked = way.asked(form)
    register, lane = way.shift(source)
    value = shuffled(e, value, None, [n ^ register for n in range(source.size("register"))])
    return _converted(e, flipped(e, value, lane, moves) if lane else value, source, asked, moves)


@cache
def _exchange(source: Layout, wanted: Layout, bits: int, moves: LaneMoves) -> int:
    plan = planned(source, wanted, bits, moves)
    given = sum(moves.cost(node.lanes) for node in plan.nodes if isinstance(node, Move))
    return plan.words * given + plan.cost()[1] + plan.turned()


def changed(e: Emitter, value: Value, source: Form, wanted: Form, moves: LaneMoves) -> Value:
    """A lane's part of a fragment in another form."""
    if source == wanted:
        return value
    if isinstance(source, Apart):
        value = source.held.end(e, value)
    value = _converted(e, value, layout_of(source), layout_of(wanted), moves)
    return wanted.held.begin(e, value) if isinstance(wanted, Apart) else value


def _converted(e: Emitter, value: Value, source: Layout, wanted: Layout, moves: LaneMoves) -> Value:
    """Truth values, which comparisons of elements give, are moved as words."""
    assert isinstance(value.type, VectorType)
    if source == wanted or value.type.element is not I1 or value.type.count > _MOST_TRUTHS:
        return value if source == wanted else convert(e, value, source, wanted, moves)
    moved = convert(e, e.builder.cast("zext", value, VectorType(value.type.count, I32)), source, wanted, moves)
    return e.builder.cast("trunc", moved, VectorType(wanted.size("register"), I1))


# A lane's part of a matrix of single bits is at least one register of 32.
_MOST_TRUTHS = 31


def smallest(forms: Sequence[tuple[int, Form]]) -> tuple[int, Form]:
    """The first of those that cost least."""
    return min(forms, key=lambda each: each[0])
