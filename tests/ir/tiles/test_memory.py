"""Fragments read from matrices and written to them, against numpy."""

from __future__ import annotations

import numpy
import pytest
from crosswarp.ir.builder import Builder
from crosswarp.ir.interpreter import Buffer
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.canonical import canonical
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.memory import load, row_alignment, store
from crosswarp.ir.tiles.native import ELEMENT_TYPES
from crosswarp.ir.tiles.words import element_bits
from fragments import TEXT, buffer_of, emitter, empty, expected, held_in, read, run, write
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import layouts

KINDS = ("f16", "bf16", "tf32", "f64", "s32", "s8")


def matrix(layout: Layout, bits: int, by_rows: bool, pitch: int) -> tuple[numpy.ndarray, dict[tuple[int, int], int]]:
    """Memory as one number for each element, and the matrix's codes in it. No float is a NaN."""
    rows, columns = layout.size("row"), layout.size("column")
    source, shape = numpy.random.default_rng(pitch), (rows if by_rows else columns, pitch)
    memory = source.integers(0, 1 << (bits if bits < 16 else bits - 2), shape, dtype=numpy.uint64)
    inside = memory[:, :columns] if by_rows else memory[:, :rows].T
    return memory, {(int(row), int(column)): int(inside[row, column]) for row in range(rows) for column in range(columns)}


def buffer_with(memory: numpy.ndarray, bits: int) -> Buffer:
    whole = sum(int(code) << n * bits for n, code in enumerate(memory.flat))
    content = whole.to_bytes(-(-memory.size * bits // 8), "little")
    buffer = Buffer(len(content))
    buffer.data[:] = content
    return buffer


def pitch_of(layout: Layout, bits: int, by_rows: bool, extra: int) -> int:
    """A pitch that is a multiple of 16 bytes."""
    return -(-layout.size("column" if by_rows else "row") // (128 // bits)) * (128 // bits) + extra * 128 // bits


def check_load(layout: Layout, kind: str, by_rows: bool, extra: int) -> None:
    element = ELEMENT_TYPES[kind]
    bits, out = element_bits(element), empty(layout, element)
    pitch = pitch_of(layout, bits, by_rows, extra)
    memory, codes = matrix(layout, bits, by_rows, pitch)

    def body(e, to, at, stride):
        write(e, to, load(e, at, stride, by_rows, layout, kind), layout.size("register"), element)

    run(body, out, buffer_with(memory, bits), pitch)
    assert held_in(out, layout, element) == expected(layout, codes)


def check_store(layout: Layout, kind: str, by_rows: bool, extra: int) -> None:
    element = ELEMENT_TYPES[kind]
    bits = element_bits(element)
    pitch = pitch_of(layout, bits, by_rows, extra)
    memory, codes = matrix(layout, bits, by_rows, pitch)
    before = numpy.zeros_like(memory)
    inside = layout.size("column" if by_rows else "row")
    before[:, inside:] = 1
    out = buffer_with(before, bits)

    def body(e, to, at, stride):
        store(e, to, stride, by_rows, layout, kind, read(e, at, layout.size("register"), element))

    run(body, out, buffer_of(layout, element, codes), pitch)
    before[:, :inside] = memory[:, :inside]
    assert bytes(out.data) == bytes(buffer_with(before, bits).data)


@given(layouts(), st.sampled_from([*KINDS, "s4", "b1"]), st.booleans(), st.integers(0, 2))
@settings(max_examples=30, deadline=None)
def test_load(layout, kind, by_rows, extra):
    check_load(layout, kind, by_rows, extra)


@given(layouts(), st.sampled_from(KINDS), st.booleans(), st.integers(0, 2))
@settings(max_examples=30, deadline=None)
def test_store(layout, kind, by_rows, extra):
    check_store(layout, kind, by_rows, extra)


@pytest.mark.parametrize(("shape", "kind"), [("m8n8k32", "s4"), ("m8n8k128", "b1"), ("m32n8k16", "s8")])
def test_fragments_of_ptx(shape, kind):
    layout = canonical(Shape(shape, kind), "a")
    check_load(layout, kind, True, 0)
    check_store(layout, kind, True, 1)


def test_bits_that_share_a_byte_are_not_stored():
    layout = canonical(Shape("m8n8k32", "s4"), "a")
    e, pointer, pitch = emitter(read_module(TEXT))
    with pytest.raises(ValueError, match="share a byte"):
        store(e, pointer, pitch, False, layout, "s4", pointer)


def accesses(layout: Layout, kind: str, by_rows: bool) -> list[tuple[str, int | None]]:
    """Types and alignments of the loads that are emitted."""
    module = read_module(TEXT)
    e, pointer, pitch = emitter(module)
    load(e, pointer, pitch, by_rows, layout, kind)
    block = module.functions["k"].blocks[0]
    assert isinstance(e.builder, Builder)
    return [(str(i.type), i.align) for i in block.instructions if i.opcode == "load"]


def test_the_widest_loads():
    doubled = Layout.of({"register": [(0, x) for x in (1, 2, 4, 8)], "lane": [(1, 0), (2, 0), (4, 0), (8, 0), (0, 0)]}, row=4,
                        column=4)
    assert accesses(doubled, "f16", True) == [("<8 x half>", 16)] * 2
    assert accesses(doubled, "s8", True) == [("<16 x i8>", 8)]
    assert accesses(doubled, "f16", False) == [("<1 x half>", 2)] * 16
    assert accesses(canonical(Shape("m16n16k16", "f16"), "c"), "f32", True) == [("<2 x float>", 8)] * 4


def test_promised_alignment():
    assert row_alignment(canonical(Shape("m16n16k16", "f16"), "c"), "f32") == 16
    assert row_alignment(canonical(Shape("m16n16k16", "s8"), "a"), "s8") == 8
    assert row_alignment(canonical(Shape("m8n8k128", "b1"), "a"), "b1") == 4
    assert row_alignment(canonical(Shape("m8n8k4", "f64"), "a"), "f64") == 8
