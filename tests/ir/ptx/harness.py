"""Inline PTX in small kernels: by the interpreter, by the CPU and emulated GPUs, and beside `ptxas`.

Everything is bits: operands and results are unsigned integers as wide as the types say, floats by their encoding.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.module import Module
from crosswarp.ir.passes.inline_ptx import InlinePtx
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.reader import read_module
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module

FACTS = TargetFacts("test", "nvptx64-nvidia-cuda", "e-i64:64-i128:128")
LETTERS = {16: "h", 32: "r", 64: "l", 128: "q"}
Row = Sequence[int]


@dataclass(frozen=True)
class Case:
    """One asm text, operands `$1`, `$2`, ... and result `$0`, and what it must give.

    `ptx`: a mnemonic alone gets its operands written. `model`: operands to the result, of which the low bits count; several
    right answers are a set, or anything that says which values it contains. `rows`: operands to try; None: random ones and
    corner values. `same`: what of a result counts, of the right one and the found one alike (NaNs without their payload).
    """

    ptx: str
    result: str
    operands: tuple[str, ...]
    model: Callable[..., int | Container[int]]
    rows: tuple[Row, ...] | None = None
    same: Callable[[int], int] = lambda value: value

    @property
    def text(self) -> str:
        """The template."""
        listed = ", ".join(f"${n}" for n in range(len(self.operands) + 1))
        return self.ptx if ";" in self.ptx else f"{self.ptx} {listed};"

    @property
    def name(self) -> str:
        """For test ids."""
        return self.ptx.strip("{ ")[:60]

    def given(self, count: int = 24) -> list[Row]:
        """The operands to try; the same ones in every run."""
        if self.rows is not None:
            return list(self.rows)
        source = random.Random(zlib.crc32(self.ptx.encode()))
        return [[_operand(source, kind) for kind in self.operands] for _ in range(count)]

    def expected(self, row: Row) -> Container[int]:
        """The right results."""
        value = self.model(*row)
        if not isinstance(value, int | set | frozenset):
            return value
        values = {value} if isinstance(value, int) else value
        return frozenset(self.same(one & mask(bits_of(self.result))) for one in values)


def bits_case(ptx: str, result: int, widths: Sequence[int], model: Callable[..., int]) -> Case:
    """A case whose operands are only so many bits."""
    return Case(ptx, f"b{result}", tuple(f"b{w}" for w in widths), model)


def mask(bits: int) -> int:
    """So many ones."""
    return (1 << bits) - 1


def signed(value: int, bits: int) -> int:
    """The low bits, as a number with a sign."""
    value &= mask(bits)
    return value - (1 << bits) if value >> (bits - 1) else value


def bits_of(kind: str) -> int:
    """Bits of the register that holds a type."""
    return max(PtxType.parse(kind).bits, 16)


_FLOAT_CORNERS = {
    16: (0, 0x8000, 0x3C00, 0xBC00, 0x7C00, 0xFC00, 0x7E00, 1, 0x8001, 0x03FF, 0x0400, 0x7BFF, 0x3555),
    32: (0, 1 << 31, 0x3F800000, 0xBF800000, 0x7F800000, 0xFF800000, 0x7FC00000, 1, 0x80000001, 0x007FFFFF, 0x00800000, 0x7F7FFFFF,
         0x4B000000, 0x3F000000, 0x4F000000, 0xCF000000),
    64: (0, 1 << 63, 0x3FF << 52, 0xBFF << 52, 0x7FF << 52, 0xFFF << 52, 0x7FF8 << 48, 1, (1 << 63) + 1, (1 << 52) - 1, 1 << 52,
         (0x7FF << 52) - 1, 0x3FE << 52),
}


def _operand(source: random.Random, kind: str) -> int:
    """Corner values and random ones; amounts of bits are small half of the time."""
    type_ = PtxType.parse(kind)
    bits = type_.bits
    if type_.kind == "f" and type_.lanes == 1:
        wide = source.choice(_FLOAT_CORNERS[bits]) if source.random() < 0.4 else source.getrandbits(bits)
        return wide
    corners = [0, 1, mask(bits), 1 << bits - 1, mask(bits) >> 1, bits - 1, bits, bits + 1, source.randrange(80)]
    return source.choice(corners) if source.random() < 0.6 else source.getrandbits(bits)


def kernel(case: Case, name: str = "k") -> str:
    """LLVM text of a kernel that runs the case once."""
    parameters = [f"i{bits_of(kind)}" for kind in case.operands]
    listed = ", ".join(f"{p} %a{n}" for n, p in enumerate(parameters))
    result = bits_of(case.result)
    constraints = ",".join([f"=&{LETTERS[result]}", *(LETTERS[bits_of(kind)] for kind in case.operands)])
    template = case.text.replace('"', "\\22")
    return f"""
