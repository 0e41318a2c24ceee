"""The pass `tensor-layout` on random dataflow and for targets of any layouts: the same bits as without it."""

from __future__ import annotations

import struct

import llvmlite.binding as llvm
import pytest
from compile import optimized
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.module import Module
from crosswarp.ir.passes.expand_tiles import ExpandTiles
from crosswarp.ir.passes.inline_ptx import InlinePtx
from crosswarp.ir.passes.tensor_layout import TensorLayout
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.exchange import convert
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.names import EXACT, TILE
from crosswarp.ir.tiles.native import NativeProduct
from crosswarp.ir.tiles.operations import Matrix
from crosswarp.ir.tiles.registers import gathered, scattered
from crosswarp.ir.types import DOUBLE
from crosswarp.ir.values import Value
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module
from dataflow import FACTORS, OUTPUTS, PROGRAMS, SUMS, Kernel, Statement
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from layouts import layouts

FACTS = TargetFacts("test", "nvptx64-nvidia-cuda", "e-i64:64-i128:128", features=frozenset({"tiles"}))
MATRICES = {letter: Matrix(Shape("m8n8k4", "f64"), letter, "f64") for letter in "abc"}
EXACT_PRODUCTS = (f"{EXACT}mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64",
                  f"{EXACT}wmma.mma.sync.aligned.row.col.m8n8k4.f64.f64.f64.f64")  # fmt: skip
HEAD = f'target datalayout = "{FACTS.datalayout}"\ntarget triple = "{FACTS.triple}"\n'


def native(a: Layout, b: Layout, c: Layout) -> NativeProduct:
    """A product of a target that holds matrices like this: exchanges around the exact one."""
    wanted = {"a": a, "b": b, "c": c}

    def emit(e: Emitter, *parts: Value) -> Value:
        registers = []
        for (letter, matrix), part in zip(MATRICES.items(), parts, strict=True):
            held = convert(e, part, wanted[letter], matrix.layout)
            registers += scattered(e, matrix, held, [DOUBLE] * matrix.registers)
        exact = next(function for name, function in e.module.functions.items() if name in EXACT_PRODUCTS)
        whole = e.builder.call(exact, registers)
        results = [e.builder.extractvalue(whole, n) for n in range(2)]
        return convert(e, gathered(e, MATRICES["c"], results, DOUBLE), MATRICES["c"].layout, c)

    return NativeProduct("test", (8, 8, 4), ("f64", "f64", "f64"), a, b, c, emit)


def opened(text: str) -> Module:
    """Without inline PTX, in SSA form, as targets give it to the pass."""
    module = read_module(HEAD + text)
    InlinePtx().apply(module, FACTS)
    return read_module(optimized(write_module(module), level=1))


def results(module: Module, count: int, flag: int) -> bytes:
    """What the kernel leaves in memory."""
    ExpandTiles().apply(module, FACTS)
    verify_module(module)
    given_values = [float(n * 7 % 5 - 2) for n in range(SUMS * 64 + FACTORS * 32)]
    memory = Buffer(8 * len(given_values))
    memory.data[:] = struct.pack(f"<{len(given_values)}d", *given_values)
    out = Buffer(8 * (OUTPUTS * 64 + SUMS * 64))
    Interpreter(module).launch("k", 1, 32, [out, memory, count, flag, 2.0])
    return bytes(out.data)


def check(program: list[Statement], target: NativeProduct, count: int, flag: int) -> int:
    """With the pass and without it; how many products became native."""
    text = Kernel(program).text
    plain, arranged = opened(text), opened(text)
    before = sum(len(plain.calls_to(f)) for name, f in plain.functions.items() if name.startswith(f"{TILE}") and "mma.sync" in name)
    TensorLayout((target,)).apply(arranged, FACTS)
    llvm.parse_assembly(write_module(arranged)).verify()
    left = sum(len(arranged.calls_to(f)) for name, f in arranged.functions.items()
               if name.startswith(f"{TILE}") and "mma.sync" in name)  # fmt: skip
    assert results(arranged, count, flag) == results(plain, count, flag)
    return before - left


@st.composite
def targets(draw) -> NativeProduct:
    """Targets of any layouts, with copies and without."""
    return native(draw(layouts(3, 2)), draw(layouts(2, 3)), draw(layouts(3, 3)))


PRODUCT = Statement("product", (0, 0, 0, 0))
IDENTICAL = native(*(matrix.layout for matrix in MATRICES.values()))


@given(PROGRAMS, targets(), st.integers(0, 2), st.integers(0, 1))
@example([Statement("loop", (0, 0, 0, 0), (PRODUCT,)), PRODUCT], IDENTICAL, 2, 0)
@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_random_dataflow_gives_the_same_bits(program, target, count, flag):
    check(program, target, count, flag)


@pytest.mark.slow
@given(PROGRAMS, targets(), st.integers(0, 3), st.integers(0, 1))
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_much_random_dataflow_gives_the_same_bits(program, target, count, flag):
    check(program, target, count, flag)


def test_products_in_loops_and_branches_become_native():
    scaled = Statement("scale", (0, 0, 0, 0))
    program = [Statement("loop", (0, 0, 0, 0), (PRODUCT, scaled)), Statement("if", (0, 0, 0, 0), (PRODUCT,)),
               Statement("observe", (0, 0, 0, 0)), Statement("open", (1, 0, 1, 1))]  # fmt: skip
    assert check(program, IDENTICAL, 2, 1) == 3
