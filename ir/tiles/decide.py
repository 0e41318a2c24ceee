"""Which native product does each product, and in which form each fragment is held.

Fragments that phis and sums connect have one form; so have those that element-wise operations connect. It is the one in which
conversions, loads and stores cost least, counted by how often they run. Products that are alike get the same native product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from crosswarp.ir.function import Block
from crosswarp.ir.instructions import Call
from crosswarp.ir.tiles.access import accesses
from crosswarp.ir.tiles.classes import classes_of, takers_of
from crosswarp.ir.tiles.forms import Apart, Form, cost, layout_of, smallest, sums_of, way_cost
from crosswarp.ir.tiles.fragments import (
    Combined,
    Computed,
    Flipped,
    Foreign,
    Fragment,
    Fragments,
    Loaded,
    Made,
    Merged,
    Moved,
    place_of,
)
from crosswarp.ir.tiles.lanes import LaneMoves
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.operations import Product
from crosswarp.ir.tiles.row_reads import cheapest
from crosswarp.ir.tiles.rows import rows_of
from crosswarp.ir.types import I1, bits_of

_OFTEN = 16
"""How many times more often a loop's body runs than what is around it."""


@dataclass(frozen=True)
class Kind:
    """Products that are alike. `together`: all warps of a wave are there. `fed`: A or B is computed from other fragments."""

    sides: tuple[int, int, int]
    kinds: tuple[str, str, str, str]
    modifiers: frozenset[str]
    together: bool
    fed: bool = False


@dataclass
class Decision:
    """`forms` of all fragments but those that are the same everywhere; `natives` of the products that a target does."""

    forms: dict[Fragment, Form] = field(default_factory=dict)
    natives: dict[Call, NativeProduct] = field(default_factory=dict)
    together: set[Call] = field(default_factory=set)
    total: int = 0


def can_do(natives: Sequence[NativeProduct], product: Product) -> bool:
    """Whether one of the native products does this one anywhere."""
    return any(fits(native, form_of(product)) for native in natives)


def form_of(product: Product, *, together: bool = False) -> Kind:
    """What products have in common that a native product does alike."""
    return Kind(product.a.shape.sides, product.kinds, product.modifiers, together)


def fits(native: NativeProduct, kind: Kind) -> bool:
    """Whether a native product does products of this kind."""
    a, b, c, d = kind.kinds
    sums = "f32" if "f32" in (c, d) else c
    return (native.sides == kind.sides and native.kinds == (a, b, sums) and native.modifiers == kind.modifiers
            and (kind.together or not native.needs_uniform))


