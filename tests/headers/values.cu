// Values that programs write as numbers, store in files or hand to other languages (CUDA Runtime API reference).
#include <cuda_runtime.h>

static_assert(CUDART_VERSION == 12090 && CUDART_VERSION == __CUDACC_VER_MAJOR__ * 1000 + __CUDACC_VER_MINOR__ * 10, "version");
static_assert(cudaSuccess == 0 && cudaErrorInvalidValue == 1 && cudaErrorMemoryAllocation == 2, "first errors");
static_assert(cudaErrorInvalidConfiguration == 9 && cudaErrorInvalidDevicePointer == 17 && cudaErrorInvalidMemcpyDirection == 21,
              "");
static_assert(cudaErrorInsufficientDriver == 35 && cudaErrorInvalidDeviceFunction == 98 && cudaErrorNoDevice == 100, "");
static_assert(cudaErrorNoKernelImageForDevice == 209 && cudaErrorInvalidResourceHandle == 400 && cudaErrorNotReady == 600, "");
static_assert(cudaErrorIllegalAddress == 700 && cudaErrorAssert == 710 && cudaErrorLaunchFailure == 719, "faults");
static_assert(cudaErrorNotSupported == 801 && cudaErrorStreamCaptureUnsupported == 900 && cudaErrorUnknown == 999, "");
static_assert(cudaMemcpyHostToHost == 0 && cudaMemcpyHostToDevice == 1 && cudaMemcpyDeviceToHost == 2 &&
                  cudaMemcpyDeviceToDevice == 3 && cudaMemcpyDefault == 4,
              "copy kinds");
static_assert(cudaDevAttrMaxThreadsPerBlock == 1 && cudaDevAttrWarpSize == 10 && cudaDevAttrMultiProcessorCount == 16 &&
                  cudaDevAttrComputeCapabilityMajor == 75 && cudaDevAttrCooperativeLaunch == 95 &&
                  cudaDevAttrMaxSharedMemoryPerBlockOptin == 97 && cudaDevAttrHostNumaMemoryPoolsSupported == 142,
              "device attributes");
static_assert(cudaHostAllocPortable == 1 && cudaHostAllocMapped == 2 && cudaHostAllocWriteCombined == 4, "host memory");
static_assert(cudaStreamNonBlocking == 1 && cudaEventBlockingSync == 1 && cudaEventDisableTiming == 2 && cudaEventInterprocess == 4,
              "");
static_assert(cudaFuncAttributeMaxDynamicSharedMemorySize == 8 && cudaFuncAttributePreferredSharedMemoryCarveout == 9, "");
static_assert(cudaMemAttachGlobal == 1 && cudaMemAttachHost == 2 && cudaMemAttachSingle == 4, "managed memory");
static_assert(cudaCpuDeviceId == -1 && cudaInvalidDeviceId == -2, "devices that are none");
static_assert(cudaChannelFormatKindFloat == 2 && cudaAddressModeClamp == 1 && cudaFilterModeLinear == 1, "textures");
