"""`wmma` and `ldmatrix`, `stmatrix`, `movmatrix`: matrices in memory, on the CPU device and on emulated AMD GPUs."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from matrices import BITS, FLOATS, decode, random_code, rounded, sides

_BIG = ("m16n16k16", "m32n8k16", "m8n32k16")
_LAYOUTS = (("row", "col"), ("col", "row"), ("row", "row"), ("col", "col"))
_REGISTERS = {"f16": {}, "bf16": {"m16n16k16": (4, 4), "m32n8k16": (8, 2), "m8n32k16": (2, 8)},
              "s8": {"m16n16k16": (2, 2), "m32n8k16": (4, 1), "m8n32k16": (1, 4)}, "tf32": {"m16n16k8": (4, 4)}}
_REGISTERS["u8"] = _REGISTERS["s8"]


@dataclass(frozen=True)
class Wmma:
    """One product: matrices of codes in memory, each with rows (columns) of 16 elements more than it has; of bits, 128."""

    shape: str
    kind: str
    given: str
    result: str
    layouts: tuple[str, str] = _LAYOUTS[0]
    modifier: str = ""
    op: str = ""
    space: str = ""

    @property
    def spare(self) -> int:
        return 128 if self.kind == "b1" else 32

    @property
    def mnemonics(self) -> dict[str, str]:
        """Loads of a, b and c, the product, the store of d."""
        kinds = f"{self.result}.{self.given}" if self.kind == "f16" else f"{self.result}.{self.kind}.{self.kind}.{self.given}"
        of = dict(zip("ab", self.layouts, strict=True))
        loads = {m: f"wmma.load.{m}.sync.aligned.{of[m]}.{self.shape}{self.space}.{self.kind}" for m in "ab"}
        return loads | {
            "c": f"wmma.load.c.sync.aligned.col.{self.shape}{self.space}.{self.given}",
            "mma": f"wmma.mma{self.op}.sync.aligned.{of['a']}.{of['b']}.{self.shape}.{kinds}{self.modifier}",
            "d": f"wmma.store.d.sync.aligned.row.{self.shape}{self.space}.{self.result}"}  # fmt: skip

    @property
    def registers(self) -> dict[str, int]:
        a, b = _REGISTERS.get(self.kind, {}).get(self.shape, (8, 8) if self.kind == "f16" else (1, 1))
        m, n, _ = sides(self.shape)
        c, d = (m * n // (64 if kind == "f16" else 32) for kind in (self.given, self.result))
        return {"a": a, "b": b, "c": c, "d": d}

    def codes(self) -> dict[str, dict[tuple[int, int], int]]:
        source = random.Random(repr(self))
        m, n, k = sides(self.shape)
        ranges = {"a": (m, k, self.kind), "b": (k, n, self.kind), "c": (m, n, self.given)}
        return {name: {(r, c): random_code(source, kind) for r in range(height) for c in range(width)}
                for name, (height, width, kind) in ranges.items()}  # fmt: skip

    def pitch(self, matrix: str) -> int:
        m, n, k = sides(self.shape)
        height, width = {"a": (m, k), "b": (k, n), "c": (m, n), "d": (m, n)}[matrix]
        return (width if self.by_rows(matrix) else height) + self.spare

    def by_rows(self, matrix: str) -> bool:
        return {"a": self.layouts[0], "b": self.layouts[1], "c": "col", "d": "row"}[matrix] == "row"

    def memory(self, matrix: str, codes: dict[tuple[int, int], int]) -> bytes:
        """The matrix as it lies in memory."""
        bits = BITS[{"c": self.given}.get(matrix, self.kind)]
        whole = 0
        for (row, column), code in codes.items():
            outer, inner = (row, column) if self.by_rows(matrix) else (column, row)
            whole |= code << bits * (outer * self.pitch(matrix) + inner)
        return whole.to_bytes((whole.bit_length() + 127) // 128 * 16, "little")

    def expected(self) -> dict[tuple[int, int], object]:
        codes, depth = self.codes(), sides(self.shape)[2]
        found = {}
        for at, code in codes["c"].items():
            total = decode(self.given, code)
            for k in range(depth):
                left, right = codes["a"][at[0], k], codes["b"][k, at[1]]
                if self.op:
                    total += left & right if "and" in self.op else left ^ right
                else:
                    total += decode(self.kind, left) * decode(self.kind, right)
                    total = rounded("f64" if self.kind == "f64" else "f32", total) if self.given in FLOATS else total
            found[at] = self._finished(total)
        return found

    def _finished(self, total):
        if self.result in FLOATS:
            return rounded(self.result, total)
        return min(max(total, -(1 << 31)), (1 << 31) - 1) if self.modifier else decode("s32", total & 0xFFFFFFFF)

    def check(self, content: bytes) -> None:
        size = BITS[self.result] // 8
        for (row, column), right in self.expected().items():
            at = (row * self.pitch("d") + column) * size
            code = int.from_bytes(content[at : at + size], "little")
            assert decode(self.result, code) == right, f"{self.mnemonics['mma']} at {row}, {column}"


WMMAS = [
    *(Wmma(shape, "f16", given, result, layouts, space=space) for (shape, layouts, space), (given, result) in zip(
        [("m16n16k16", _LAYOUTS[0], ".shared"), ("m16n16k16", _LAYOUTS[1], ""), ("m32n8k16", _LAYOUTS[2], ".shared"),
         ("m8n32k16", _LAYOUTS[3], "")], product(("f16", "f32"), repeat=2), strict=True)),
    *(Wmma(shape, "bf16", "f32", "f32", layouts) for shape, layouts in zip(_BIG, _LAYOUTS, strict=False)),
    *(Wmma(shape, kind, "s32", "s32", layouts, modifier) for shape, kind, layouts, modifier in zip(
        _BIG, ("s8", "u8", "s8"), _LAYOUTS, ("", ".satfinite", ""), strict=False)),
    Wmma("m8n8k32", "s4", "s32", "s32", modifier=".satfinite"), Wmma("m8n8k32", "u4", "s32", "s32"),
    Wmma("m8n8k128", "b1", "s32", "s32", op=".xor.popc"), Wmma("m8n8k128", "b1", "s32", "s32", op=".and.popc"),
    Wmma("m16n16k8", "tf32", "f32", "f32", _LAYOUTS[1]), Wmma("m8n8k4", "f64", "f64", "f64", _LAYOUTS[3]),
]  # fmt: skip
_MOVES = [f"{name}.sync.aligned.m8n8.x{count}{trans}.shared.b16" for name in ("ldmatrix", "stmatrix") for count in (1, 2, 4)
          for trans in ("", ".trans")]  # fmt: skip
MNEMONICS = [m for wmma in WMMAS for m in wmma.mnemonics.values()] + [*_MOVES, "movmatrix.sync.aligned.m8n8.trans.b16"]


def names(prefix: str, count: int) -> str:
    return "{" + ", ".join(f"{prefix}{n}" for n in range(count)) + "}"


def wmma_kernel(number: int, wmma: Wmma) -> str:
    """PTX text in one asm statement: the fragments live in registers of its own."""
    said, count = wmma.mnemonics, wmma.registers
    word = {"f32": "f32", "f64": "f64"}
    declared = "".join(f".reg .{word.get(kind, 'b32')} {m}<{count[m]}>; " for m, kind in zip(
        "abcd", (wmma.kind, wmma.kind, wmma.given, wmma.result), strict=True))
    steps = [f"{said[m]} {names(m, count[m])}, [%{n + 1}], {wmma.pitch(m)};" for n, m in enumerate("abc")]
    steps += [f"{said['mma']} {', '.join(names(m, count[m]) for m in 'dabc')};",
              f"{said['d']} [%0], {names('d', count['d'])}, {wmma.pitch('d')};"]
    text = "{ " + declared + " ".join(steps) + " }"
    return _KERNEL % {"n": number, "text": text, "shared": int(wmma.space == ".shared")}


_KERNEL = """
__global__ void k%(n)d(char* d, const char* a, const char* b, const char* c, int bytes) {
  extern __shared__ __align__(16) char memory[];
#if %(shared)d
  const char* given[3] = {a, b, c};
  for (int i = threadIdx.x; i < 3 * bytes; i += 32) memory[bytes + i] = given[i / bytes][i %% bytes];
  __syncwarp();
  const size_t at = __cvta_generic_to_shared(memory);
  asm volatile("%(text)s" :: "l"(at), "l"(at + bytes), "l"(at + 2 * bytes), "l"(at + 3 * bytes) : "memory");
  __syncwarp();
  for (int i = threadIdx.x; i < bytes; i += 32) d[i] = memory[i];
#else
  asm volatile("%(text)s" :: "l"(d), "l"(a), "l"(b), "l"(c) : "memory");
#endif
}
"""
_BYTES = 8192
_MAIN = f"""
static char* copied(const unsigned char* from, size_t bytes) {{
  char* to;
  cudaMallocManaged(&to, {_BYTES});
  memset(to, 0, {_BYTES});
  if (from) memcpy(to, from, bytes);
  return to;
}}
static void print(const char* bytes) {{
  if (cudaDeviceSynchronize() != cudaSuccess) printf("failed");
  for (int i = 0; i < {_BYTES}; ++i) printf("%02x", (unsigned char)bytes[i]);
  printf("\\n");
}}
"""


def wmma_part(number: int, wmma: Wmma) -> str:
    codes = wmma.codes()
    content = {m: wmma.memory(m, codes[m]) for m in "abc"}
    tables = "".join(f"static const unsigned char {m}{number}[] = {{{', '.join(map(str, content[m]))}}};\n" for m in "abc")
    given = ", ".join(f"copied({m}{number}, {len(content[m])})" for m in "abc")
    return f"""{wmma_kernel(number, wmma)}{tables}static void run{number}() {{
  char* d = copied(nullptr, 0);
  k{number}<<<1, 32, 4 * {_BYTES}>>>(d, {given}, {_BYTES});
  print(d);
}}
"""


def move_part(number: int, mnemonic: str) -> str:
    """Rows of a 32 by 8 matrix in shared memory, in an order of their own, are loaded; or stored, and the matrix read."""
    count = int(re.search(r"\.x(\d)", mnemonic)[1])
    registers = ", ".join(f"%{n + (mnemonic[0] == 's')}" for n in range(count))
    if mnemonic[0] == "l":
        outputs = ", ".join(f'"=r"(r[{n}])' for n in range(count))
        asm = f'asm volatile("{mnemonic} {{{registers}}}, [%{count}];" : {outputs} : "r"(row) : "memory");'
    else:
        inputs = ", ".join(f'"r"(r[{n}])' for n in range(count))
        asm = f'asm volatile("{mnemonic} [%0], {{{registers}}};" :: "r"(row), {inputs} : "memory");'
    return f"""__global__ void k{number}(unsigned* out) {{
  __shared__ __align__(16) unsigned short memory[32][8];
  for (int i = threadIdx.x; i < 256; i += 32) memory[i / 8][i % 8] = i;
  unsigned r[{count}];
  for (int n = 0; n < {count}; ++n) r[n] = threadIdx.x * 256 + n + (threadIdx.x * 8 + n + 128 << 16);
  __syncwarp();
  const unsigned row = __cvta_generic_to_shared(memory[(threadIdx.x * 5 + 3) % 32]);
  {asm}
  __syncwarp();
  for (int n = 0; n < {count}; ++n) out[n * 32 + threadIdx.x] = {"r[n]" if mnemonic[0] == "l" else "0"};
  for (int i = threadIdx.x; i < 128; i += 32) out[128 + i] = ((unsigned*)memory)[i];
}}
static void run{number}() {{
  char* out = copied(nullptr, 0);
  k{number}<<<1, 32>>>((unsigned*)out);
  print(out);
}}
"""


def moved(mnemonic: str) -> bytes:
    """What `move_part` must print: by the ISA, matrix n's row i is named by lane 8 n + i."""
    count = int(re.search(r"\.x(\d)", mnemonic)[1])
    cells = {(row, column): row * 8 + column for row in range(32) for column in range(8)}
    out = [0] * 128
    for n, lane, side in product(range(count), range(32), range(2)):
        row, column = lane // 4, lane % 4 * 2 + side
        if ".trans" in mnemonic:
            row, column = column, row
        place = ((8 * n + row) * 5 + 3) % 32, column
        if mnemonic[0] == "l":
            out[n * 32 + lane] |= cells[place] << 16 * side
        else:
            cells[place] = lane * 8 + n + 128 & 0xFFFF if side else lane * 256 + n
    words = out + [cells[i // 4, i % 4 * 2] | cells[i // 4, i % 4 * 2 + 1] << 16 for i in range(128)]
    return b"".join(word.to_bytes(4, "little") for word in words)


def transpose_part(number: int) -> str:
    return f"""__global__ void k{number}(unsigned* out) {{
  const unsigned first = threadIdx.x / 4 * 8 + threadIdx.x % 4 * 2;
  unsigned r;
  asm("movmatrix.sync.aligned.m8n8.trans.b16 %0, %1;" : "=r"(r) : "r"(first | (first + 1) << 16));
  out[threadIdx.x] = r;
}}
static void run{number}() {{
  char* out = copied(nullptr, 0);
  k{number}<<<1, 32>>>((unsigned*)out);
  print(out);
}}
"""


@pytest.mark.parametrize("device", ["cpu", "emu:gfx1100", pytest.param("emu:gfx942", marks=pytest.mark.slow)])
def test_on_devices(crosswarp_nvcc, toolkit: Path, device: str, tmp_path: Path) -> None:
    parts = [wmma_part(n, wmma) for n, wmma in enumerate(WMMAS)]
    parts += [move_part(n, mnemonic) for n, mnemonic in enumerate(_MOVES, len(parts))]
    parts.append(transpose_part(len(parts)))
    calls = "".join(f" run{n}();" for n in range(len(parts)))
    source = ["#include <cstdio>\n#include <cstring>\n", _MAIN, *parts, f"int main() {{{calls} }}\n"]
    (tmp_path / "p.cu").write_text("".join(source))
    crosswarp_nvcc(tmp_path / "p.cu", "-O1", "-o", tmp_path / "p", f"--targets={device.removeprefix('emu:')},only")
    environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": str(toolkit / "lib64")}
    lines = [bytes.fromhex(line) for line in type(crosswarp_nvcc)((str(tmp_path / "p"),), environment)().stdout.splitlines()]
    assert len(lines) == len(parts)
    for wmma, line in zip(WMMAS, lines, strict=False):
        wmma.check(line)
    for mnemonic, line in zip(_MOVES, lines[len(WMMAS) :], strict=False):
        assert line[: len(moved(mnemonic))] == moved(mnemonic), mnemonic
    columns = [row + 8 * column for row in range(8) for column in range(8)]
    assert lines[-1][:128] == b"".join(value.to_bytes(2, "little") for value in columns)
