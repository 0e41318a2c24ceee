"""What `ldmatrix` reads, read in other layouts: against the text of the PTX ISA, in the interpreter."""

from __future__ import annotations

import random

import pytest
from crosswarp.ir.interpreter import Buffer
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.exchange import SHUFFLES
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.operations import Matrix
from crosswarp.ir.tiles.row_reads import cheapest
from crosswarp.ir.tiles.rows import Rows, erase_unused, rows_of
from crosswarp.ir.types import I8, I32, FunctionType, StructType
from crosswarp.targets.amdgpu.tiles import native_products
from fragments import TEXT, emitter, empty, expected, held_in, run, write
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import layouts

A, B = (Matrix(Shape("m16n8k16", "f16"), letter, "f16") for letter in "ab")
WIDE = Matrix(Shape("m16n8k32", "s8"), "a", "s8")
TILE = "__cw.tile.ldmatrix.sync.aligned.m8n8.x{}{}.shared.b16"
PLACES = random.Random(3).sample(range(64), 32)


def row_of_lane(e: Emitter, memory):
    """The address of the row that each lane names: rows in no order."""
    lane = warp.lane(e)
    row = e.number(PLACES[0], lane)
    for n, place in enumerate(PLACES[1:], 1):
        row = e.builder.select(e.compare("eq", lane, n), e.number(place, lane), row)
    return e.builder.gep(I8, memory, [e.op("mul", row, 16)])


def registers(e: Emitter, memory, count: int, transposed: bool) -> list:
    """Those of an `ldmatrix` of such rows."""
    return registers_at(e, row_of_lane(e, memory), count, transposed)


def registers_at(e: Emitter, pointer, count: int, transposed: bool) -> list:
    """Those of an `ldmatrix` of the rows that these addresses name."""
    kind = FunctionType(StructType((I32,) * count), (pointer.type,))
    call = e.builder.call(e.module.declare(TILE.format(count, ".trans" * transposed), kind), [pointer])
    return [e.builder.extractvalue(call, n) for n in range(count)]


def codes_of(rows: list[bytes], matrix: Matrix, numbers: list[int], transposed: bool) -> dict[tuple[int, int], int]:
    """The matrix by PTX's text: which element of which row each lane's registers have."""
    found, size = {}, 4 // matrix.in_register
    for lane in range(32):
        for register, number in enumerate(numbers):
            for n in range(matrix.in_register):
                group, inside = lane // 4, lane % 4 * matrix.in_register + n
                row, at = (inside, group) if transposed else (group, inside)
                place = matrix.layout.at(lane=lane, register=register * matrix.in_register + n)
                found[place] = int.from_bytes(rows[PLACES[8 * number + row]][at * size : (at + 1) * size], "little")
    return found


