"""Products joined to larger ones: fewer operations, and the same bits by the exact functions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pipeline
from crosswarp.ir.passes.expand_tiles import ExpandTiles
from crosswarp.ir.passes.inline_ptx import InlinePtx
from crosswarp.ir.passes.join_tiles import JoinTiles
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.names import TILE
from crosswarp.targets.amdgpu.tiles import native_products
from optimised import optimised

_FACTS = TargetFacts("test", "nvptx64-nvidia-cuda", "e-i64:64-i128:128")
_HEAD = f"""target datalayout = "{_FACTS.datalayout}"
target triple = "nvptx64-nvidia-cuda"
declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
define ptx_kernel void @k(ptr %in, ptr %out) {{
  %lane = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
"""


class _Kernel:
    """Text of a kernel that loads registers, multiplies, and stores registers, 64 of each lane."""

    def __init__(self) -> None:
        self.lines, self.loaded, self.stored = list[str](), 0, 0
        for name in ("in", "out"):
            self.lines.append(f"  %{name}.lane = getelementptr [64 x i32], ptr %{name}, i32 %lane")

    def loads(self, count: int, kind: str) -> list[str]:
        """New registers."""
        names = [f"%v{self.loaded + n}" for n in range(count)]
        for n, name in enumerate(names, self.loaded):
            self.lines += [f"  {name}.at = getelementptr i32, ptr %in.lane, i32 {n}", f"  {name} = load {kind}, ptr {name}.at"]
        self.loaded += count
        return names

    def multiply(self, mnemonic: str, a: list[str], b: list[str], c: list[str], kind: str) -> list[str]:
        """D's registers."""
        groups, start = [], 0
        for count in (len(c), len(a), len(b), len(c)):
            groups.append("{" + ", ".join(f"${n}" for n in range(start, start + count)) + "}")
            start += count
        result, letter = f"%d{len(self.lines)}", "f" if kind == "float" else "r"
        type_ = "{ " + ", ".join([kind] * len(c)) + " }"
        constraints = ",".join([f"={letter}"] * len(c) + ["r"] * (len(a) + len(b)) + [letter] * len(c))
        values = ", ".join([f"i32 {x}" for x in (*a, *b)] + [f"{kind} {x}" for x in c])
        self.lines.append(f'  {result} = call {type_} asm sideeffect "{mnemonic} {", ".join(groups)};", "{constraints}"({values})')
        found = [f"{result}.{n}" for n in range(len(c))]
        self.lines += [f"  {name} = extractvalue {type_} {result}, {n}" for n, name in enumerate(found)]
        return found

    def store(self, values: list[str], kind: str) -> None:
        """To the next places."""
        for value in values:
            at = f"%s{self.stored}"
            self.lines += [f"  {at} = getelementptr i32, ptr %out.lane, i32 {self.stored}", f"  store {kind} {value}, ptr {at}"]
            self.stored += 1

    def module(self, arch: str | None) -> Module:
        """With matrix operations, joined for a processor."""
        module = read_module(_HEAD + "\n".join([*self.lines, "  ret void", "}"]))
        Pipeline([InlinePtx()]).run(module, replace(_FACTS, features=frozenset({"tiles"})), verify=True)
        module = optimised(module)
        if arch:
            Pipeline([JoinTiles(native_products(arch))]).run(module, _FACTS, verify=True)
        return module


def _grid(mnemonic: str, sides: tuple[int, int, int], counts: tuple[int, int, int], kind: str) -> _Kernel:
    """`sides` products side by side, every second row of them from right to left."""
    kernel, (rows, columns, depth) = _Kernel(), sides
    a = [[kernel.loads(counts[0], "i32") for _ in range(rows)] for _ in range(depth)]
    b = [[kernel.loads(counts[1], "i32") for _ in range(columns)] for _ in range(depth)]
    sums = [[kernel.loads(counts[2], kind) for _ in range(columns)] for _ in range(rows)]
    for k in range(depth):
        for row in range(rows):
            for column in range(columns) if row % 2 == 0 else reversed(range(columns)):
                sums[row][column] = kernel.multiply(mnemonic, a[k][row], b[k][column], sums[row][column], kind)
    for row in sums:
        for values in row:
            kernel.store(values, kind)
    return kernel


def _operations(module: Module) -> dict[str, int]:
    """Shapes of the operations that are called."""
    names = [call.callee_name or "" for name, function in module.functions.items() if name.startswith(TILE)
             for call in module.calls_to(function)]
    return dict(Counter(name.split(".")[5] for name in names))


def _results(module: Module, given: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> bytes:
    Pipeline([ExpandTiles()]).run(module, _FACTS, verify=True)
    inputs, out = Buffer(given.nbytes), Buffer(32 * 64 * 4)
    inputs.data[:] = given.tobytes()
    Interpreter(module).launch("k", 1, 32, [inputs, out])
    return bytes(out.data)


_P = "mma.sync.aligned."
_GRIDS = {
    "n": (_P + "m16n8k16.row.col.f32.f16.f16.f32", (2, 2, 1), (4, 2, 4), "float", {"m16n16k16": 2}),
    "k and n": (_P + "m16n8k8.row.col.f32.f16.f16.f32", (1, 4, 2), (2, 1, 4), "float", {"m16n16k16": 2}),
    "one is left": (_P + "m16n8k16.row.col.f32.bf16.bf16.f32", (1, 3, 1), (4, 2, 4), "float", {"m16n16k16": 1, "m16n8k16": 1}),
    "m and n": (_P + "m8n8k16.row.col.s32.s8.u8.s32", (2, 4, 2), (1, 1, 2), "i32", {"m16n16k16": 4}),
    "halves": (_P + "m16n8k8.row.col.f16.f16.f16.f16", (1, 2, 2), (2, 1, 2), "i32", {"m16n16k8": 2}),
    "saturating": (_P + "m16n8k16.row.col.satfinite.s32.s8.s8.s32", (1, 2, 2), (2, 1, 4), "i32", {"m16n16k16": 2}),
}  # fmt: skip


_SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in _GRIDS if name not in ("k and n", "m and n")]


@pytest.mark.parametrize("name", ["k and n", "m and n", *_SLOW])
def test_the_same_bits_by_fewer_operations(name: str) -> None:
    mnemonic, sides, counts, kind, expected = _GRIDS[name]
    kernel = _grid(mnemonic, sides, counts, kind)
    assert kernel.loaded <= 64
    joined = kernel.module("gfx1100")
    assert _operations(joined) == expected
    random = np.random.default_rng(3)
    given = random.integers(0, 1 << 32, 32 * 64, dtype=np.uint32) & 0xBFFFBFFF  # no infinities and NaNs of 16 bits
    assert _results(joined, given) == _results(kernel.module(None), given)


def test_dependent_products_stay() -> None:
    """The second adds to what the first gives, with the same A: that is no pair."""
    kernel = _Kernel()
    a, c = kernel.loads(4, "i32"), kernel.loads(4, "float")
    for _ in range(2):
        c = kernel.multiply(_P + "m16n8k16.row.col.f32.f16.f16.f32", a, kernel.loads(2, "i32"), c, "float")
    kernel.store(c, "float")
    assert _operations(kernel.module("gfx1100")) == {"m16n8k16": 2}


def test_results_used_between_stay() -> None:
    kernel = _Kernel()
    a, c = kernel.loads(4, "i32"), kernel.loads(4, "float")
    for _ in range(2):
        sums = kernel.multiply(_P + "m16n8k16.row.col.f32.f16.f16.f32", a, kernel.loads(2, "i32"), c, "float")
        kernel.store(sums, "float")
    assert _operations(kernel.module("gfx1100")) == {"m16n8k16": 2}
