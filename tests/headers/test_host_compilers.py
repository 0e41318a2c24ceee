"""Host code without nvcc: the runtime's headers in plain C and C++, and NVTX, which does nothing and links without a library."""

import shutil
import subprocess

import pytest
from crosswarp.support.paths import PACKAGE_ROOT

INCLUDE = PACKAGE_ROOT / "runtime_shim" / "include"
NVTX = """
#include <cuda_runtime_api.h>
#include <nvtx3/nvToolsExt.h>
#include <nvtx3/nvToolsExtCuda.h>
#include <nvtx3/nvToolsExtCudaRt.h>
#include <nvtx3/nvToolsExtSync.h>
int main(void) {
  nvtxEventAttributes_t event = {0};
  nvtxDomainHandle_t domain = nvtxDomainCreateA("domain");
  event.version = NVTX_VERSION;
  event.size = NVTX_EVENT_ATTRIB_STRUCT_SIZE;
  event.message.registered = nvtxDomainRegisterStringA(domain, "text");
  nvtxRangePush("range");
  nvtxRangePop();
  nvtxDomainRangePushEx(domain, &event);
  nvtxDomainRangePop(domain);
  nvtxNameCudaStreamA(0, "stream");
  nvtxDomainDestroy(domain);
  return 0;
}
"""


@pytest.mark.parametrize("standard", ["c99", "c11", "c++11", "c++14", "c++17", "c++20"])
def test_nvtx_compiles_links_and_runs(tmp_path, standard):
    compiler = "g++" if "+" in standard else "gcc"
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")
    source, program = tmp_path / ("x.cpp" if "+" in standard else "x.c"), tmp_path / "x"
    source.write_text(NVTX)
    warnings = ["-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers"]
    subprocess.run([compiler, f"-std={standard}", *warnings, "-I", INCLUDE, source, "-o", program], check=True)
    assert subprocess.run([program]).returncode == 0


@pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not installed")
@pytest.mark.parametrize("standard", ["c++11", "c++14", "c++17", "c++20"])
def test_runtime_header_in_plain_cpp(tmp_path, standard):
    source = tmp_path / "x.cpp"
    headers = ("cuda_runtime.h", "cuda.h", "library_types.h")
    source.write_text("".join(f"#include <{name}>\n" for name in headers) + "int main() { return cudaSuccess; }\n")
    subprocess.run(["g++", f"-std={standard}", "-Wall", "-Werror", "-I", INCLUDE, "-fsyntax-only", source], check=True)