define ptx_kernel void @{name}(ptr %out{', ' if listed else ''}{listed}) {{
  %r = call i{result} asm sideeffect "{template}", "{constraints}"({listed})
  store i{result} %r, ptr %out
  ret void
}}
"""


def translated(text: str, facts: TargetFacts = FACTS) -> Module:
    """The module without inline PTX."""
    module = read_module(f'target datalayout = "{FACTS.datalayout}"\ntarget triple = "nvptx64-nvidia-cuda"\n' + text)
    InlinePtx().apply(module, facts)
    verify_module(module)
    assert "asm" not in write_module(module).replace('asm sideeffect ""', "")
    return module


def interpret(case: Case, rows: Sequence[Row]) -> list[int]:
    """The result for each row, by the interpreter of portable IR."""
    machine, values = Interpreter(translated(kernel(case))), []
    for row in rows:
        out = Buffer(bits_of(case.result) // 8)
        machine.launch("k", 1, 1, [out, *row])
        values.append(int.from_bytes(bytes(out.data), "little"))
    return values


def check(case: Case, rows: Sequence[Row], values: Sequence[int]) -> None:
    """The results must be right for every row."""
    wrong = [(list(map(hex, row)), hex(value), _shown(case.expected(row)))
             for row, value in zip(rows, values, strict=True) if case.same(value) not in case.expected(row)]
    assert not wrong, f"{case.name}: operands, result, expected: {wrong[:4]}"


def _shown(values: Container[int]) -> object:
    return sorted(map(hex, values)) if isinstance(values, frozenset) else values


def program(cases: Sequence[Case]) -> str:
    """CUDA source of a program that runs all cases, each row in a thread, and prints a line of results for each."""
    kernels, table = [], []
    for number, case in enumerate(cases):
        rows = case.given()
        kernels.append(_cuda_kernel(number, case))
        data = ", ".join(f"{value}ull" for row in rows for value in row) or "0"
        table.append(f"static const unsigned long long in{number}[] = {{{data}}};")
        kernels.append(f"static void run{number}() {{ run(k{number}, in{number}, sizeof in{number}, {len(rows)}); }}")
    calls = "\n".join(f"  run{n}();" for n in range(len(cases)))
    return "\n".join([_PRELUDE, *table, *kernels, "int main() {", calls, "}", ""])


_PRELUDE = """#include <cstdio>
#include <cstring>
using u64 = unsigned long long;
static void run(void (*kernel)(const u64*, u64*), const u64* in, size_t bytes, int rows) {
  u64 *given, *out;
  cudaMallocManaged(&given, bytes);
  cudaMallocManaged(&out, 8 * rows);
  memcpy(given, in, bytes);
  kernel<<<1, rows>>>(given, out);
  const cudaError_t error = cudaDeviceSynchronize();
  if (error != cudaSuccess) printf("%s", cudaGetErrorName(error));
  for (int i = 0; i < rows && error == cudaSuccess; ++i) printf("%llx ", out[i]);
  printf("\\n");
  cudaFree(given);
  cudaFree(out);
}
"""
_CUDA_TYPES = {16: "unsigned short", 32: "unsigned", 64: "unsigned long long"}


def _cuda_kernel(number: int, case: Case) -> str:
    template = re.sub(r"\$(\d)", r"%\1", case.text.replace("%", "%%"))
    result = bits_of(case.result)
    widths = [bits_of(kind) for kind in case.operands]
    inputs = ", ".join(f'"{LETTERS[bits]}"(({_CUDA_TYPES[bits]})row[{n}])' for n, bits in enumerate(widths))
    return f"""__global__ void k{number}(const u64* in, u64* out) {{
  const u64* row = in + {len(case.operands)} * threadIdx.x;
  {_CUDA_TYPES[result]} r;
  asm volatile("{template}" : "=&{LETTERS[result]}"(r) : {inputs});
  out[threadIdx.x] = r;
}}"""


def printed(output: str) -> list[list[int] | str]:
    """What each case of `program` gave: its results, or the error's name."""
    lines = output.splitlines()
    return [line if line.startswith("cuda") else [int(word, 16) for word in line.split()] for line in lines]
