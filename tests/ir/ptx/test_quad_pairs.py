"""`mma.m8n8k4` with C of f16 and D of f32, which lanes hold in different ways."""

from __future__ import annotations

import struct

import pytest
from crosswarp.ir.interpreter import Buffer, Interpreter
from harness import translated
from matrices import Mma, decode

MNEMONICS = [f"mma.sync.aligned.m8n8k4.{a}.{b}.f32.f16.f16.f16" for a in ("row", "col") for b in ("row", "col")]


def _kernel(mnemonic: str) -> str:
    """Each lane reads 8 registers, two of A, two of B, four of C, and writes 8 floats."""
    loads = "\n".join(f"  %p{n} = getelementptr i32, ptr %mine, i64 {n}\n  %v{n} = load i32, ptr %p{n}" for n in range(8))
    stores = "\n".join(f"  %r{n} = extractvalue {{ {', '.join(['float'] * 8)} }} %d, {n}\n  %o{n} = getelementptr float, ptr %its, "
                       f"i64 {n}\n  store float %r{n}, ptr %o{n}" for n in range(8))  # fmt: skip
    text = mnemonic + " {$0, $1, $2, $3, $4, $5, $6, $7}, {$8, $9}, {$10, $11}, {$12, $13, $14, $15};"
    return f"""declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
define ptx_kernel void @k(ptr %out, ptr %in) {{
  %lane = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %wide = zext i32 %lane to i64
  %at = mul i64 %wide, 32
  %mine = getelementptr i8, ptr %in, i64 %at
  %its = getelementptr i8, ptr %out, i64 %at
{loads}
  %d = call {{ {", ".join(["float"] * 8)} }} asm sideeffect "{text}", "{",".join(["=f"] * 8 + ["r"] * 8)}"(
    {", ".join(f"i32 %v{n}" for n in range(8))})
{stores}
  ret void
}}
"""


@pytest.mark.parametrize("mnemonic", MNEMONICS)
def test_sums_of_two_kinds(mnemonic: str) -> None:
    given, made = Mma(mnemonic.replace("f32.f16.f16", "f16.f16.f16")), Mma(mnemonic.replace("f16.f16.f16", "f16.f16.f32"))
    a, b, c = given.matrices()
    source, out = Buffer(32 * 32), Buffer(32 * 32)
    words = [r for lane in range(32) for m, codes in zip("abc", (a, b, c), strict=True) for r in given.registers(m, lane, codes)]
    source.data[:] = struct.pack("<256I", *words)
    Interpreter(translated(_kernel(mnemonic))).launch("k", 1, 32, [out, source])
    found = {}
    for lane in range(32):
        found |= made.numbers(lane, struct.unpack_from("<8I", bytes(out.data), 32 * lane))
    assert found == {at: made.one(a, b, at, decode("f16", code)) for at, code in c.items()}
