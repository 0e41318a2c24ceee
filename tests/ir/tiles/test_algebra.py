"""The laws of layouts."""

from __future__ import annotations

from itertools import product as pairs_of

import pytest
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.access import bank_conflicts, memory_transactions, runs, vector_width
from crosswarp.ir.tiles.algebra import (
    composed,
    conversion,
    from_columns,
    input_bits,
    inverse,
    is_same,
    product,
    renamed,
    restricted,
    without_copies,
)
from crosswarp.ir.tiles.canonical import canonical
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.show import copies, grid, holders
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import layouts, pairs

MOVMATRIX = Layout.of({"register": [(0, 1)], "lane": [(0, 2), (0, 4), (1, 0), (2, 0), (4, 0)]}, row=3, column=3)
C = canonical(Shape("m16n16k16", "f16"), "c")


def is_identity(layout: Layout) -> bool:
    return layout.columns == linear.identity(len(layout.columns))


@given(layouts())
def test_an_element_has_the_holder_that_the_inverse_names(layout):
    assert is_identity(composed(layout, inverse(layout)))


@given(layouts(rows=4, columns=4, copies=False))
def test_without_copies_the_inverse_is_two_sided(layout):
    back = inverse(layout)
    assert is_identity(composed(back, layout)) and inverse(back) == layout


@given(pairs())
def test_a_conversion_finds_the_element(two):
    source, wanted = two
    assert composed(source, conversion(source, wanted)) == wanted


@given(layouts())
def test_a_layout_is_converted_to_itself_within_lanes(layout):
    lanes = conversion(layout, layout).images("lane")
    assert lanes == tuple((0, 1 << bit) for bit in range(5))


@given(pairs(), st.data())
def test_composition_is_associative(two, data):
    first, second = conversion(*two), two[0]
    third = from_columns(data.draw(st.permutations(linear.identity(len(first.columns)))), input_bits(first), input_bits(first))
    assert composed(composed(second, first), third) == composed(second, composed(first, third))


@given(layouts(rows=2, columns=1), layouts(rows=1, columns=2))
def test_tiles_of_tiles(outer, inner):
    inside = {name: bits for name, bits in input_bits(inner).items()}
    both = product(outer, inner)
    for register, lane in pairs_of(range(both.size("register")), range(0, both.size("lane"), 7)):
        high = outer.at(register=register >> inside["register"], lane=lane >> inside["lane"])
        low = inner.at(register=register % inner.size("register"), lane=lane % inner.size("lane"))
        assert both.at(register=register, lane=lane) == (high[0] << 1 | low[0], high[1] << 2 | low[1])


def test_the_corner_of_a_product_is_its_inner_tile():
    outer = Layout.of({"register": [(1, 0), (0, 1)]}, row=1, column=1)
    assert restricted(product(outer, C), row=4, column=4) == C
    with pytest.raises(ValueError, match="inside and outside"):
        restricted(Layout.of({"register": [(3, 0)], "lane": [(1, 0)]}, row=2, column=0), row=1)


def test_other_names():
    assert renamed(MOVMATRIX, {"row": "k", "lane": "thread"}).at(thread=6, register=1) == (1, 5)


@given(layouts())
def test_copies_of_registers_do_not_count(layout):
    assert is_same(layout, without_copies(layout))
    assert copies(layout) == {len(held) for held in holders(layout).values()}.pop()


@given(layouts(), st.booleans())
def test_runs_are_neighbours_in_memory_and_aligned(layout, by_rows):
    found = runs(layout, by_rows)
    for first, lane in pairs_of(found.firsts, range(32)):
        places = [layout.at(register=register, lane=lane) for register in found.registers(first)]
        inner = [place[by_rows] for place in places]
        assert {place[not by_rows] for place in places} == {places[0][not by_rows]}
        assert inner == list(range(inner[0], inner[0] + found.length)) and inner[0] % found.length == 0
    assert len(found.firsts) * found.length == without_copies(layout).size("register")
    held = {layout.packed(layout.at(register=r, lane=5)) for first in found.firsts for r in found.registers(first)}
    assert held == {layout.packed(layout.at(register=r, lane=5)) for r in range(layout.size("register"))}


def test_widths_of_known_layouts():
    shape = Shape("m16n16k16", "f16")
    assert (vector_width(C, True), vector_width(C, False)) == (2, 1)
    assert (vector_width(canonical(shape, "b"), False), vector_width(MOVMATRIX.transposed(), False)) == (2, 2)


def test_transactions_and_bank_conflicts():
    lines = Layout.of({"lane": [(0, 1 << bit) for bit in range(5)]}, row=0, column=5)
    column = Layout.of({"lane": [(1 << bit, 0) for bit in range(5)]}, row=5, column=0)
    assert memory_transactions(lines, True, 32, 32) == (2, 2) and memory_transactions(column, True, 32, 32) == (32, 2)
    assert bank_conflicts(lines, True, 32, 32) == 0 and bank_conflicts(column, True, 32, 32) == 31
    assert bank_conflicts(column, True, 33, 32) == 0 and bank_conflicts(column, True, 32, 32, banks=64) == 15
    assert bank_conflicts(column, True, 32, 32, lanes=8) == 4 * 7


def test_as_text():
    assert str(MOVMATRIX).splitlines()[:2] == ["register bit 0 -> column 1", "lane bit 0 -> column 2"]
    assert grid(MOVMATRIX).splitlines()[1].split("  ")[:3] == ["T4 R0", " T4 R1", " T5 R0"]
    assert str(Layout.of({"lane": [(0, 0)]}, row=1, column=1)) == "lane bit 0 -> a copy"


@given(pairs())
@settings(max_examples=30)
def test_what_no_lane_holds_is_refused(two):
    source, wanted = two
    lacking = Layout.of({"register": [], "lane": [(0, 0)] * 5}, **dict(source.outputs))
    if sum(dict(source.outputs).values()):
        with pytest.raises(ValueError, match="no lane holds"):
            conversion(lacking, wanted)
