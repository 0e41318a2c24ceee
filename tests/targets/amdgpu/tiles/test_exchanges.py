"""Matrices read in one layout, exchanged and written in another, by both warps of a wave, on emulated processors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from crosswarp.ir.builder import Builder
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.canonical import canonical
from crosswarp.ir.tiles.exchange import convert
from crosswarp.ir.tiles.layout import Layout
from crosswarp.ir.tiles.memory import load, store
from crosswarp.ir.types import I8, I32
from crosswarp.ir.values import Value
from crosswarp.ir.writer import write_module
from crosswarp.targets.amdgpu.emulator.launch import Module
from crosswarp.targets.amdgpu.tiles import native_products
from crosswarp.targets.amdgpu.tiles.moves import lane_moves
from crosswarp.targets.registry import target_for

from tests.targets.device_code import stages

_QUICK, _LONGER = ("gfx1100", "gfx942"), ("gfx90a", "gfx1030", "gfx1201")
_WARPS, _MORE = 2, 8
_BYTES = {"f16": 2, "bf16": 2, "f32": 4, "s32": 4, "tf32": 4, "s8": 1, "f64": 8}


@dataclass(frozen=True)
class Way:
    """A matrix of elements of `kind`, read by rows in the layout `source`, written by columns in the layout `wanted`."""

    kind: str
    source: Layout
    wanted: Layout

    def emit(self, e: Emitter, to: Value, at: Value, arch: str) -> None:
        """The kernel's body: each warp has a matrix of its own."""
        rows, columns = self.source.size("row"), self.source.size("column")
        warp = e.op("lshr", e.call("llvm.nvvm.read.ptx.sreg.tid.x", I32), 5)
        given = e.builder.gep(I8, at, [e.op("mul", warp, rows * (columns + _MORE) * _BYTES[self.kind])])
        result = e.builder.gep(I8, to, [e.op("mul", warp, columns * (rows + _MORE) * _BYTES[self.kind])])
        value = load(e, given, e.number(columns + _MORE, warp), True, self.source, self.kind)
        value = convert(e, value, self.source, self.wanted, lane_moves(arch))
        store(e, result, e.number(rows + _MORE, warp), False, self.wanted, self.kind, value)


def ways(arch: str) -> list[Way]:
    """To the layouts that PTX documents and back, for a product of each kind."""
    products = {p.kinds: p for p in native_products(arch) if p.sides[:2] == (16, 16) and _BYTES.keys() >= set(p.kinds)}
    found = {}
    for product in products.values():
        name = "m{}n{}k{}".format(*product.sides)
        for matrix, kind in zip("abc", product.kinds, strict=True):
            documented, own = canonical(Shape(name, product.kinds[0]), matrix), getattr(product, matrix)
            found |= dict.fromkeys((Way(kind, documented, own), Way(kind, own, documented)))
    scattered = Layout.of({"register": [(2, 4), (0, 1)], "lane": [(1, 0), (4, 2), (0, 6), (0, 4), (2, 0)]}, row=3, column=3)
    plain = Layout.of({"register": [(0, 1)], "lane": [(0, 2), (0, 4), (1, 0), (2, 0), (4, 0)]}, row=3, column=3)
    return [*found, Way("f64", scattered, plain), Way("f64", plain, scattered), Way("s8", scattered, plain)]


def code(every: Sequence[Way], arch: str) -> bytes:
    """The kernels `k0`, `k1`, ... as a code object."""
    facts = target_for("sm_80").facts("sm_80")
    head = f'target datalayout = "{facts.datalayout}"\ntarget triple = "{facts.triple}"\n'
    kernels = (f"define ptx_kernel void @k{n}(ptr %to, ptr %at) {{\n  ret void\n}}\n" for n in range(len(every)))
    module = read_module(head + "".join(kernels))
    for n, way in enumerate(every):
        function = module.functions[f"k{n}"]
        way.emit(Emitter(module, Builder.at_entry(function)), *function.arguments, arch)
    return stages(write_module(module).encode(), arch)["hsaco"]


@pytest.mark.parametrize("arch", [*_QUICK, *(pytest.param(arch, marks=pytest.mark.slow) for arch in _LONGER)])
def test_read_exchanged_and_written(arch: str) -> None:
    every, random = ways(arch), np.random.default_rng(1)
    module = Module(code(every, arch), arch)
    for n, way in enumerate(every):
        rows, columns = way.source.size("row"), way.source.size("column")
        kind = np.dtype(f"u{_BYTES[way.kind]}")
        given = random.integers(0, np.iinfo(kind).max, (_WARPS, rows, columns + _MORE), kind)
        result = np.zeros((_WARPS, columns, rows + _MORE), kind)
        module.kernel(f"k{n}").launch(1, 32 * _WARPS, [result, given])
        np.testing.assert_array_equal(result[:, :, :rows], given[:, :, :columns].transpose(0, 2, 1), str(way))
        assert not result[:, :, rows:].any()
