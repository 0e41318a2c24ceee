"""The readers of what is published about the CUDA-X libraries' names, and what the records say of well-known ones."""

import importlib
import sys
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Kind, State
from crosswarp.cuda_api_coverage.derive.libraries import declarations

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
LIBRARIES = ("cublas", "cublaslt", "cufft", "curand", "curand_device", "cusparse", "cusolver", "nccl", "cudnn", "npp", "nvml")
HIPIFY = """\
## **5. CUBLAS Level-1 Function Reference**
|**CUDA**|**A**|**D**|**C**|**R**|**HIP**|**A**|**D**|**C**|**R**|**E**|
|`cublasOld`| |10.2| |11.0|`hipblasOld`|1.0|3.9.0| |5.0| |
|`cublasNew`|12.9| | | |`hipblasNew`|7.0| | | |7.0|
|`cublasFine`|8.0| | | |`hipblasFine`|1.8.2| | | | |
|`cublasNone`| | | | | | | | | | |
"""
CUDARC = """\
pub type cublasHandle_t = *mut cublasContext;
#[cfg(any(feature = "cuda-12080", feature = "cuda-12090", feature = "cuda-13000"))]
#[repr(u32)]
pub enum cublasStatus_t {
    CUBLAS_A = 0,
    #[cfg(any(feature = "cuda-13000"))]
    CUBLAS_B = 1,
}
unsafe extern "C" {
    #[cfg(any(feature = "cuda-12080", feature = "cuda-12090"))]
    pub fn cublasGone(a: ::core::ffi::c_int) -> cublasStatus_t;
    pub fn cublasAlways() -> cublasStatus_t;
}
"""
CYTHON = """\
ctypedef enum nvmlReturn_t "nvmlReturn_t":
    NVML_SUCCESS "NVML_SUCCESS" = 0
    NVML_LAST "NVML_LAST"
ctypedef void* nvmlDevice_t 'nvmlDevice_t'
cdef nvmlReturn_t nvmlInit_v2() except?_NVMLRETURN_T_INTERNAL_LOADING_ERROR nogil
cdef const char* nvmlErrorString(nvmlReturn_t result) except?NULL nogil
"""


@pytest.fixture(scope="module")
def facts():
    sys.path.insert(0, str(SCRIPTS))
    yield lambda name: importlib.import_module(f"library_facts.{name}")
    sys.path.remove(str(SCRIPTS))


def test_hipify(facts):
    rows = {row.name: row for row in facts("hipify").mappings(HIPIFY)}
    assert [row.supported for row in rows.values()] == [False, False, True, False]  # removed, experimental, fine, no name
    assert (rows["cublasOld"].deprecated, rows["cublasOld"].removed, rows["cublasNew"].added) == ("10.2", "11.0", "12.9")
    assert rows["cublasNone"].section == "CUBLAS Level-1 Function Reference"


def test_cudarc(facts):
    found, every = facts("cudarc").declared(CUDARC)
    assert every == [12080, 12090, 13000]
    assert {name: (item.kind, sorted(item.versions)) for name, item in found.items()} == {
        "cublasHandle_t": (Kind.TYPE, every),
        "cublasStatus_t": (Kind.TYPE, every),
        "CUBLAS_A": (Kind.ENUMERATOR, every),
        "CUBLAS_B": (Kind.ENUMERATOR, [13000]),
        "cublasGone": (Kind.FUNCTION, [12080, 12090]),
        "cublasAlways": (Kind.FUNCTION, every),
    }
    assert facts("cudarc").spelled(12090) == "12.9"


def test_bindings(facts):
    kinds = dict(facts("cython").declared(CYTHON))
    functions = {"nvmlInit_v2": Kind.FUNCTION, "nvmlErrorString": Kind.FUNCTION}
    types = {"nvmlReturn_t": Kind.TYPE, "nvmlDevice_t": Kind.TYPE}
    assert kinds == functions | types | {"NVML_SUCCESS": Kind.ENUMERATOR, "NVML_LAST": Kind.ENUMERATOR}


def test_history(facts):
    history = facts("history")
    lists = [("12.0", {"a", "b"}), ("12.9", {"a", "c"}), ("13.0", {"a", "b"})]
    span = history.Span
    assert history.spans(lists) == {"a": span(), "b": span(), "c": span("12.9", "13.0")}  # b came back


