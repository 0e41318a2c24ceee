"""Programs that apply device functions to columns of values, one program for many functions.

On the CPU device; CROSSWARP_TEST_DEVICE names another one (`make emulate`: emu:gfx1100).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from crosswarp.support.paths import library_dir

DEVICE = os.environ.get("CROSSWARP_TEST_DEVICE", "cpu")
TARGETS = f"--targets=cpu,{DEVICE.removeprefix('emu:')}" if DEVICE != "cpu" else "--targets=cpu"
HARNESS = Path(__file__).with_name("harness.h")
# Bits of narrow floating-point types and vectors travel as unsigned integers.
DTYPES = {
    "signed char": "i1", "unsigned char": "u1", "char": "i1", "bool": "u1", "short": "i2", "unsigned short": "u2", "int": "i4",
    "unsigned int": "u4", "long long": "i8", "unsigned long long": "u8", "float": "f4", "double": "f8", "__half": "u2",
    "__nv_bfloat16": "u2", "__half2": "u4", "__nv_bfloat162": "u4", "__half_raw": "u2", "__nv_bfloat16_raw": "u2",
    "__half2_raw": "u4", "__nv_bfloat162_raw": "u4", "float2": "2f4", "double2": "2f8", "float4": "4f4", "char4": "u4",
    "uchar4": "u4", "short2": "u4", "ushort2": "u4", "__nv_fp8_storage_t": "u1", "__nv_fp8x2_storage_t": "u2",
    "__nv_fp6_storage_t": "u1", "__nv_fp6x2_storage_t": "u2", "__nv_fp4_storage_t": "u1", "__nv_fp4x2_storage_t": "u1",
}  # fmt: skip
PARAMETERS = "abcdef"
Array = np.ndarray


def environment() -> dict[str, str]:
    """That of a program on the device."""
    return {**os.environ, "CROSSWARP_DEVICE": DEVICE, "LD_LIBRARY_PATH": str(library_dir())}


@dataclass(frozen=True)
class Call:
    """One expression in `a`, `b`, `c`, ...; C++ types of the result and of the arguments; where it is computed."""

    result: str
    parameters: tuple[str, ...]
    expression: str
    on_host: bool = False

    def definition(self, number: int) -> str:
        """The kernel or host function `call_<number>`."""
        if self.on_host:
            own = ", ".join(f"{kind} {p}" for kind, p in zip(self.parameters, PARAMETERS, strict=False))
            return f"static {self.result} call_{number}({own}) {{ return {self.expression}; }}\n"
        columns = "".join(f", const {kind} *{p}s" for kind, p in zip(self.parameters, PARAMETERS, strict=False))
        values = "".join(f"  {kind} {p} = {p}s[i];\n" for kind, p in zip(self.parameters, PARAMETERS, strict=False))
        return (f"__global__ void call_{number}(unsigned count, {self.result} *results{columns}) {{\n"
                "  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;\n  if (i >= count) return;\n"
                f"{values}  results[i] = {self.expression};\n}}\n")


def call_of(result: str, name: str, *parameters: str) -> Call:
    """A plain call of a function."""
    return Call(result, parameters, f"{name}({', '.join(PARAMETERS[:len(parameters)])})")


class Program:
    """A compiled program for `calls`, which are numbered in their order."""

    def __init__(self, nvcc: object, folder: Path, calls: Sequence[Call], *, headers: Sequence[str] = (), prelude: str = "",
                 options: Sequence[str] = ()) -> None:
        self.calls = tuple(calls)
        self._folder = folder
        source = folder / "calls.cu"
        cases = "".join(f"    case {i}: return serve(call_{i}, count);\n" for i in range(len(self.calls)))
        includes = "".join(f"#include <{h}>\n" for h in headers) + f'#include "{HARNESS}"\n'
        kernels = "".join(call.definition(i) for i, call in enumerate(self.calls))
        source.write_text(f"{includes}{prelude}\n{kernels}"
                          "static bool serve_one(unsigned call, unsigned count) {\n"
                          f"  switch (call) {{\n{cases}  }}\n  return false;\n}}\n"
                          "int main(int, char **argv) { return serve_file(argv[1], argv[2], serve_one); }\n")
        nvcc("-std=c++17", *options, source, "-o", folder / "calls", TARGETS)  # type: ignore[operator]

    def run(self, work: Sequence[tuple[int, Sequence[Array]]]) -> list[Array]:
        """The results of each `(number of the call, columns)`."""
        request, answer = self._folder / "request", self._folder / "answer"
        with request.open("wb") as stream:
            for number, columns in work:
                stream.write(np.array([number, len(columns[0])], "u4").tobytes())
                for kind, column in zip(self.calls[number].parameters, columns, strict=True):
                    stream.write(np.ascontiguousarray(column, DTYPES[kind][-2:]).tobytes())
        command = [self._folder / "calls", request, answer]
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        data, results, position = answer.read_bytes(), [], 0
        for number, columns in work:
            dtype = np.dtype(DTYPES[self.calls[number].result])
            results.append(np.frombuffer(data, dtype, len(columns[0]), position))
            position += dtype.itemsize * len(columns[0])
        assert position == len(data)
        return results


def same(result: Array, expected: Array) -> Array:
    """Where two arrays have the same bits, or both NaN."""
    if result.dtype.kind != "f":
        return result == np.asarray(expected).astype(result.dtype)
    unsigned = f"u{result.dtype.itemsize}"
    bits = result.view(unsigned) == np.ascontiguousarray(expected, result.dtype).view(unsigned)
    return bits | (np.isnan(result) & np.isnan(expected))


def check(program: Program, number: int, columns: Sequence[Array], result: Array, expected: Array) -> None:
    """Fails with the first arguments that give something else."""
    wrong = np.flatnonzero(~same(result, expected))
    if len(wrong):
        i = wrong[0]
        arguments = ", ".join(str(column[i]) for column in columns)
        raise AssertionError(f"{program.calls[number].expression}({arguments}) = {result[i]}, not {expected[i]}; "
                             f"{len(wrong)} of {len(result)} differ")
