"""A kernel for each product: it loads the lanes' vectors, multiplies, and stores D."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.native import ELEMENT_TYPES, NativeProduct
from crosswarp.ir.types import I8, I32, IntType, VectorType, bits_of
from crosswarp.ir.values import Value
from crosswarp.ir.writer import write_module
from crosswarp.targets.amdgpu.emulator.launch import Kernel
from crosswarp.targets.registry import target_for

from tests.emulator.matrix_numbers import Values
from tests.targets.amdgpu.tiles.lanes import LANES, gathered, number, spread
from tests.targets.device_code import stages

_THREAD = "llvm.nvvm.read.ptx.sreg.tid.x"


def code_object(products: Sequence[NativeProduct], arch: str) -> bytes:
    """The kernels `k0`, `k1`, ... of products, for a processor."""
    return stages(module_text(products, target_for("sm_80").facts("sm_80")).encode(), arch)["hsaco"]


def module_text(products: Sequence[NativeProduct], facts: TargetFacts) -> str:
    """Portable IR but for the products' own instructions."""
    head = f'target datalayout = "{facts.datalayout}"\ntarget triple = "{facts.triple}"\n'
    kernels = [f"define ptx_kernel void @k{n}(ptr %a, ptr %b, ptr %c, ptr %d) {{\n  ret void\n}}\n" for n in range(len(products))]
    module = read_module(head + "".join(kernels))
    for n, product in enumerate(products):
        function = module.functions[f"k{n}"]
        e = Emitter(module, Builder.at_entry(function))
        _multiply(e, product, function.arguments)
    return write_module(module)


def _multiply(e: Emitter, product: NativeProduct, pointers: Sequence[Value]) -> None:
    kinds = (product.kinds[0], product.kinds[1], product.kinds[2])
    places = [_place(e, pointer, kind, layout) for pointer, kind, layout in
              zip(pointers, (*kinds, kinds[2]), (product.a, product.b, product.c, product.c), strict=True)]
    values = [_load(e, place, kind, layout) for place, kind, layout in
              zip(places[:3], kinds, (product.a, product.b, product.c), strict=True)]
    if product.held is None:
        result = product.emit(e, *values)
    else:
        result = product.held.end(e, product.emit(e, *values[:2], product.held.begin(e, values[2])))
    e.builder.store(e.builder.cast("bitcast", result, _memory_type(kinds[2], product.c)), places[3], align=4)


def _place(e: Emitter, pointer: Value, kind: str, layout: Layout) -> Value:
    thread = e.call(_THREAD, I32)
    return e.builder.gep(I8, pointer, [e.op("mul", thread, _bytes(kind, layout))])


def _bytes(kind: str, layout: Layout) -> int:
    bits = bits_of(ELEMENT_TYPES[kind])
    assert bits is not None
    return layout.size("register") * bits // 8


def _memory_type(kind: str, layout: Layout) -> IntType | VectorType:
    size = _bytes(kind, layout)
    return VectorType(size // 4, I32) if size > 4 else IntType(8 * size)


def _load(e: Emitter, place: Value, kind: str, layout: Layout) -> Value:
    words = e.builder.load(_memory_type(kind, layout), place, align=4)
    return e.builder.cast("bitcast", words, VectorType(layout.size("register"), ELEMENT_TYPES[kind]))


def multiplied(kernel: Kernel, product: NativeProduct, matrices: Sequence[Values]) -> Values:
    """D, computed by one warp. On waves of 64 lanes a second warp has nothing to do."""
    held = [spread(matrix, kind, layout) for matrix, kind, layout in
            zip(matrices, product.kinds, (product.a, product.b, product.c), strict=True)]
    size = LANES * product.c.size("register") * number(product.kinds[2]).width // 8
    result = np.zeros(size, np.uint8)
    kernel.launch(1, LANES, [*held, result])
    return gathered(result.reshape(LANES, -1), product.kinds[2], product.c)