class Decider:
    """For the fragments of one function, and what the target can do."""

    def __init__(self, fragments: Fragments, natives: Sequence[NativeProduct], moves: LaneMoves,
                 is_together: Callable[[Block], bool]) -> None:
        """`is_together`: whether all warps of a wave are in a block at the same time."""
        self.fragments, self._moves, self._is_together = fragments, moves, is_together
        self._depth = fragments.convergence.depth
        self._kinds = {call: self._kind_of(call, product, result) for call, product, result in fragments.products()}
        self._candidates = {kind: [each for each in natives if fits(each, kind)] for kind in dict.fromkeys(self._kinds.values())}
        self._classes = classes_of(fragments.all)
        self._takers = takers_of(fragments.all)
        rows = {each: rows_of(each.matrix, each.registers) for each in fragments.all if isinstance(each.source, Foreign)}
        self._rows = {each: found for each, found in rows.items() if found is not None}
        self._observed = {each: [(block, each.matrix.layout) for block in fragments.outside(each)] for each in fragments.all}

    def _kind_of(self, call: Call, product: Product, result: Fragment) -> Kind:
        kind = form_of(product, together=call.parent is not None and self._is_together(call.parent))
        return replace(kind, fed=any(isinstance(each.source, Computed) for each in result.inputs[:2]))

    def decide(self) -> Decision:
        """The cheapest found, from the first candidates of all kinds, and from those that need all warps of a wave: of a chain of
        products with several kinds, one alone does not change to these.
        """
        first = {kind: found[0] for kind, found in self._candidates.items()}
        joint = {kind: next((each for each in found if each.needs_uniform), found[0]) for kind, found in self._candidates.items()}
        starts = [first] if first == joint or len(first) == 1 else [first, joint]
        return min(map(self._improved, starts), key=lambda found: found.total)

    def _improved(self, chosen: dict[Kind, NativeProduct]) -> Decision:
        """Each kind's candidates are tried with the others fixed."""
        best = self._with(chosen)
        for kind, found in self._candidates.items():
            for native in (each for each in found if each is not chosen[kind]):
                tried = self._with({**chosen, kind: native})
                if tried.total < best.total:
                    best, chosen = tried, {**chosen, kind: native}
        return best

    def _with(self, chosen: dict[Kind, NativeProduct]) -> Decision:
        natives = {call: chosen[kind] for call, kind in self._kinds.items()}
        decision = Decision(natives=natives, total=sum(self._often(call.parent) * native.cost for call, native in natives.items()))
        decision.together = {call for call, kind in self._kinds.items() if kind.together}
        wanted = self._wanted(natives)
        for members in self._classes:
            choices = self._choices(members, wanted, decision.forms)
            total, form = smallest([(self._cost(members, each, wanted, decision.forms), each) for each in choices])
            decision.total += total
            decision.forms.update(dict.fromkeys(members, form))
        return decision

    def _wanted(self, natives: dict[Call, NativeProduct]) -> dict[Fragment, list[tuple[Form, int]]]:
        """In which forms products take and give a fragment, and how often."""
        wanted = defaultdict(list)
        for call, _, result in self.fragments.products():
            native = natives[call]
            forms: list[Form] = [native.a, native.b, sums_of(native), sums_of(native)]
            for each, form in zip((*result.inputs, result), forms, strict=True):
                wanted[each].append((form, self._often(call.parent)))
        return wanted

    def _choices(self, members: Sequence[Fragment], wanted: dict[Fragment, list[tuple[Form, int]]],
                 known: dict[Fragment, Form]) -> list[Form]:
        """What products want, what fragments beside these are held in already, and the documented layout."""
        own: Form = members[0].matrix.layout
        if isinstance(members[0].source, Foreign):
            return [own]
        given = [form for each in members for form in self._beside(each, known)]
        found = dict.fromkeys([*(form for each in members for form, _ in wanted.get(each, ())), *given, own])
        for form in list(found):
            found.setdefault(layout_of(form))
        if not all(isinstance(each.source, Made | Merged) for each in members):
            return [form for form in found if not isinstance(form, Apart)]
        together = all(map(self._is_where_all_are, members))
        return [form for form in found if together or not isinstance(form, Apart) or form.held.within_lanes]

    def _beside(self, fragment: Fragment, known: dict[Fragment, Form]) -> Iterator[Form]:
        """Forms that cost nothing where a fragment is made of others, or goes into others."""
        for other in fragment.inputs if not isinstance(fragment.source, Made) else ():
            if other in known:
                yield from _taken_from(fragment, known[other])
        for other in self._takers[fragment]:
            if other in known:
                yield from _given_to(other, known[other])

    def _is_where_all_are(self, fragment: Fragment) -> bool:
        """Whether all warps of the wave are together wherever something touches it."""
        homes = [place_of(each) or _block_of(each) for each in (fragment, *fragment.inputs)]
        blocks = [*homes, *(block for block, _ in self._observed[fragment]), *(b for b, _ in self.fragments.stores_of(fragment))]
        return all(block is None or self._is_together(block) for block in blocks)

    def _often(self, block: Block | None) -> int:
        return int(_OFTEN ** min(self._depth(block), 4)) if block is not None else 1

    def _cost(self, members: Sequence[Fragment], form: Form, wanted: dict[Fragment, list[tuple[Form, int]]],
              known: dict[Fragment, Form]) -> int:
        return sum(self._cost_of(each, form, wanted.get(each, ()), known) for each in members)

    def _cost_of(self, fragment: Fragment, form: Form, wanted: Iterable[tuple[Form, int]], known: dict[Fragment, Form]) -> int:
        bits = _bits_of(fragment)
        total = sum(often * self._change(fragment, form, want) for want, often in wanted)
        source, moved = fragment.source, list(self.fragments.stores_of(fragment))
        if isinstance(source, Loaded) and source.call.parent is not None:
            moved.append((source.call.parent, source.operation.by_rows))
        total += sum(self._often(block) * accesses(layout_of(form), by_rows, bits) for block, by_rows in moved)
        if isinstance(source, Merged | Computed | Moved):
            for each in fragment.inputs:
                if each in known:
                    total += self._often(_home(each)) * self._edge(fragment, form, each, known[each])
        elif isinstance(source, Foreign):
            return total
        if isinstance(source, Combined):  # done once for each register, also for copies
            total += self._often(_home(fragment)) * layout_of(form).size("register")
        if isinstance(source, Flipped):
            total += self._often(_home(fragment)) * way_cost(layout_of(form), layout_of(form), source.way, bits, self._moves)
        for each in self._takers[fragment]:
            if each in known:
                total += self._often(_home(fragment)) * self._edge(each, known[each], fragment, form)
        return total + sum(self._often(block) * cost(form, own, bits, self._moves) for block, own in self._observed[fragment])

    def _edge(self, fragment: Fragment, form: Form, other: Fragment, held: Form) -> int:
        """What it costs to make a fragment in a form of another one in its own."""
        bits, ends = _bits_of(other), 0
        if isinstance(held, Apart) and form != held:  # sums end once, for the first that needs them
            first = next(each for each in self._takers[other] if not isinstance(each.source, Merged) or each is fragment)
            ends, held = held.held.end_cost if first is fragment else 0, layout_of(held)
        if isinstance(fragment.source, Moved):
            return ends + way_cost(layout_of(held), layout_of(form), fragment.source.way, bits, self._moves)
        return ends + cost(held, form, bits, self._moves)

    def _change(self, fragment: Fragment, form: Form, wanted: Form) -> int:
        """What a product's own form costs; `ldmatrix` may read in it."""
        bits = _bits_of(fragment)
        rows = self._rows.get(fragment)
        if rows is None or form == wanted:
            return cost(form, wanted, bits, self._moves)
        return cheapest(rows.pattern, layout_of(wanted), bits, self._moves)[0]


