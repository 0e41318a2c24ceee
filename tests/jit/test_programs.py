"""The programs of `tests/run`, compiled for NVIDIA alone: PTX is compiled when they run, and they print what they always do."""

import re
from pathlib import Path

import pytest

RUN = Path(__file__).parents[1] / "run"
# What PTX text cannot say, or says otherwise than the source.
LEFT_OUT = {
    "dynamic_parallelism": "needs NVIDIA's device runtime",
    "ended_blocks": "the barrier of a grid is atomic operations in PTX, which wait for all blocks, as on GPUs",
    "texture_references": "texture instructions have no records yet",
}
PROGRAMS = sorted(path for path in RUN.glob("*.cu") if path.stem not in LEFT_OUT)
ON_AMD = {"atomics", "device_printf", "float_functions", "group_tiles", "memory", "thread_exit", "warp_functions"}
CASES = [(path, "cpu") for path in PROGRAMS] + [(path, "emu:gfx942") for path in PROGRAMS if path.stem in ON_AMD]


@pytest.mark.slow
@pytest.mark.parametrize(("source", "device"), [pytest.param(*case, id=f"{case[0].stem}-{case[1]}") for case in CASES])
def test_runs_from_ptx_alone(crosswarp_nvcc, on_cpu, tmp_path, source, device):
    header = dict(re.findall(r"^// (flags|stderr): *(.*)$", source.read_text(), re.M))
    flags = header.get("flags", "").split()
    architecture = [] if any(word.startswith("-arch") for word in flags) else ["-arch=sm_80"]
    crosswarp_nvcc(source, *flags, *architecture, "--targets=none", "-o", tmp_path / "program")
    lib64 = Path(crosswarp_nvcc.words[0]).parents[1] / "lib64"
    libraries = {"LD_LIBRARY_PATH": f"{lib64}:{lib64 / 'stubs'}"}
    done = on_cpu(tmp_path / "program", cwd=tmp_path, env={**libraries, "CROSSWARP_DEVICE": device})
    assert done.stdout == source.with_suffix(".expected").read_text()
    assert header["stderr"] in done.stderr if "stderr" in header else not done.stderr


def test_what_is_left_out_is_there():
    assert LEFT_OUT.keys() <= {path.stem for path in RUN.glob("*.cu")}
