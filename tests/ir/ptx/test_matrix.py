"""`mma` of every shape and kind: in the interpreter, on the CPU device and on emulated AMD GPUs, against sums of fractions."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import pytest
from crosswarp.ir.interpreter import Buffer, Interpreter
from harness import translated
from matrices import Mma
from on_devices import WarpKernel, results

_P = "mma.sync.aligned."
MMAS = [Mma(_P + text) for text in (
    *(f"m8n8k4.{a}.{b}.{kind}.f16.f16.{kind}" for kind in ("f16", "f32") for a in ("row", "col") for b in ("row", "col")),
    "m16n8k8.row.col.f16.f16.f16.f16", "m16n8k8.row.col.f32.f16.f16.f32", "m16n8k16.row.col.f16.f16.f16.f16",
    "m16n8k16.row.col.f32.f16.f16.f32", "m16n8k8.row.col.f32.bf16.bf16.f32", "m16n8k16.row.col.f32.bf16.bf16.f32",
    "m16n8k4.row.col.f32.tf32.tf32.f32", "m16n8k8.row.col.f32.tf32.tf32.f32", "m8n8k4.row.col.f64.f64.f64.f64",
    "m16n8k4.row.col.f64.f64.f64.f64", "m16n8k8.row.col.f64.f64.f64.f64", "m16n8k16.row.col.f64.f64.f64.f64",
    "m16n8k16.row.col.f32.e4m3.e5m2.f32", "m16n8k32.row.col.f32.e5m2.e4m3.f32", "m16n8k32.row.col.f16.e4m3.e4m3.f16",
    "m8n8k16.row.col.s32.s8.u8.s32", "m16n8k16.row.col.satfinite.s32.u8.u8.s32", "m16n8k32.row.col.s32.u8.s8.s32",
    "m16n8k32.row.col.satfinite.s32.s8.s8.s32", "m8n8k32.row.col.s32.s4.u4.s32", "m16n8k32.row.col.s32.u4.s4.s32",
    "m16n8k64.row.col.s32.s4.s4.s32.satfinite", "m8n8k128.row.col.s32.b1.b1.s32.xor.popc",
    "m16n8k128.row.col.s32.b1.b1.s32.and.popc", "m16n8k256.row.col.s32.b1.b1.s32.xor.popc")]  # fmt: skip
MNEMONICS = [mma.mnemonic for mma in MMAS]
QUICK = [mma for n, mma in enumerate(MMAS) if n % 8 == 3]
_IR = {"r": "i32", "f": "float", "d": "double"}
_CUDA = {"r": "unsigned", "f": "float", "d": "double"}


def letters(mma: Mma) -> tuple[str, str]:
    """Constraints of registers of A and B, and of C and D."""
    kind = mma.kinds[2]
    return ("d" if kind == "f64" else "r"), {"f32": "f", "f64": "d"}.get(kind, "r")


def counts(mma: Mma) -> tuple[int, int, int]:
    """Registers of A, B and C."""
    a, b, c = mma.matrices()
    return len(mma.registers("a", 0, a)), len(mma.registers("b", 0, b)), len(mma.registers("c", 0, c))


def text(mma: Mma, sign: str) -> str:
    """The instruction, D's registers first."""
    a, b, c = counts(mma)
    starts = (0, c, c + a, c + a + b, c + a + b + c)
    groups = ("{" + ", ".join(f"{sign}{n}" for n in range(low, high)) + "}" for low, high in pairwise(starts))
    return f"{mma.mnemonic} {', '.join(groups)};"


def memory(mma: Mma) -> bytes:
    """What all lanes read: their registers of A, B and C."""
    a, b, c = mma.matrices()
    words, (factor, sums) = b"", letters(mma)
    for lane in range(32):
        for matrix, codes in zip("abc", (a, b, c), strict=True):
            letter = sums if matrix == "c" else factor
            words += b"".join(struct.pack("<Q" if letter == "d" else "<I", r) for r in mma.registers(matrix, lane, codes))
    return words


