"""What the user reads for PTX without a meaning: file, line and column of the statement, and the place in its text."""

from pathlib import Path

import pytest

SOURCE = r"""
#define FENCE asm volatile("wgmma.fence.sync.aligned;" ::: "memory")
__device__ void fence() { FENCE; }
__global__ void kernel(int *p) {
  fence();
  asm("mov.u32 %0, 3;\n\t"
      "red.nothing %0;\n\t" : "=r"(*p));
  asm(R"(mov.u32 %0, 1;
         nothing.b32 %0;
        )" : "=r"(*p));
}
int main() {}
"""
PLACES = {
    "p.cu:3:27": ("wgmma.fence.sync.aligned", "line 1, column 1"),
    "p.cu:7:8": ("red.nothing", "line 2, column 2"),
    "p.cu:9:10": ("nothing.b32", "line 2, column 10"),
}


@pytest.mark.parametrize("words", [[], ["-lineinfo"]], ids=" ".join)
def test_errors_say_file_line_and_column(crosswarp_nvcc, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "p.cu").write_text(SOURCE)
    done = crosswarp_nvcc("p.cu", *words, "-o", "p", "--targets=cpu,only", cwd=tmp_path, check=False)
    assert done.returncode == 1
    found = done.stderr.split("\n  help: docs/ptx.md lists what is translated; guard the rest\n")[:-1]
    assert len(found) == len(PLACES), done.stderr
    for place, (mnemonic, within) in PLACES.items():
        (text,) = [one for one in found if f"{place}: error: unsupported: inline PTX: '{mnemonic}'" in one]
        assert f"in the asm text, {within}:" in text
    assert not list(tmp_path.glob("*.ll"))


@pytest.mark.parametrize("text", [
    "wgmma.fence.sync.aligned;", "tcgen05.alloc.cta_group::1.sync.aligned.shared::cta.b32 [%0], 32;",
    "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1, {%0, %0}], [%0];",
    "prefetch.tensormap [%1];", "tensormap.replace.tile.global_address.global.b1024.b64 [%1], %1;",
    "wgmma.mma_async.sync.aligned.m64n8k16.f32.f16.f16 {%0, %0, %0, %0}, %1, %1, 1, 1, 1, 0, 0;", "tcgen05.wait::ld.sync.aligned;",
    "wgmma.mma_async.sp.sync.aligned.m64n8k32.f32.f16.f16 {%0, %0, %0, %0}, %1, %1, %0, 0, 1, 1, 1, 0, 0;",
    "tcgen05.mma.cta_group::1.kind::f16 [%0], %1, %1, %0, 1;", "ldmatrix.sync.aligned.m16n16.x1.trans.shared.b8 {%0, %0}, [%0];",
    "stmatrix.sync.aligned.m16n8.x1.trans.shared.b8 [%0], {%0};",
    "ldmatrix.sync.aligned.m8n16.x1.shared.b8x16.b4x16_p64 {%0}, [%0];",
    "mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.kind::mxf4.block_scale.f32.e2m1.e2m1.f32.ue8m0 {%0, %0}, {%0, %0};",
    "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f16 {%0, %0, %0, %0}, {%0, %0, %0, %0}, {%0, %0}, {%0, %0};",
])  # fmt: skip
def test_what_only_one_architecture_has_is_refused_by_name(crosswarp_nvcc, tmp_path: Path, text: str) -> None:
    source = f'__global__ void k(unsigned a, void* b) {{\n  asm volatile("{text}" :: "r"(a), "l"(b));\n}}\n'
    (tmp_path / "p.cu").write_text(source)
    done = crosswarp_nvcc("-c", "p.cu", "--targets=cpu,only", cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert f"p.cu:2:17: error: unsupported: inline PTX: '{text.split(maxsplit=1)[0].rstrip(';')}'" in done.stderr


def test_asm_goto_is_refused(crosswarp_nvcc, tmp_path: Path) -> None:
    (tmp_path / "p.cu").write_text('__global__ void jump(int *p) { asm goto("bra %l0;" :::: out); out: *p = 0; }\nint main() {}\n')
    for target in ("cpu", "sm_80"):
        done = crosswarp_nvcc("p.cu", "-o", "p", f"--targets={target},only", cwd=tmp_path, check=False)
        assert done.returncode == 1
        assert "p.cu: error: unsupported: 'asm goto' in function '_Z4jumpPi' [CW3001]" in done.stderr
