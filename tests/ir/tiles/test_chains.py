"""The pass `tensor-layout` on products in a row with operations on rows between them: the same bits as without it."""

from __future__ import annotations

import random
import struct
from dataclasses import replace

import pytest
from chains import CHAINS, RESULTS, WORDS, Chain, Step
from compile import optimized
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.module import Module
from crosswarp.ir.passes.expand_tiles import ExpandTiles
from crosswarp.ir.passes.tensor_layout import TensorLayout
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.tiles.exchange import convert
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.names import EXACT
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.operations import Matrix
from crosswarp.ir.tiles.registers import gathered, scattered
from crosswarp.ir.types import FLOAT, I32
from crosswarp.ir.values import Value
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from layouts import layouts
from llvmlite.binding import parse_assembly
from test_dataflow import FACTS, opened

SHAPE = Shape("m16n8k8", "f16")
MATRICES = {"a": Matrix(SHAPE, "a", "f16"), "b": Matrix(SHAPE, "b", "f16"), "c": Matrix(SHAPE, "c", "f32")}
PRODUCT = f"{EXACT}mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32"
PLACES = {"row": 4, "column": 3}
# A unit whose lanes have a row each and half of its columns; sums have the places of A.
ROWS = Layout.of({"register": [(0, 1), (0, 4)], "lane": [(1, 0), (2, 0), (4, 0), (8, 0), (0, 2)]}, **PLACES)
COLUMNS = Layout.of({"register": [(1, 0), (4, 0)], "lane": [(0, 1), (0, 2), (0, 4), (0, 0), (2, 0)]}, row=3, column=3)
SOFTMAX = [Step("scale"), Step("largest", (1, 0)), Step("own")]


def native(a: Layout, b: Layout, c: Layout) -> NativeProduct:
    """The exact product with exchanges around it."""
    wanted = {"a": a, "b": b, "c": c}

    def emit(e: Emitter, *parts: Value) -> Value:
        registers = []
        for (letter, matrix), part in zip(MATRICES.items(), parts, strict=True):
            held = convert(e, part, wanted[letter], matrix.layout)
            registers += scattered(e, matrix, held, [I32 if matrix.in_register == 2 else FLOAT] * matrix.registers)
        whole = e.builder.call(e.module.functions[PRODUCT], registers)
        results = [e.builder.extractvalue(whole, n) for n in range(4)]
        return convert(e, gathered(e, MATRICES["c"], results, FLOAT), MATRICES["c"].layout, c)

    return NativeProduct("test", (16, 8, 8), ("f16", "f16", "f32"), a, b, c, emit)


UNIT = native(ROWS, COLUMNS, ROWS)


def results(module: Module, count: int) -> bytes:
    """What the kernel leaves in memory."""
    ExpandTiles().apply(module, FACTS)
    verify_module(module)
    source = random.Random(count)
    halves = [source.choice((-2.0, -1.0, 0.5, 1.0, 3.0)) for _ in range(WORDS * 64)]
    memory, out = Buffer(2 * len(halves)), Buffer(4 * RESULTS * 32)
    memory.data[:] = struct.pack(f"<{len(halves)}e", *halves)
    Interpreter(module).launch("k", 1, 32, [out, memory, count, 0.75])
    return bytes(out.data)


def arranged(chain: list[Step], target: NativeProduct, told: list[str]) -> Module:
    """With the pass."""
    module = opened(Chain(chain).text)
    TensorLayout((target,), tell=told.append).apply(module, FACTS)
    parse_assembly(write_module(module)).verify()
    return module


def check(chain: list[Step], target: NativeProduct, count: int) -> list[str]:
    """With the pass and without it; what it reports."""
    told: list[str] = []
    assert results(arranged(chain, target, told), count) == results(opened(Chain(chain).text), count)
    return told


@st.composite
def targets(draw) -> NativeProduct:
    """Targets of any layouts, with copies and without."""
    return native(draw(layouts(4, 3)), draw(layouts(3, 3)), draw(layouts(4, 3)))


@given(CHAINS, targets(), st.integers(1, 2))
@example([*SOFTMAX, Step("sum"), Step("halves"), Step("far", (2, 0)), Step("turn", (1, 0)), Step("again", (0, 0))], UNIT, 2)
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_random_chains_give_the_same_bits(chain, target, count):
    check(chain, target, count)


@pytest.mark.slow
@given(CHAINS, targets(), st.integers(1, 3))
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_many_random_chains_give_the_same_bits(chain, target, count):
    check(chain, target, count)


def test_softmax_between_two_products_moves_what_rows_share_alone():
    def opaque(e: Emitter, a: Value, b: Value, c: Value) -> Value:
        return e.call("product", c.type, a, b, c, convergent=True)

    told: list[str] = []
    text = optimized(write_module(arranged(SOFTMAX, replace(UNIT, emit=opaque), told)), level=1)
    loop = text[text.index("\nbody:") : text.index("\ndone:")]
    assert "D stays as it is, nothing observes a lane" in told[0]
    assert "A is held as it is wanted" in told[1]
    # A lane has one row; the other half of it is in lane ^ 16. Two columns of a row are two words of a lane.
    assert [line[-15:] for line in loop.splitlines() if "shfl.sync.bfly" in line] == ["i32 16, i32 31)"] * 2