def _block_of(fragment: Fragment) -> Block | None:
    return next((register.parent for register in fragment.registers if hasattr(register, "parent")), None)


def _bits_of(fragment: Fragment) -> int:
    """Bits of an element as exchanges move it: truth values go as words."""
    return 32 if fragment.element is I1 and fragment.matrix.in_register == 1 else bits_of(fragment.element) or 32


def _home(fragment: Fragment) -> Block | None:
    """The block that a fragment's registers are made in."""
    return place_of(fragment) or _block_of(fragment)


def _taken_from(fragment: Fragment, held: Form) -> list[Form]:
    """The form of a fragment that is where the other one, which it is made of, is."""
    if not isinstance(fragment.source, Moved):
        return [held] if _has_sides(fragment, held) else []
    pulled = fragment.source.way.pulled(layout_of(held))
    return [pulled] if pulled is not None else []


def _given_to(taker: Fragment, form: Form) -> list[Form]:
    """The form of a fragment that is where the other one, which is made of it, is."""
    if not isinstance(taker.source, Moved):
        return [form] if _has_sides(taker.inputs[0], form) else []
    pushed = taker.source.way.pushed(layout_of(form))
    return [pushed] if pushed is not None else []


def _has_sides(fragment: Fragment, form: Form) -> bool:
    return layout_of(form).outputs == fragment.matrix.layout.outputs
