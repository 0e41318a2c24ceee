"""Whole programs on emulated AMD GPUs must print what they print everywhere, through the HIP device and its library's real ABI.

Every `tests/run/*.cu` is compared with its expected output; every sample must end in its own PASS line. `make emulate` runs all;
a handful runs with the other tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from samples.catalogue import Sample, all_samples

RUN = Path(__file__).resolve().parents[1] / "run"
ARCHITECTURES = ("gfx1100", "gfx942")
CPU_ONLY = {"dynamic_parallelism"}  # beside those whose own flags say so
PROGRAMS = [path.stem for path in sorted(RUN.glob("*.cu")) if path.stem not in CPU_ONLY and "--targets=cpu" not in path.read_text()]
WAVES_OF_32 = {"ptx_barriers"}  # warps of one wave cannot wait for each other
MULTIPROCESSORS = {"grid_barriers": "1024"}  # for cooperative launches of many blocks
HANDFUL = {"barriers", "atomics", "warp_functions", "device_printf", "streams", "ptx_copies", "language_features"}
SAMPLES = all_samples()
QUICK_SAMPLES = {"vector_add", "warp_shuffle"}


def cases(names: list[str], quick: set[str]) -> list[object]:
    """One case a program; those outside of `quick` are marked slow."""
    return [pytest.param(name, id=name, marks=() if name in quick else pytest.mark.slow) for name in names]


@pytest.fixture(scope="session")
def emulate(crosswarp_nvcc) -> Callable[..., object]:
    """Runs a built program on an emulated GPU."""
    libraries = Path(crosswarp_nvcc.words[0]).parents[1] / "lib64"

    def run(program: Path, arch: str, *arguments: str | Path, **options):
        environment = {"CROSSWARP_DEVICE": f"emu:{arch}", "LD_LIBRARY_PATH": f"{libraries}/stubs:{libraries}"}
        return type(crosswarp_nvcc)((str(program),), environment)(*arguments, cwd=program.parent, **options)

    return run


@pytest.fixture(scope="session")
def build(crosswarp_nvcc, tmp_path_factory) -> Callable[[str, tuple[str, ...]], Path]:
    """Compiles a program for all of `ARCHITECTURES`, once a session."""
    folder = tmp_path_factory.mktemp("emulated")

    def compile_once(name: str, words: tuple[str, ...]) -> Path:
        program = folder / name
        if not program.exists():
            targets = ",".join(("cpu", *(ARCHITECTURES[:1] if name in WAVES_OF_32 else ARCHITECTURES)))
            crosswarp_nvcc(*words, "-o", program, env={"CROSSWARP_TARGETS": targets}, cwd=folder)
        return program

    return compile_once


@pytest.mark.parametrize("arch", ARCHITECTURES)
@pytest.mark.parametrize("name", cases(PROGRAMS, HANDFUL))
def test_prints_what_is_expected(build, emulate, name: str, arch: str) -> None:
    if name in WAVES_OF_32 and arch == "gfx942":
        pytest.skip("refused where two warps are one wave")
    source = RUN / f"{name}.cu"
    header = dict(re.findall(r"^// (flags|stderr): *(.*)$", source.read_text(), re.M))
    settings = {"CROSSWARP_EMU_MULTIPROCESSORS": MULTIPROCESSORS.get(name, "2")}
    done = emulate(build(name, (str(source), *header.get("flags", "").split())), arch, env=settings, timeout=60)
    assert done.stdout == source.with_suffix(".expected").read_text(), done.stderr
    assert "stderr" in header or not done.stderr


@pytest.mark.parametrize("arch", ARCHITECTURES)
@pytest.mark.parametrize("name", cases([sample.name for sample in SAMPLES], QUICK_SAMPLES))
def test_sample(build, emulate, name: str, arch: str, tmp_path: Path) -> None:
    sample: Sample = next(sample for sample in SAMPLES if sample.name == name)
    program = build(f"sample_{name}", (*sample.flags, *map(str, sample.sources)))
    done = emulate(program, arch, *([tmp_path / "picture.png"] if sample.picture else []), timeout=600)
    assert done.stdout.splitlines()[-1].startswith(f"PASS {name}:"), done.stdout + done.stderr


def test_says_what_is_missing(crosswarp_nvcc, emulate, tmp_path: Path) -> None:
    program = tmp_path / "barriers"
    crosswarp_nvcc(RUN / "barriers.cu", "-o", program, env={"CROSSWARP_TARGETS": "cpu"})
    done = emulate(program, "gfx1100", check=False)
    assert "the program has no code for it; compile it with --targets=cpu,gfx1100" in done.stderr
    assert "does not know gfx7" in emulate(program, "gfx7", check=False).stderr


def test_several_devices(crosswarp_nvcc, emulate, tmp_path: Path) -> None:
    source = tmp_path / "devices.cu"
    source.write_text(DEVICES)
    crosswarp_nvcc(source, "-o", source.with_suffix(""), env={"CROSSWARP_TARGETS": "cpu,gfx1100,gfx942"})
    done = emulate(source.with_suffix(""), "gfx1100,gfx942,gfx1100")
    assert done.stdout == "Emulated gfx1100: 1007\nEmulated gfx942: 2007\nEmulated gfx1100: 3007\n"


DEVICES = """
#include <cstdio>
__device__ int base = 7;
__global__ void add(int* out, int what) { *out = base + what; }
int main() {
  int count = 0;
  cudaGetDeviceCount(&count);
  for (int i = 0; i < count; ++i) {
    cudaDeviceProp properties;
    int *out, value = 0;
    cudaSetDevice(i);
    cudaGetDeviceProperties(&properties, i);
    cudaMalloc(&out, sizeof *out);
    add<<<1, 1>>>(out, 1000 * (i + 1));
    cudaMemcpy(&value, out, sizeof value, cudaMemcpyDefault);
    printf("%s: %d\\n", properties.name, value);
  }
}
"""
