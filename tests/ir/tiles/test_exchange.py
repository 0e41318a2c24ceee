"""Exchanges between layouts: what each lane holds afterwards, in the interpreter, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.tiles.canonical import canonical
from crosswarp.ir.tiles.exchange import convert, cost, explained
from crosswarp.ir.tiles.graph import Item, Move, Node, Select, Turn
from crosswarp.ir.tiles.lanes import LaneMap, Shuffles
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.plan import Plan, planned
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF, I32, IntType, Type
from fragments import buffer_of, empty, expected, held_in, random_codes, read, run, write
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import pairs

F16 = Shape("m16n16k16", "f16")
MOVMATRIX = Layout.of({"register": [(0, 1)], "lane": [(0, 2), (0, 4), (1, 0), (2, 0), (4, 0)]}, row=3, column=3)
ROWS = Layout.of({"register": [(2, 0), (4, 0), (8, 0)], "lane": [(0, 1), (0, 2), (0, 4), (0, 8), (1, 0)]}, row=4, column=4)
DOUBLED = Layout.of({"register": [(0, 1), (0, 2), (0, 4), (0, 8)], "lane": [(1, 0), (2, 0), (4, 0), (8, 0), (0, 0)]}, row=4,
                    column=4)
LANES = Layout.of({"register": [], "lane": [(1, 0), (2, 0), (4, 0), (8, 0), (16, 0)]}, row=5, column=0)
TURNED = Layout.of({"register": [], "lane": [(2, 0), (1, 0), (4, 0), (8, 0), (16, 0)]}, row=5, column=0)
KINDS: dict[str, Type] = {"half": HALF, "bfloat": BFLOAT, "float": FLOAT, "double": DOUBLE, "i32": I32,
                          **{f"i{bits}": IntType(bits) for bits in (8, 4, 1)}}


def evaluated(plan: Plan, source: Layout) -> list[list[tuple[int, int]]]:
    """What a plan leaves in each lane: for each register the element's place, without IR."""
    inside = max(len(item) for item in plan.items)
    held: dict[Node, list[list[tuple[int, int]]]] = {}

    def word(node: Node, lane: int) -> list[tuple[int, int]]:
        match node:
            case Item(number):
                return [source.at(lane=lane, register=register) for register in plan.items[number]]
            case Move(lanes, other):
                return held[other][lanes.source(lane)]
            case Select(mask, odd, even):
                return held[odd if (lane & mask).bit_count() % 2 else even][lane]
            case Turn(by, other):
                return [held[other][lane][n ^ by] for n in range(inside)]
        raise AssertionError(node)

    for node in plan.nodes:
        held[node] = [word(node, lane) for lane in range(32)]
    return [[held[plan.made[item]][lane][at] for item, at in plan.places] for lane in range(32)]


@dataclass(frozen=True)
class Near(Shuffles):
    """Flips within eight lanes are cheap, everything else is dear."""

    def cost(self, lanes: LaneMap) -> int:
        return 1 if lanes.is_flip and lanes.flip < 8 else 20


@given(pairs(), st.sampled_from([4, 8, 16, 32, 64]), st.sampled_from([Shuffles(), Near()]))
@settings(max_examples=300, deadline=None)
def test_plans_bring_every_element_where_it_is_wanted(two, bits, moves):
    source, wanted = two
    plan = planned(source, wanted, bits, moves)
    assert evaluated(plan, source) == expected(wanted)
    assert moves != Shuffles() or plan.cost()[0] <= len(plan.made) * plan.words


def check(source: Layout, wanted: Layout, kind: Type) -> None:
    codes, out = random_codes(source, kind), empty(wanted, kind)

    def body(e, to, at, _):
        value = read(e, at, source.size("register"), kind)
        write(e, to, convert(e, value, source, wanted), wanted.size("register"), kind)

    run(body, out, buffer_of(source, kind, codes))
    assert held_in(out, wanted, kind) == expected(wanted, codes)


@given(pairs(), st.sampled_from(list(KINDS)))
@settings(max_examples=40, deadline=None)
def test_in_the_interpreter(two, name):
    check(*two, KINDS[name])


KNOWN = {
    "the same": (MOVMATRIX, MOVMATRIX, 16, (0, 0)),
    "movmatrix": (MOVMATRIX, MOVMATRIX.transposed(), 16, (2, 4)),
    "C as A of the next product": (canonical(F16, "c"), canonical(F16, "a"), 16, (0, 0)),
    "C transposed": (canonical(F16, "c"), canonical(F16, "c").transposed(), 32, (8, 16)),
    "rows of gfx11": (canonical(F16, "c"), ROWS, 32, (8, 32)),
    "and back": (ROWS, canonical(F16, "c"), 32, (8, 32)),
    "A of gfx11": (canonical(F16, "a"), DOUBLED, 16, (8, 12)),
    "vectors of one element": (LANES, LANES.transposed().transposed(), 16, (0, 0)),
    "one element from another lane": (LANES, TURNED, 16, (1, 0)),
    "doubles": (canonical(F16, "c"), ROWS, 64, (16, 64)),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_exchanges(name):
    source, wanted, bits, most = KNOWN[name]
    moves, selects = cost(source, wanted, bits)
    assert moves <= most[0] and selects <= most[1]
    check(source, wanted, {16: HALF, 32: FLOAT, 64: DOUBLE}[bits])


def test_a_swap_of_bits_moves_half_of_the_words():
    left = Layout.of({"register": [(0, 1), (0, 2)], "lane": [(1, 0), (2, 0), (4, 0), (8, 0), (16, 0)]}, row=5, column=2)
    right = Layout.of({"register": [(1, 0), (0, 2)], "lane": [(0, 1), (2, 0), (4, 0), (8, 0), (16, 0)]}, row=5, column=2)
    assert cost(left, right, 32) == (2, 6)
    assert explained(left, right, 32) == "2 moves (lane ^ 1), 6 selects (lane bit 0)"
    assert cost(left, right, 16) == (1, 3)


def test_a_copy_in_the_own_lane_needs_no_move():
    plain = Layout.of({"register": [], "lane": [(1, 0), (2, 0), (4, 0), (8, 0), (16, 0)]}, row=5, column=0)
    both = Layout.of({"register": [(1, 0)], "lane": [(0, 0), (2, 0), (4, 0), (8, 0), (16, 0)]}, row=5, column=0)
    assert cost(both, plain, 32) == (0, 1) and explained(both, plain, 32) == "1 select (lane bit 0)"
    assert cost(plain, both, 32)[0] == 1


def test_in_words():
    assert explained(MOVMATRIX, MOVMATRIX, 16) == "nothing"
    assert explained(canonical(F16, "c"), canonical(F16, "a"), 16) == "nothing"
    swapped = Layout.of({"register": [(8, 0), (0, 1), (0, 8)], "lane": [(0, 2), (0, 4), (1, 0), (2, 0), (4, 0)]}, row=4, column=4)
    assert explained(canonical(F16, "c"), swapped, 16) == "registers in another order"
    assert str(LaneMap((2, 1, 4, 8, 16), 3)) == "lane bits to 2 1 4 8 16 ^ 3"


def test_other_numbers_of_lanes_are_refused():
    half = Layout.of({"register": [(0, 1), (0, 2)], "lane": [(0, 4), (1, 0), (2, 0), (4, 0)]}, row=3, column=3)
    with pytest.raises(ValueError, match="same number of lanes"):
        planned(half, MOVMATRIX, 16, Shuffles())


def test_copies_let_more_lanes_be_asked():
    assert cost(DOUBLED, canonical(F16, "a"), 16)[0] == 4