def check(matrix: Matrix, numbers: list[int], transposed: bool, layout: Layout) -> None:
    source = random.Random(1)
    rows = [bytes(source.getrandbits(8) & 0x3F for _ in range(16)) for _ in range(64)]
    memory, out = Buffer(64 * 16), empty(layout, matrix.element)
    memory.data[:] = b"".join(rows)

    def body(e, to, at, _):
        values = registers(e, at, max(numbers) // 2 * 2 + 2 if max(numbers) else 1, transposed)
        read = rows_of(matrix, [values[n] for n in numbers])
        assert isinstance(read, Rows)
        value = read.load(layout, SHUFFLES, lambda call: emitter_before(e, call), e)
        write(e, to, value, layout.size("register"), matrix.element)
        erase_unused(e.builder.block.parent, read.calls)

    run(body, out, memory)
    assert held_in(out, layout, matrix.element) == expected(layout, codes_of(rows, matrix, numbers, transposed))


WHOLE = Matrix(Shape("m16n32k16", "f16"), "b", "f16")
ALTERNATING = [each.b for arch in ("gfx1100", "gfx1201") for each in native_products(arch)
               if each.sides == (16, 32, 16) and each.kinds[0] == "f16"]  # fmt: skip


@pytest.mark.parametrize("layout", dict.fromkeys(ALTERNATING))
def test_lanes_read_rows_of_two_instructions(layout: Layout) -> None:
    """Where the rows of one are equally far behind those of the other: pairs of columns, by one load each."""
    source = random.Random(1)
    rows = [bytes(source.getrandbits(8) & 0x3F for _ in range(16)) for _ in range(128)]
    memory, out = Buffer(128 * 16), empty(layout, WHOLE.element)
    memory.data[:] = b"".join(rows)

    def body(e, to, at, _):
        first = row_of_lane(e, at)
        second = e.builder.gep(I8, first, [64 * 16])
        read = rows_of(WHOLE, [value for pointer in (first, second) for value in registers_at(e, pointer, 4, True)])
        assert read is not None
        assert {len(each.registers) for each in read.pattern.reads(layout) or ()} == {2}
        value = read.load(layout, SHUFFLES, lambda call: emitter_before(e, call), e)
        write(e, to, value, layout.size("register"), WHOLE.element)
        erase_unused(e.builder.block.parent, read.calls)

    run(body, out, memory)
    part = Matrix(Shape("m16n16k16", "f16"), "b", "f16")
    halves = [codes_of(rows[first : first + 64], part, [0, 1, 2, 3], True) for first in (0, 64)]
    codes = {(k, n + 16 * half): code for half, found in enumerate(halves) for (k, n), code in found.items()}
    assert held_in(out, layout, WHOLE.element) == expected(layout, codes)


@pytest.mark.parametrize("writes", [True, False])
def test_rows_of_two_instructions_are_not_mixed_across_writes(writes: bool) -> None:
    e, pointer, _ = emitter(read_module(TEXT))
    first = row_of_lane(e, pointer)
    second = e.builder.gep(I8, first, [64 * 16])
    values = registers_at(e, first, 4, True)
    if writes:
        e.builder.store(e.zero(I32), pointer)
    rows = rows_of(WHOLE, [*values, *registers_at(e, second, 4, True)])
    assert rows is not None
    assert all((rows.pattern.reads(layout) is None) == writes for layout in ALTERNATING)


def emitter_before(e: Emitter, call) -> Emitter:
    return Emitter(e.module, type(e.builder)(call.parent, call))


@given(layouts(rows=4, columns=4), st.permutations(range(4)), st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_in_any_layout(layout, numbers, transposed):
    check(A, list(numbers), transposed, layout)


@given(layouts(rows=4, columns=3), st.permutations(range(4)), st.booleans())
@settings(max_examples=15, deadline=None)
def test_b_has_half_of_the_matrices(layout, numbers, transposed):
    check(B, list(numbers)[:2], transposed, layout)


OWN = Layout.of({"register": [(0, 1), (0, 2), (0, 4)], "lane": [(1, 0), (2, 0), (4, 0), (8, 0), (0, 8)]}, row=4, column=4)
COPIES = Layout.of({"register": [(0, x) for x in (1, 2, 4, 8)], "lane": [*((x, 0) for x in (1, 2, 4, 8)), (0, 0)]}, row=4, column=4)
BYTES = Layout.of({"register": [(0, x) for x in (1, 2, 4, 8)], "lane": [*((x, 0) for x in (1, 2, 4, 8)), (0, 16)]}, row=4, column=5)


@pytest.mark.parametrize(("matrix", "layout"), [(A, OWN), (A, COPIES), (WIDE, BYTES)])
def test_known_layouts(matrix, layout):
    check(matrix, [0, 1, 2, 3], False, layout)


def test_a_lane_that_wants_its_own_row_reads_it_at_once():
    e, pointer, _ = emitter(read_module(TEXT))
    rows = rows_of(A, registers(e, pointer, 4, False))
    assert rows is not None and rows.pattern.own_layout == OWN
    assert cheapest(rows.pattern, OWN, 16, SHUFFLES) == (1, OWN)
    assert [len(one.registers) for one in rows.pattern.reads(COPIES) or ()] == [8, 8]


def test_lanes_do_not_choose_between_instructions():
    e, pointer, _ = emitter(read_module(TEXT))
    rows = rows_of(B, [registers(e, pointer, 1, False)[0], registers(e, pointer, 1, False)[0]])
    parted = Layout.of({"register": [(1, 0), (2, 0)], "lane": [(4, 0), (8, 0), (0, 1), (0, 2), (0, 4)]}, row=4, column=3)
    assert rows is not None and rows.pattern.own_layout is None
    assert rows.pattern.reads(parted) is None and cheapest(rows.pattern, parted, 16, SHUFFLES)[1] is None
    assert rows.pattern.reads(B.layout) is not None


def test_other_registers_are_no_rows():
    e, pointer, _ = emitter(read_module(TEXT))
    plain, turned = registers(e, pointer, 4, False), registers(e, pointer, 4, True)
    assert rows_of(B, [plain[0], turned[1]]) is None and rows_of(B, [plain[0], e.zero(I32)]) is None
    assert rows_of(Matrix(Shape("m16n8k16", "f16"), "c", "f32"), plain) is None
    assert rows_of(WIDE, turned) is None
