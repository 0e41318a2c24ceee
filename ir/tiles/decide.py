"""Which native product does each product, and which layout each fragment has.

Fragments that phis and element-wise operations connect have one layout: it is what most of them are wanted in, counted by what
conversions, loads and stores would cost and by how often they run. All products of one form get the same native product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from crosswarp.ir.function import Block
from crosswarp.ir.instructions import Call
from crosswarp.ir.tiles.access import runs
from crosswarp.ir.tiles.fragments import Combined, Filled, Foreign, Fragment, Fragments, Loaded, Made, Merged
from crosswarp.ir.tiles.graph import Move
from crosswarp.ir.tiles.lanes import LaneMoves
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.operations import Product
from crosswarp.ir.tiles.plan import planned
from crosswarp.ir.types import bits_of

_OFTEN = 16
"""How many times more often a loop's body runs than what is around it."""
Form = tuple[tuple[int, int, int], tuple[str, str, str, str], frozenset[str]]


@dataclass
class Decision:
    """`layouts` of all fragments but those that are the same everywhere; `natives` of the products that a target does."""

    layouts: dict[Fragment, Layout] = field(default_factory=dict)
    natives: dict[Call, NativeProduct] = field(default_factory=dict)
    total: int = 0


@cache
def conversion_cost(source: Layout, wanted: Layout, bits: int, moves: LaneMoves) -> int:
    """Instructions, about, that bring a fragment of elements of `bits` bits from one layout to another."""
    if source == wanted:
        return 0
    plan = planned(source, wanted, bits, moves)
    given = sum(moves.cost(node.lanes) for node in plan.nodes if isinstance(node, Move))
    return plan.words * given + plan.cost()[1] + plan.turned()


def can_do(natives: Sequence[NativeProduct], product: Product) -> bool:
    """Whether one of the native products does this one."""
    return any(fits(native, form_of(product)) for native in natives)


class Decider:
    """For the fragments of one function, and what the target can do."""

    def __init__(self, fragments: Fragments, natives: Sequence[NativeProduct], moves: LaneMoves) -> None:
        self.fragments, self._moves = fragments, moves
        self._depth = fragments.convergence.depth
        self._candidates = {form: [each for each in natives if fits(each, form)] for form in self._forms()}
        self._classes = _classes(fragments.all)

    def decide(self) -> Decision:
        """The cheapest found: each form's candidates are tried with the others fixed."""
        chosen = {form: found[0] for form, found in self._candidates.items() if found}
        best = self._with(chosen)
        for form, found in self._candidates.items():
            for native in found[1:]:
                tried = self._with({**chosen, form: native})
                if tried.total < best.total:
                    best, chosen = tried, {**chosen, form: native}
        return best

    def _forms(self) -> list[Form]:
        return list(dict.fromkeys(form_of(product) for _, product, _ in self.fragments.products()))

    def _with(self, chosen: dict[Form, NativeProduct]) -> Decision:
        natives = {call: chosen[form_of(product)] for call, product, _ in self.fragments.products() if form_of(product) in chosen}
        wanted = self._wanted(natives)
        decision = Decision(natives=natives, total=sum(self._often(call.parent) * natives[call].cost for call in natives))
        for members in self._classes:
            costs = [(self._cost(members, layout, wanted), n, layout) for n, layout in enumerate(_choices(members, wanted))]
            total, _, layout = min(costs, key=lambda each: each[:2])
            decision.total += total
            decision.layouts.update(dict.fromkeys(members, layout))
        return decision

    def _wanted(self, natives: dict[Call, NativeProduct]) -> dict[Fragment, list[tuple[Layout, int]]]:
        """In which layouts products take and give a fragment, and how often."""
        wanted = defaultdict(list)
        for call, product, result in self.fragments.products():
            native = natives.get(call)
            matrices = (product.a, product.b, product.c, product.d)
            for each, like, matrix in zip((*result.inputs, result), "abcc", matrices, strict=True):
                layout = getattr(native, like) if native is not None else matrix.layout
                wanted[each].append((layout, self._often(call.parent)))
        return wanted

    def _often(self, block: Block | None) -> int:
        return int(_OFTEN ** min(self._depth(block), 4)) if block is not None else 1

    def _cost(self, members: Sequence[Fragment], layout: Layout, wanted: dict[Fragment, list[tuple[Layout, int]]]) -> int:
        return sum(self._cost_of(each, layout, wanted.get(each, ())) for each in members)

    def _cost_of(self, fragment: Fragment, layout: Layout, wanted: Iterable[tuple[Layout, int]]) -> int:
        bits = bits_of(fragment.element) or 32
        total = sum(often * conversion_cost(layout, want, bits, self._moves) for want, often in wanted)
        source = fragment.source
        if isinstance(source, Loaded):
            total += self._often(source.call.parent) * _accesses(layout, source.operation.by_rows, bits)
        if isinstance(source, Merged | Combined):
            for each in fragment.inputs:
                if isinstance(each.source, Foreign):
                    total += self._often(_block_of(each)) * conversion_cost(each.matrix.layout, layout, bits, self._moves)
        for block in self.fragments.outside(fragment):
            total += self._often(block) * conversion_cost(layout, fragment.matrix.layout, bits, self._moves)
        for block, by_rows in self.fragments.stores_of(fragment):
            total += self._often(block) * _accesses(layout, by_rows, bits)
        return total


def form_of(product: Product) -> Form:
    """What products have in common that a native product does alike."""
    return product.a.shape.sides, product.kinds, product.modifiers


def fits(native: NativeProduct, form: Form) -> bool:
    """Whether a native product does products of this form."""
    sides, (a, b, c, d), modifiers = form
    sums = "f32" if "f32" in (c, d) else c
    return (native.sides == sides and native.kinds == (a, b, sums) and native.modifiers == modifiers
            and not native.needs_uniform and native.held is None)


def _choices(members: Sequence[Fragment], wanted: dict[Fragment, list[tuple[Layout, int]]]) -> list[Layout]:
    found = [layout for each in members for layout, _ in wanted.get(each, ())]
    return list(dict.fromkeys([*found, members[0].matrix.layout]))


def _accesses(layout: Layout, by_rows: bool, bits: int) -> int:
    """Memory instructions of a lane."""
    return len(runs(layout, by_rows, max(128 // bits, 1)).firsts)


def _block_of(fragment: Fragment) -> Block | None:
    return next((register.parent for register in fragment.registers if hasattr(register, "parent")), None)


def _classes(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments that have one layout: those that phis, element-wise operations and sums connect. Foreign ones stand alone."""
    leader = {each: each for each in fragments}

    def find(each: Fragment) -> Fragment:
        while leader[each] is not each:
            each = leader[each]
        return each

    for each in fragments:
        inputs = each.inputs[2:] if isinstance(each.source, Made) else each.inputs
        for other in inputs:
            if not isinstance(other.source, Foreign | Filled) and other.matrix.sides == each.matrix.sides:
                leader[find(other)] = find(each)
    classes = defaultdict(list)
    for each in fragments:
        if not isinstance(each.source, Foreign | Filled):
            classes[find(each)].append(each)
    return list(classes.values())


