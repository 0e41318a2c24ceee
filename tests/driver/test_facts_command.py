"""`crosswarp facts`: what libclang says, through nvcc's own flags."""

from __future__ import annotations

from pathlib import Path

SOURCE = """\
#if defined(__HIP_PLATFORM_AMD__) || COUNT > 64
#endif
__global__ void fill(int *out) { out[threadIdx.x] = COUNT; }
void start(int *out) { fill<<<1, COUNT>>>(out); }
"""


def test_kernels_launches_and_macros(crosswarp, tmp_path: Path):
    source = tmp_path / "x.cu"
    source.write_text(SOURCE)
    lines = crosswarp("facts", source, "-DCOUNT=32", cwd=tmp_path).stdout.splitlines()
    rows = [[cell.strip() for cell in line.split("│")[1:4]] for line in lines if line.startswith("│")]
    assert [path.name for path in tmp_path.iterdir()] == ["x.cu"]
    assert rows == [["kernel", "fill", "int *"], ["launch", "fill", "1 , COUNT"], ["vendor macro", "__HIP_PLATFORM_AMD__", ""]]


def test_missing_source(crosswarp, tmp_path: Path):
    done = crosswarp("facts", tmp_path / "absent.cu", check=False)
    assert done.returncode == 1
    assert "absent.cu" in done.stderr and "Traceback" not in done.stderr
