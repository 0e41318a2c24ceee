"""Launches that nvcc reads and clang refuses: blanks inside the chevrons, braces for grid and block."""

import pytest
from crosswarp.frontend.repair.launches import launch_edits
from crosswarp.frontend.repair.source import Source, edited

SPACED = """\
#include <cstdio>
#include <vector>
struct Out { template <typename T> Out& operator<< (T) { return *this; } };
template <typename T> T same(T value) { return value; }
__global__ void show(int a, int b) { printf("%d %d %d\\n", a, b, threadIdx.x); }
template <int N, typename T> __global__ void constant(T* out) { *out = N; }
int main() {
  int two = 2, *out, read = 0;
  cudaMalloc(&out, sizeof *out);
  std::vector<std::vector<int>> keep;  // k << <no launch>> >
  show << <1, two >> > (3, 4);
  cudaDeviceSynchronize();
  show<<<{1, 1, 1}, {1, 2}>>>(5, 1 << 3);
  constant<7> <<< same<int>(1), {1} >>> (out);
  Out().operator<< <int>(1);
  cudaMemcpy(&read, out, sizeof read, cudaMemcpyDeviceToHost);
  printf("%d << <\\n", read);
}
"""


def as_read(text: str) -> str:
    return edited(text, set(launch_edits(Source(text))))


@pytest.mark.parametrize(("written", "read"), [
    ("k << <g, b >> > (x);", "k <<< g, b >>>  (x);"),
    ("k<<<g, {16, 16, 1}>>>(x);", "k<<<g, dim3{16, 16, 1}>>>(x);"),
    ("k<<\n  <{g}, b, 0>> \n>(x);", "k<<<\n  dim3{g}, b, 0>>> \n(x);"),
    ("k<<<g, f(a, {1}), 0, {}>>>();", "k<<<g, f(a, {1}), 0, {}>>>();"),
    ("#define L k << <{g}, b >> > (x)\n", "#define L k <<< dim3{g}, b >>>  (x)\n"),
])
def test_launch_is_read_as_nvcc_does(written, read):
    assert as_read(written) == read


@pytest.mark.parametrize("text", [
    "out.operator<< <int>(1); f<g<h<int>> >(1);",
    "// k << <g, b >> > (x)\n\"k << <g, b >> > (x)\" R\"x(k << <g, b>> >())x\"",
    "a << <b;",
    "k << <g, (b >> > (x);",
])
def test_other_text_stays(text):
    assert as_read(text) == text


def test_program_runs(tmp_path, crosswarp_nvcc, on_cpu):
    source = tmp_path / "spaced.cu"
    source.write_text(SPACED)
    crosswarp_nvcc("--targets=cpu", source, "-o", tmp_path / "spaced")
    assert on_cpu(tmp_path / "spaced").stdout == "3 4 0\n3 4 1\n5 8 0\n5 8 0\n7 << <\n"


def test_mistakes_are_still_reported_where_they_are(tmp_path, crosswarp_nvcc):
    source = tmp_path / "wrong.cu"
    source.write_text("__global__ void k() {}\nint main() {\n  k << <1, 1 >> > ();\n  int x = ;\n}\n")
    done = crosswarp_nvcc("--targets=cpu", source, "-o", tmp_path / "wrong", check=False)
    assert done.returncode != 0
    assert f"{source}:4:11: error: expected expression" in done.stderr
    assert ":3:" not in done.stderr
