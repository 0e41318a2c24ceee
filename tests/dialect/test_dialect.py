"""Sources that NVIDIA's nvcc compiles: ours takes them too, and the program prints `<name>.expected`.

First lines may say more: `// flags: ...` gives nvcc more words; each `// warning: ...` is one that the compilation prints.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SOURCES = [pytest.param(path, id=path.stem) for path in sorted(HERE.glob("*.cu"))]


def flags(source: Path) -> list[str]:
    found = re.search(r"^// flags: (.*)$", source.read_text(), re.M)
    return found[1].split() if found else []


@pytest.mark.parametrize("source", SOURCES)
def test_is_accepted_with_the_same_meaning(crosswarp_nvcc, on_cpu, golden, source: Path, tmp_path: Path) -> None:
    program = tmp_path / source.stem
    done = crosswarp_nvcc("--targets=cpu", *flags(source), source, "-o", program)
    expected = re.findall(r"^// warning: (.*)$", source.read_text(), re.M)
    assert all(f"warning: {text}" in done.stderr for text in expected), done.stderr
    assert bool(done.stderr) == bool(expected), done.stderr
    golden(source.with_suffix(".expected"), on_cpu(program).stdout)


@pytest.mark.slow
@pytest.mark.needs_nvcc
@pytest.mark.parametrize("source", SOURCES)
def test_nvidias_compiler_accepts_it(source: Path, tmp_path: Path, crosswarp_nvcc) -> None:
    type(crosswarp_nvcc)(("nvcc",))("-c", *flags(source), source, "-o", tmp_path / "x.o")


@pytest.mark.parametrize(("text", "said"), [
    ("int h() { return 1; }\n__global__ void k() { h(); }\n", ":2:23: error: no matching function for call to 'h'"),
    ("__device__ int d() { return 1; }\nint main() { return d(); }\n", ":2:21: error: "),
    ("template <class T> __device__ int f(T t) { return missing(1) + t; }\n", ":1:51: error: use of undeclared identifier"),
    ("int v;\n__host__ __device__ int f() { return ++v; }\n", ":2:40: error: reference to __host__ variable 'v'"),
])
def test_what_nvcc_refuses_stays_an_error(crosswarp_nvcc, tmp_path: Path, text: str, said: str) -> None:
    source = tmp_path / "wrong.cu"
    source.write_text(text)
    done = crosswarp_nvcc("--targets=cpu", "-c", source, "-o", tmp_path / "x.o", check=False)
    assert done.returncode == 1
    assert f"{source}{said}" in done.stderr


def test_every_expectation_has_a_program() -> None:
    assert {path.stem for path in HERE.glob("*.expected")} == {path.stem for path in HERE.glob("*.cu")}
