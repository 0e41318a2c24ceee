"""Kernels of several warps, each with matrices of its own, that multiply where not all of them are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt, ConstantSplat
from crosswarp.ir.function import Block, Function
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.native import ELEMENT_TYPES, Emission, NativeProduct
from crosswarp.ir.tiles.vectors import as_words
from crosswarp.ir.types import I8, I32, IntType, Type, VectorType, bits_of
from crosswarp.ir.values import Value
from crosswarp.ir.writer import write_module
from crosswarp.targets.amdgpu.emulator.launch import Kernel
from crosswarp.targets.registry import target_for
from numpy.typing import NDArray

from tests.emulator.matrix_numbers import Values
from tests.targets.amdgpu.tiles.lanes import LANES, spread
from tests.targets.device_code import stages

_THREAD = "declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()\n"
BRANCH = """
define ptx_kernel void @{name}(ptr %a, ptr %b, ptr %c, ptr %d, i32 %mask, i32 %unused) {{
entry:
  %thread = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %warp = lshr i32 %thread, 5
  %rest = lshr i32 %mask, %warp
  %chosen = trunc i32 %rest to i1
  br i1 %chosen, label %yes, label %no
yes:
  br label %end
no:
  br label %end
end:
  ret void
}}
"""
"""Warps of `mask` multiply; the others turn the bits of C."""
LOOP = """
define ptx_kernel void @{name}(ptr %a, ptr %b, ptr %c, ptr %d, i32 %first, i32 %second) {{
entry:
  %thread = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %warp = lshr i32 %thread, 5
  %odd = trunc i32 %warp to i1
  %count = select i1 %odd, i32 %second, i32 %first
  br label %head
head:
  %n = phi i32 [0, %entry], [%next, %body]
  %more = icmp ult i32 %n, %count
  br i1 %more, label %body, label %end
body:
  %next = add i32 %n, 1
  br label %head
end:
  ret void
}}
"""
"""Even warps multiply `first` times, odd ones `second` times, each time adding to C."""


Bits = NDArray[np.uint8]
Blocks = Mapping[str, Block]
Multiplication = Callable[[Emitter, Value], Value]
Way = Callable[[Blocks, Value, Multiplication, Module], Value]


def code_object(products: Sequence[tuple[NativeProduct, Emission]], arch: str, form: str) -> bytes:
    """Kernels `k0`, `k1`, ... of a form: what an emission does with the layouts of its product."""
    facts = target_for("sm_80").facts("sm_80")
    head = f'target datalayout = "{facts.datalayout}"\ntarget triple = "{facts.triple}"\n{_THREAD}'
    module = read_module(head + "".join(form.format(name=f"k{n}") for n in range(len(products))))
    for n, (product, emission) in enumerate(products):
        _fill(module, module.functions[f"k{n}"], product, emission, _branch if form is BRANCH else _loop)
    return stages(write_module(module).encode(), arch)["hsaco"]


def _fill(module: Module, function: Function, product: NativeProduct, emission: Emission, way: Way) -> None:
    blocks = {block.name or "": block for block in function.blocks}
    entry = blocks["entry"]
    e = Emitter(module, Builder(entry, entry.instructions[-1]))
    thread, kinds = entry.instructions[0], (*product.kinds, product.kinds[2])
    layouts = (product.a, product.b, product.c, product.c)
    places = [_Place(e.builder.gep(I8, pointer, [e.op("mul", thread, bytes_of(kind, layout))]), kind, layout)
              for pointer, kind, layout in zip(function.arguments, kinds, layouts, strict=False)]
    a, b, c = (place.load(e) for place in places[:3])
    result = way(blocks, c, lambda e, c: emission(e, a, b, c), module)
    end = Builder(blocks["end"], blocks["end"].instructions[-1])
    places[3].store(Emitter(module, end), result)


@dataclass(frozen=True)
class _Place:
    pointer: Value
    kind: str
    layout: Layout

    @property
    def _words(self) -> Type:
        size = bytes_of(self.kind, self.layout)
        return VectorType(size // 4, I32) if size > 4 else IntType(8 * size)

    def load(self, e: Emitter) -> Value:
        words = e.builder.load(self._words, self.pointer, align=4)
        return e.builder.cast("bitcast", words, VectorType(self.layout.size("register"), ELEMENT_TYPES[self.kind]))

    def store(self, e: Emitter, value: Value) -> None:
        e.builder.store(e.builder.cast("bitcast", value, self._words), self.pointer, align=4)


def bytes_of(kind: str, layout: Layout) -> int:
    """Bytes of a lane's part."""
    bits = bits_of(ELEMENT_TYPES[kind])
    assert bits is not None
    return layout.size("register") * bits // 8


def _branch(blocks: Blocks, c: Value, multiplied: Multiplication, module: Module) -> Value:
    yes, no, end = (blocks[name] for name in ("yes", "no", "end"))
    product = multiplied(Emitter(module, Builder(yes, yes.instructions[-1])), c)
    e = Emitter(module, Builder(no, no.instructions[-1]))
    words = as_words(e, c)
    turned = e.builder.cast("bitcast", e.builder.binary("xor", words, _ones(words.type)), c.type)
    return Builder(end, end.instructions[0]).phi(c.type, [(product, yes), (turned, no)])


def _ones(kind: Type) -> Value:
    one = ConstantInt(I32, -1)
    return ConstantSplat(kind, one) if isinstance(kind, VectorType) else one


def _loop(blocks: Blocks, c: Value, multiplied: Multiplication, module: Module) -> Value:
    head, body = blocks["head"], blocks["body"]
    sums = Builder(head, head.instructions[0]).phi(c.type, [(c, blocks["entry"])])
    product = multiplied(Emitter(module, Builder(body, body.instructions[-1])), sums)
    sums.operands += [product, body]
    return sums


def run(kernel: Kernel, product: NativeProduct, warps: Sequence[Sequence[Values]], first: int, second: int = 0) -> list[Bits]:
    """The bits of D of each warp: a row a lane, a byte a column."""
    layouts = (product.a, product.b, product.c)
    held = [np.concatenate([spread(matrices[at], product.kinds[at], layouts[at]) for matrices in warps]) for at in range(3)]
    result = np.zeros_like(held[2])
    kernel.launch(1, LANES * len(warps), [*held, result, np.int32(first), np.int32(second)])
    return list(result.reshape(len(warps), LANES, -1))
