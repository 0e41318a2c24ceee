"""Kernels of one warp as one CUDA program: each is given bytes and writes bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MAIN = """#include <cstdio>
#include <cstring>
static void run(void (*kernel)(const char*, char*), const char* in, size_t bytes, size_t results) {
  char *given, *out;
  cudaMallocManaged(&given, bytes);
  cudaMallocManaged(&out, results);
  memcpy(given, in, bytes);
  kernel<<<1, 32>>>(given, out);
  if (cudaDeviceSynchronize() != cudaSuccess) printf("failed");
  for (size_t i = 0; i < results; ++i) printf("%02x", (unsigned char)out[i]);
  printf("\\n");
}
"""


@dataclass(frozen=True)
class WarpKernel:
    """The body of a kernel with the parameters `const char* in` and `char* out`, what it is given, and how many bytes it writes."""

    body: str
    given: bytes
    results: int

    def text(self, number: int) -> str:
        """The kernel, what it is given and its launch."""
        return f"""__global__ void k{number}(const char* in, char* out) {{
{self.body}
}}
static const unsigned char in{number}[] = {{{", ".join(map(str, self.given))}}};
static void run{number}() {{ run(k{number}, (const char*)in{number}, {len(self.given)}, {self.results}); }}
"""


def results(nvcc, toolkit: Path, device: str, folder: Path, kernels: Sequence[WarpKernel]) -> list[bytes]:
    """What each kernel writes on `device`: `cpu` or `emu:` and a processor."""
    source = _MAIN + "".join(kernel.text(n) for n, kernel in enumerate(kernels))
    source += "int main() {" + "".join(f" run{n}();" for n in range(len(kernels))) + " }\n"
    (folder / "p.cu").write_text(source)
    nvcc(folder / "p.cu", "-O1", "-o", folder / "p", f"--targets={device.removeprefix('emu:')},only")
    environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": str(toolkit / "lib64")}
    return [bytes.fromhex(line) for line in type(nvcc)((str(folder / "p"),), environment)().stdout.splitlines()]
