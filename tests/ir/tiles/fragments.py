"""Kernels of one warp around what `ir/tiles` emits, in the interpreter of portable IR."""

from __future__ import annotations

import random
from collections.abc import Callable

from crosswarp.ir.builder import Builder
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.words import element_bits
from crosswarp.ir.types import I8, FloatType, IntType, Type, VectorType
from crosswarp.ir.values import Value
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module
from llvmlite.binding import parse_assembly

TEXT = """target datalayout = "e-i64:64-i128:128"
target triple = "nvptx64-nvidia-cuda"
define ptx_kernel void @k(ptr %out, ptr %in, i32 %pitch) {
  ret void
}
"""
Body = Callable[[Emitter, Value, Value, Value], None]


def run(body: Body, out: Buffer, given: Buffer, pitch: int = 0) -> None:
    """A warp of 32 lanes executes what `body` emits."""
    module = read_module(TEXT)
    body(emitter(module)[0], *module.functions["k"].arguments)
    verify_module(module)
    assert parse_assembly(write_module(module)).verify() is None
    Interpreter(module).launch("k", 1, 32, [out, given, pitch])


def emitter(module: Module) -> tuple[Emitter, Value, Value]:
    """At the end of the kernel; its pointer to the output and its number."""
    function = module.functions["k"]
    block = function.blocks[0]
    return Emitter(module, Builder(block, block.instructions[-1])), function.arguments[0], function.arguments[2]


def _bytes(count: int, kind: Type) -> int:
    return -(-count * element_bits(kind) // 8)


def own(e: Emitter, memory: Value, size: int) -> Value:
    """The lane's part of memory."""
    offset = e.op("mul", e.resize(warp.lane(e), 64), size)
    return e.builder.gep(I8, memory, [offset])


def read(e: Emitter, memory: Value, count: int, kind: Type) -> Value:
    """The lane's vector, whose elements stand without gaps."""
    size = _bytes(count, kind)
    whole = e.builder.load(IntType(8 * size), own(e, memory, size), align=1)
    return e.builder.cast("bitcast", e.resize(whole, count * element_bits(kind)), VectorType(count, kind))


def write(e: Emitter, memory: Value, value: Value, count: int, kind: Type) -> None:
    """The other way."""
    assert value.type is VectorType(count, kind)
    size = _bytes(count, kind)
    whole = e.builder.cast("bitcast", value, IntType(count * element_bits(kind)))
    e.builder.store(e.resize(whole, 8 * size), own(e, memory, size), align=1)


def buffer_of(layout: Layout, kind: Type, codes: dict[tuple[int, int], int]) -> Buffer:
    """What `read` gives each lane its part of a matrix from."""
    size, bits, content = _bytes(layout.size("register"), kind), element_bits(kind), b""
    for lane in range(32):
        held = sum(codes[layout.at(lane=lane, register=n)] << n * bits for n in range(layout.size("register")))
        content += held.to_bytes(size, "little")
    buffer = Buffer(len(content))
    buffer.data[:] = content
    return buffer


def held_in(buffer: Buffer, layout: Layout, kind: Type) -> list[list[int]]:
    """For each lane the codes that `write` left."""
    size, bits = _bytes(layout.size("register"), kind), element_bits(kind)
    parts = [int.from_bytes(bytes(buffer.data[n : n + size]), "little") for n in range(0, 32 * size, size)]
    return [[part >> n * bits & (1 << bits) - 1 for n in range(layout.size("register"))] for part in parts]


def empty(layout: Layout, kind: Type) -> Buffer:
    """Room for `write`."""
    return Buffer(32 * _bytes(layout.size("register"), kind))


def expected(layout: Layout, codes: dict[tuple[int, int], int] | None = None) -> list[list]:
    """What each lane must hold: codes, or only the places."""
    places = [[layout.at(lane=lane, register=n) for n in range(layout.size("register"))] for lane in range(32)]
    return places if codes is None else [[codes[place] for place in held] for held in places]


def random_codes(layout: Layout, kind: Type) -> dict[tuple[int, int], int]:
    """A matrix. Floats are no NaNs: the interpreter does not keep what they carry."""
    source, bits = random.Random(0), element_bits(kind)
    quiet = (1 << bits - 2) - 1 if isinstance(kind, FloatType) else (1 << bits) - 1
    places = [(row, column) for row in range(layout.size("row")) for column in range(layout.size("column"))]
    return {place: source.getrandbits(bits) & quiet for place in places}
