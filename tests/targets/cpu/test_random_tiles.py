"""Random kernels around matrix operations: what the first lane holds gives the bits of the exact bodies, in which lanes shuffle."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from crosswarp.targets.base import TargetOptions
from crosswarp.targets.cpu.passes.arrange_tiles import ArrangeTiles

from tests.targets.cpu.device_code import ARCH, INPUTS, DeviceCode

_OPERATIONS = (INPUTS / "tiles.cu").read_text().partition("// D = A B, 16 by 16")[0]
_TOGETHER = "__nvvm_bar_warp_sync(FULL);"
_KERNEL = """
KERNEL k%d(const half_bits* a, const half_bits* b, const float* c, float* d, float scale, int n) {
  __shared__ __attribute__((aligned(32))) float m[256];
  for (int i = threadIdx.x; i < 256; i += 32) m[i] = 0;
  __nvvm_bar_warp_sync(FULL);
  half_registers x0, x1, y0, y1;
  sums s0, s1, s2;
  load_a(x0, a, 16); load_a(x1, b, 16); load_b(y0, b, 16); load_b_columns(y1, a, 16);
  fill(s0, 0); load(s1, c, 16); fill(s2, 1);
  %s
  store(d, s0, 16); store(d + 256, s1, 16); store(d + 512, s2, 16);
}
"""


class Statements:
    """Statements over three sums, two matrices A and two B, and shared memory `m`; all lanes take the same ways."""

    def __init__(self, seed: int) -> None:
        self._source = random.Random(seed)

    def text(self, depth: int = 0, most: int = 14) -> str:
        """Up to `most` statements."""
        return "\n  ".join(self._statement(depth) for _ in range(self._source.randrange(1, most)))

    def _sum(self) -> str:
        return f"s{self._source.randrange(3)}"

    def _statement(self, depth: int) -> str:
        number, one, other = self._source.randrange(4), self._sum(), self._sum()
        simple = [
            f"load({one}, c + {64 * number}, 16);", f"fill({one}, {number}.5f);",
            *[f"multiply({one}, x{number // 2}, y{number % 2}, {other});"] * 3,
            f"for (int i = 0; i < 8; ++i) {one}[i] = {one}[i] * scale + {other}[i];",
            f"for (int i = 0; i < 8; ++i) {one}[i] = {other}[i];",
            f"for (int i = 0; i < 8; ++i) {one}[i] += threadIdx.x * 0.25f + i;",
            f"if (threadIdx.x & {1 << number}) fill({one}, {number}.25f);",
            f"load_a(x{number % 2}, b + {64 * (number // 2)}, 16);",
            f"load_b_columns(y{number % 2}, a + {64 * (number // 2)}, 16);",
            f"{_TOGETHER} for (int i = threadIdx.x; i < 256; i += 32) m[i] = c[i * 3]; {_TOGETHER}",
            f"{_TOGETHER} load({one}, m, 16); {_TOGETHER}", f"{_TOGETHER} store(m, {one}, 16); {_TOGETHER}",
        ]  # fmt: skip
        if depth < 2 and self._source.random() < 0.2:
            inner = self.text(depth + 1, 5)
            choice = f"if (n & {1 << number}) {{ {inner} }} else {{ {self.text(depth + 1, 3)} }}"
            loop = f"for (int k{depth} = 0; k{depth} < n % {2 + number}; ++k{depth}) {{ {inner} }}"
            return self._source.choice((choice, loop))
        return self._source.choice(simple)


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 4, 8])
def test_same_bits_as_the_exact_bodies(first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = range(first, first + 4)
    source = _OPERATIONS + "".join(_KERNEL % (seed, Statements(seed).text()) for seed in seeds)
    ours = DeviceCode(source, tmp_path, ARCH, TargetOptions(opt_level=1))
    monkeypatch.setattr(ArrangeTiles, "apply", lambda *_: None)
    exact = DeviceCode(source, tmp_path, ARCH, TargetOptions(opt_level=0))
    numbers = np.random.default_rng(first)
    halves = (numbers.integers(-64, 64, (2, 512)) / 64).astype(np.float16)
    c = numbers.uniform(-1, 1, 1024).astype(np.float32)
    for seed in seeds:
        for n in (0, 1, 6, 7):
            results = [np.zeros(768, np.float32) for _ in range(2)]
            for code, d in zip((ours, exact), results, strict=True):
                code.launch(f"k{seed}", 1, 32, halves[0], halves[1], c, d, 0.5, n)
            assert np.array_equal(*results, equal_nan=True), f"kernel {seed}, n {n}"
