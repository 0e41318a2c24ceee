"""Matrix products that stock clang compiles from its builtins: layouts as a program uses them, sums over several instructions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from crosswarp.support.toolchain import clang_command, tool_environment
from crosswarp.targets.amdgpu.emulator.assemble import code_object
from crosswarp.targets.amdgpu.emulator.launch import Module

# One wave multiplies A (rows by k) by B (k by columns); all matrices lie row by row in memory.
HEAD = """\
typedef _Float16 half; typedef short s16;
#define VECTOR(name, type, n) typedef type name __attribute__((ext_vector_type(n)))
VECTOR(h4, half, 4); VECTOR(h8, half, 8); VECTOR(h16, half, 16); VECTOR(f4, float, 4); VECTOR(f8, float, 8); VECTOR(f16, float, 16);
VECTOR(d4, double, 4); VECTOR(i4, int, 4);
#define GLOBAL __attribute__((address_space(1)))
#define KERNEL __attribute__((amdgpu_kernel, amdgpu_flat_work_group_size(1, 64)))
#define LANE __builtin_amdgcn_workitem_id_x()
"""

MFMA = """\
KERNEL void k(GLOBAL const {T} *a, GLOBAL const {T} *b, GLOBAL {D} *d) {{
  const unsigned lane = LANE, i = lane % {M}, group = lane / {M};
  {V} sums = 0;
  for (unsigned k = 0; k < 64; k += {K}) {{
    {A} x, y;
    for (unsigned e = 0; e < {E}; ++e) {{
      x[e] = a[i * 64 + k + {E} * group + e];
      y[e] = b[(k + {E} * group + e) * {M} + i];
    }}
    sums = __builtin_amdgcn_mfma_{NAME}(x, y, sums, 0, 0, 0);
  }}
  for (unsigned r = 0; r < {R}; ++r) d[({ROW}) * {M} + i] = sums[r];
}}
"""

WMMA = """\
KERNEL void k(GLOBAL const half *a, GLOBAL const half *b, GLOBAL float *d) {{
  const unsigned lane = LANE, i = lane % 16, group = lane / 16;
  {V} sums = 0;
  for (unsigned k = 0; k < 64; k += 16) {{
    {A} x, y;
    for (unsigned e = 0; e < {E}; ++e) {{
      const unsigned at = k + {AT};
      x[e] = a[i * 64 + at];
      y[e] = b[at * 16 + i];
    }}
    sums = __builtin_amdgcn_wmma_f32_16x16x16_f16_{NAME}(x, y, sums);
  }}
  for (unsigned r = 0; r < {R}; ++r) d[({ROW}) * 16 + i] = sums[r];
}}
"""

F32_32 = {"T": "half", "D": "float", "M": 32, "K": 8, "E": 4, "A": "h4", "V": "f16", "R": 16, "NAME": "f32_32x32x8f16",
          "ROW": "8 * (r / 4) + 4 * group + r % 4"}  # fmt: skip
F64_16 = {
    "T": "double",
    "D": "double",
    "M": 16,
    "K": 4,
    "E": 1,
    "V": "d4",
    "R": 4,
    "NAME": "f64_16x16x4f64",
    "ROW": "4 * r + group",
}
COLUMNS = {"E": 8, "A": "h8", "V": "f8", "R": 8, "NAME": "w32_gfx12", "AT": "8 * group + e", "ROW": "8 * group + r"}
F64_SOURCE = MFMA.format(**F64_16, A="union { double e[1]; }").replace("x[e]", "x.e[e]").replace("y[e]", "y.e[e]")

PROGRAMS = {
    "gfx90a f32": ("gfx90a", 64, MFMA.format(**F32_32), "f2", "f4", 32),
    "gfx942 f32": ("gfx942", 64, MFMA.format(**F32_32), "f2", "f4", 32),
    "gfx90a f64": ("gfx90a", 64, F64_SOURCE.replace("f64(x, y", "f64(x.e[0], y.e[0]"), "f8", "f8", 16),
    "gfx942 f64": ("gfx942", 64, F64_SOURCE.replace("f64(x, y", "f64(x.e[0], y.e[0]"), "f8", "f8", 16),
    "gfx1100 f16": (
        "gfx1100", 32, WMMA.format(E=16, A="h16", V="f8", R=8, NAME="w32", AT="e", ROW="2 * r + group"), "f2", "f4", 16,
    ),
    "gfx1200 f16": ("gfx1200", 32, WMMA.format(**COLUMNS), "f2", "f4", 16),
}  # fmt: skip


def compiled(source: str, arch: str, folder: Path) -> bytes:
    """The code object of a C source with the kernel `k`."""
    (folder / "k.c").write_text(HEAD + source)
    options = ["-x", "c", "-target", "amdgcn-amd-amdhsa", f"-mcpu={arch}", "-nogpulib", "-O2", "-S"]
    done = subprocess.run(
        [*clang_command(), *options, folder / "k.c", "-o", folder / "k.s"], env=tool_environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return code_object((folder / "k.s").read_text(), arch)


@pytest.mark.parametrize("name", PROGRAMS)
def test_products(name: str, tmp_path: Path) -> None:
    arch, lanes, source, inputs, outputs, size = PROGRAMS[name]
    code = compiled(source, arch, tmp_path)
    random = np.random.default_rng(size)
    a, b = (random.integers(-8, 9, shape).astype(inputs) for shape in ((size, 64), (64, size)))
    d = np.full((size, size), np.nan, outputs)
    Module(code, arch).kernel("k").launch(1, lanes, [a, b, d])
    np.testing.assert_array_equal(d, a.astype("f8") @ b.astype("f8"))