def test_private_names_are_left_out(facts):
    libraries = facts("libraries").libraries()
    cublas, lt = libraries["cublas"], libraries["cublaslt"]
    assert cublas.owns("cublasSgemm") and cublas.owns("CUBLAS_OP_T") and not cublas.owns("cublasLtMatmul")
    assert lt.owns("cublasLtMatmul") and not lt.owns("cublasLtMatmulDescInit_internal") and not cublas.owns("cublasSetBackdoor")
    assert cublas.is_public("cublasXtSgemm", "") and not cublas.is_public("cublasSbdmm", "")
    assert lt.is_public("cublasLtMatmulAlgoCheckForStream", "13.3")
    assert not lt.is_public("cublasLtMatmulAlgoConfigGetAttributeRange", "")


@pytest.mark.parametrize(
    "known",
    [
        ("cublas", "cublasSgemm", Kind.FUNCTION, "cublas_v2.h", "", ""),
        ("cublas", "cublasSgemm_v2_64", Kind.FUNCTION, "cublas_v2.h", "12.0", ""),
        ("cublas", "CUBLAS_OP_T", Kind.ENUMERATOR, "cublas_v2.h", "", ""),
        ("cublas", "cublasXtSgemm", Kind.FUNCTION, "cublasXt.h", "", ""),
        ("cublaslt", "cublasLtMatmul", Kind.FUNCTION, "cublasLt.h", "10.1", ""),
        ("cufft", "cufftExecC2C", Kind.FUNCTION, "cufft.h", "", ""),
        ("cufft", "cufftCallbackLoadC", Kind.TYPE, "cufftXt.h", "", ""),
        ("cusparse", "cusparseScsrmv", Kind.FUNCTION, "cusparse.h", "", "11.0"),
        ("cusolver", "cusolverDnXgetrf", Kind.FUNCTION, "cusolverDn.h", "11.1", ""),
        ("npp", "nppiAdd_8u_C1RSfs", Kind.FUNCTION, "nppi_arithmetic_and_logical_operations.h", "", "13.0"),
        ("npp", "nppiAdd_8u_C1RSfs_Ctx", Kind.FUNCTION, "nppi_arithmetic_and_logical_operations.h", "", ""),
        ("nccl", "ncclCommSplit", Kind.FUNCTION, "nccl.h", "2.18.1", ""),
        ("cudnn", "cudnnRNNForwardInference", Kind.FUNCTION, "cudnn.h", "5.0.0", "9.0.0"),
        ("nvml", "nvmlDeviceGetTemperatureV", Kind.FUNCTION, "nvml.h", "12.8", ""),
    ],
)
def test_known_names(known):
    (entry,) = [entry for entry in catalogue().by_name[known[1]] if entry.family == known[0]]
    assert (entry.family, entry.name, entry.kind, entry.header, entry.since, entry.removed) == known


@pytest.mark.parametrize("family", LIBRARIES)
def test_only_names_of_c(family):
    assert [entry.name for entry in catalogue().of(family) if not entry.name.isidentifier() or entry.name.startswith("_Z")] == []


def test_states_follow_from_our_headers():
    names = ("curand_init", "curandStateMtgp32_t", "curandGenerate", "cublasSgemm")
    states = [catalogue().by_name[name][0].state for name in names]
    assert states == [State.IMPLEMENTED, State.REFUSED, State.ABSENT, State.ABSENT]
    declared = {one.name: one for one in declarations("curand_kernel.h")}
    assert declared["curand_init"].usable and declared["CURAND_STATUS_SUCCESS"].file.endswith("curand/types.h")
    assert not declared["curandStateMtgp32_t"].available


