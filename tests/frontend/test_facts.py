"""What libclang and the text scan say of a source."""

from pathlib import Path

from crosswarp.frontend import facts
from crosswarp.frontend.facts import source_facts
from crosswarp.frontend.options import FrontendOptions

HEADER = """\
#ifdef __HIP_PLATFORM_AMD__
#endif
#if defined(SOMETHING) && \\
    __CUDA_ARCH__ > 3
#endif
// #if __NVPTX__ in a comment's text that starts a line is no condition
"""

SOURCE = """\
#include "local.h"
#include <vector>
template <class T> __global__ void scale(T* data, T factor) { data[threadIdx.x] *= factor; }
__global__ void fill(float* data, int count) { if (threadIdx.x < count) data[threadIdx.x] = 1; }
__global__ void only_declared(int);
int main() {
  std::vector<float> host(3);
  fill<<<dim3(1, 2), 256>>>(host.data(), 3);
  scale<float><<<1, 2, 64, nullptr>>>(host.data(), 2.0f);
}
"""


def facts_of(folder: Path):
    (folder / "local.h").write_text(HEADER)
    source = folder / "x.cu"
    source.write_text(SOURCE)
    return source, source_facts(source, FrontendOptions())


def test_kernels_and_launches_of_the_users_files(tmp_path):
    source, found = facts_of(tmp_path)
    assert [(k.name, k.location.line) for k in found.kernels] == [("scale", 3), ("fill", 4)]
    assert found.kernels[1].mangled == "_Z4fillPfi"
    assert found.kernels[1].parameters == ("float *", "int")
    assert [(x.kernel, x.location.line) for x in found.launches] == [("fill", 8), ("scale < float >", 9)]
    assert found.launches[0].configuration == "dim3 ( 1 , 2 ) , 256"
    assert found.launches[1].configuration == "1 , 2 , 64 , nullptr"
    assert {Path(f).name for f in found.files} == {"x.cu", "local.h"}
    assert source.exists()


def test_vendor_macros_in_conditions(tmp_path):
    _, found = facts_of(tmp_path)
    tests = [(t.macro, Path(t.location.file).name, t.location.line) for t in found.macro_tests]
    assert tests == [("__HIP_PLATFORM_AMD__", "local.h", 1), ("__CUDA_ARCH__", "local.h", 3)]


def test_unreadable_files_are_passed_over(tmp_path):
    assert list(facts.tested_macros([str(tmp_path / "absent.h")])) == []