def check(mma: Mma, content: bytes) -> None:
    found, size = {}, 8 if letters(mma)[1] == "d" else 4
    registers = [int.from_bytes(content[n : n + size], "little") for n in range(0, len(content), size)]
    for lane in range(32):
        found |= mma.numbers(lane, registers[lane * counts(mma)[2] :][: counts(mma)[2]])
    expected = mma.expected()
    wrong = {at: (float(found[at]), float(expected[at])) for at in expected if found[at] != expected[at]}
    assert not wrong, f"{mma.mnemonic}: found and expected at {dict(list(wrong.items())[:4])} of {len(wrong)}"


def kernel(mma: Mma) -> str:
    """LLVM text: each lane reads, multiplies and writes its registers."""
    (factor, sums), (a, b, c) = letters(mma), counts(mma)
    kinds = [_IR[factor]] * (a + b) + [_IR[sums]] * c
    sizes = [8 if kind == "double" else 4 for kind in kinds]
    loads = [f"  %p{n} = getelementptr i8, ptr %mine, i64 {sum(sizes[:n])}\n  %v{n} = load {kind}, ptr %p{n}"
             for n, kind in enumerate(kinds)]
    results = ", ".join([_IR[sums]] * c)
    constraints = ",".join([f"={sums}"] * c + [factor] * (a + b) + [sums] * c)
    stores = [f"  %r{n} = extractvalue {{ {results} }} %d, {n}\n  %o{n} = getelementptr {_IR[sums]}, ptr %its, i64 {n}\n"
              f"  store {_IR[sums]} %r{n}, ptr %o{n}" for n in range(c)]
    body = text(mma, "$")
    return "\n".join([
        "declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()", "define ptx_kernel void @k(ptr %out, ptr %in) {",
        "  %lane = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()", "  %wide = zext i32 %lane to i64",
        f"  %at = mul i64 %wide, {sum(sizes)}", "  %mine = getelementptr i8, ptr %in, i64 %at",
        f"  %to = mul i64 %wide, {c * sizes[-1]}", "  %its = getelementptr i8, ptr %out, i64 %to", *loads,
        f'  %d = call {{ {results} }} asm sideeffect "{body}", "{constraints}"('
        + ", ".join(f"{kind} %v{n}" for n, kind in enumerate(kinds)) + ")", *stores, "  ret void", "}", ""])  # fmt: skip


@pytest.mark.parametrize("mma", [pytest.param(mma, id=mma.mnemonic.removeprefix(_P)) for mma in QUICK])
def test_in_the_interpreter(mma: Mma) -> None:
    machine, given = Interpreter(translated(kernel(mma))), memory(mma)
    size = 8 if letters(mma)[1] == "d" else 4
    out, source = Buffer(32 * counts(mma)[2] * size), Buffer(len(given))
    source.data[:] = given
    machine.launch("k", 1, 32, [out, source])
    check(mma, bytes(out.data))


def cuda_kernel(mma: Mma) -> WarpKernel:
    (factor, sums), (a, b, c) = letters(mma), counts(mma)
    outputs = ", ".join(f'"={sums}"(d[{n}])' for n in range(c))
    inputs = ", ".join([*(f'"{factor}"(f[{n}])' for n in range(a + b)), *(f'"{sums}"(c[{n}])' for n in range(c))])
    return WarpKernel(f"""  struct Given {{ {_CUDA[factor]} f[{a + b}]; {_CUDA[sums]} c[{c}]; }};
  const {_CUDA[factor]}* f = ((const Given*)in)[threadIdx.x].f;
  const {_CUDA[sums]}* c = ((const Given*)in)[threadIdx.x].c;
  {_CUDA[sums]} d[{c}];
  asm volatile("{text(mma, '%')}" : {outputs} : {inputs});
  for (int i = 0; i < {c}; ++i) (({_CUDA[sums]}*)out)[threadIdx.x * {c} + i] = d[i];""",
                      memory(mma), 32 * c * (8 if sums == "d" else 4))


@pytest.mark.parametrize("device", ["cpu", "emu:gfx1100", pytest.param("emu:gfx942", marks=pytest.mark.slow)])
def test_on_devices(crosswarp_nvcc, toolkit: Path, device: str, tmp_path: Path) -> None:
    lines = results(crosswarp_nvcc, toolkit, device, tmp_path, [cuda_kernel(mma) for mma in MMAS])
    for mma, line in zip(MMAS, lines, strict=True):
        check(mma, line)