SCALE = """\
## [6.4. Error Handling](https://example.org)
```diff
 __host__  cudaError_t cudaGetLastError(void);
-__device__ cudaError_t cudaGetLastError(void);
-__host__ cudaError_t cudaDeviceGetMemPool(cudaMemPool_t* memPool, int device);
 const char * cudaGetErrorName(cudaError_t);
 typedef void(* cudaStreamCallback_t)(cudaStream_t stream, void* userData);
-#define CUDA_X(y)
```
- cudaNothing() outside of the listing
"""
ZLUDA_LIBRARY = """\
macro_rules! implemented { ($($abi:literal fn $fn_name:ident)) => { fn elsewhere() } }
cuda_macros::cuda_function_declarations!(unimplemented, implemented <= [cuMemAlloc_v2, cuInit], in_function <= [cuLaunchKernel,]);
"""
ZLUDA_HEADER = """\
fn cuMemAlloc_v2(a: u32) -> R; fn cuInit(b: u32) -> R; fn cuLaunchKernel() -> R;
fn cuMemFree_v2() -> R; fn cuOther() -> R;
"""


def test_scale(facts):
    found = facts("scale").verdicts(SCALE)
    assert found == {"cudaGetLastError": "partly", "cudaDeviceGetMemPool": "no", "cudaGetErrorName": "yes"}


def test_zluda(facts):
    found = facts("zluda").verdicts(ZLUDA_LIBRARY, ZLUDA_HEADER, "cu")
    there = {"cuMemAlloc_v2", "cuMemAlloc", "cuInit", "cuLaunchKernel"}
    assert found == {name: "yes" if name in there else "no" for name in there | {"cuMemFree_v2", "cuMemFree", "cuOther"}}


CCCL = """\
#pragma once
#include <cub/config.cuh>
#define MACRO(x) \\
  struct not_this {};
CUB_NAMESPACE_BEGIN
namespace detail { struct hidden {}; }
//! struct in_a_comment {};
template <typename T, int N = (1 > 2) ? 3 : 4>
class BlockScan : private detail::hidden
{
  int storage;
  void Internal();
public:
  struct TempStorage : Uninitialized<_TempStorage> {};
  _CCCL_DEVICE _CCCL_FORCEINLINE BlockScan() : storage(0) {}
  template <typename Op, _CCCL_REQUIRES((sizeof(Op) > 1))>
  [[nodiscard]] _CCCL_DEVICE T InclusiveScan(T (&items)[N], Op op) noexcept(false) { if (op) { nothing(); } return items[0]; }
private:
  void Hidden() {}
};
template <> struct Traits<int> {};
template <typename T> class Crtp : public Strategy<T, Crtp<T>> {};
enum class Algorithm { A, B };
CUB_NAMESPACE_END
_CCCL_BEGIN_NAMESPACE_CUDA_STD_RANGES
_CCCL_BEGIN_NAMESPACE_CPO(__begin)
struct __fn {};
_CCCL_END_NAMESPACE_CPO
inline namespace __cpo
{
inline constexpr auto begin = __begin::__fn{};
}
template <class T> using range_size_t _CCCL_NODEBUG_ALIAS = decltype(size(T{}));
using ::std::ignored;
_CCCL_END_NAMESPACE_CUDA_STD_RANGES
"""


def test_outline(facts):
    found = {one.name: one.kind for one in facts("outline").outline(CCCL)}
    assert found == {
        "cub::BlockScan": Kind.TEMPLATE,
        "cub::BlockScan::TempStorage": Kind.TYPE,
        "cub::BlockScan::InclusiveScan": Kind.MEMBER,
        "cub::Crtp": Kind.TEMPLATE,
        "cub::Algorithm": Kind.TYPE,
        "cuda::std::ranges::begin": Kind.VARIABLE,
        "cuda::std::ranges::range_size_t": Kind.TYPE,
        "cuda::std::ranges::ignored": Kind.TYPE,
    }


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("cub::DeviceReduce::Sum", State.IMPLEMENTED),
        ("cub::BlockScan::InclusiveSum", State.IMPLEMENTED),
        ("cub::CountingInputIterator", State.ABSENT),  # gone since CUDA 13.0
        ("thrust::sort", State.IMPLEMENTED),
        ("thrust::device_vector", State.IMPLEMENTED),
        ("thrust::cuda::par_nosync", State.IMPLEMENTED),
        ("thrust::unary_function", State.ABSENT),
        ("cuda::atomic_ref", State.IMPLEMENTED),
        ("cuda::std::array", State.IMPLEMENTED),
        ("cuda::barrier", State.IMPLEMENTED),
    ],
)
def test_names_of_cccl(name, state):
    (entry,) = catalogue().by_name[name]
    assert entry.state is state and bool(entry.removed) == (state is State.ABSENT)
