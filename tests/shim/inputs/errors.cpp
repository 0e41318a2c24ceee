// Wrong calls give CUDA's errors and leave the device usable.
#include <sys/resource.h>

#include <cstring>

#include "harness.hpp"

using namespace harness;

#define FAILS(call, error)                     \
  do {                                         \
    CHECK_EQ(call, error);                     \
    CHECK_EQ(cudaPeekAtLastError(), error);    \
    CHECK_EQ(cudaGetLastError(), error);       \
    CHECK_EQ(cudaGetLastError(), cudaSuccess); \
  } while (0)

extern "C" cudaError_t cudaVDPAUSetVDPAUDevice(int, unsigned, void*);

static void configurations() {
  FAILS(launch(&empty, 1, 0, 0, nullptr), cudaErrorInvalidConfiguration);
  FAILS(launch(&empty, 0, 1, 0, nullptr), cudaErrorInvalidConfiguration);
  FAILS(launch(&empty, 1, 1025, 0, nullptr), cudaErrorInvalidConfiguration);
  FAILS(launch(&empty, 1, dim3(32, 33, 1), 0, nullptr), cudaErrorInvalidConfiguration);
  FAILS(launch(&empty, 1, dim3(1, 1, 65), 0, nullptr), cudaErrorInvalidConfiguration);
  FAILS(launch(&empty, dim3(1, 65536, 1), 1, 0, nullptr), cudaErrorInvalidConfiguration);
  FAILS(launch(&empty, 1, 1, 48 * 1024 + 1, nullptr), cudaErrorInvalidValue);
  FAILS(launch(&add_value, 1, 257, 0, nullptr, nullptr, 0), cudaErrorLaunchOutOfResources);
  FAILS(launch(&not_in_module, 1, 1, 0, nullptr), cudaErrorInvalidDeviceFunction);
  FAILS(launch("not a kernel", 1, 1, 0, nullptr), cudaErrorInvalidDeviceFunction);
  OK(cudaFuncSetAttribute(&empty, cudaFuncAttributeMaxDynamicSharedMemorySize, 100 * 1024));
  OK(launch(&empty, 1, 1, 100 * 1024, nullptr));
  FAILS(cudaFuncSetAttribute(&empty, cudaFuncAttributeMaxDynamicSharedMemorySize, 200 * 1024), cudaErrorInvalidValue);
  OK(launch(&empty, dim3(2, 65535, 1), 1, 0, nullptr));
}

static void pointers() {
  char* memory = device_alloc<char>(1000);
  char host[1000] = {};
  FAILS(cudaMemcpy(memory, host, 1001, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  FAILS(cudaMemcpy(memory + 500, host, 501, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  FAILS(cudaMemcpy(host, host, 10, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  FAILS(cudaMemcpy(host, host, 10, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
  FAILS(cudaMemcpy(nullptr, memory, 10, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
  FAILS(cudaMemcpy(host, memory, 10, static_cast<cudaMemcpyKind>(9)), cudaErrorInvalidMemcpyDirection);
  FAILS(cudaMemset(host, 0, 10), cudaErrorInvalidValue);
  FAILS(cudaFree(memory + 1), cudaErrorInvalidValue);
  FAILS(cudaFree(host), cudaErrorInvalidValue);
  FAILS(cudaFreeHost(memory), cudaErrorInvalidValue);
  FAILS(cudaMalloc(nullptr, 4), cudaErrorInvalidValue);
  void* huge = nullptr;
  FAILS(cudaMalloc(&huge, 1ull << 50), cudaErrorMemoryAllocation);
  OK(cudaFree(nullptr));
  OK(cudaFree(memory));
  FAILS(cudaFree(memory), cudaErrorInvalidValue);
}

static void handles() {
  cudaStream_t stream;
  cudaEvent_t event;
  float ms;
  OK(cudaStreamCreate(&stream));
  OK(cudaStreamDestroy(stream));
  FAILS(cudaStreamSynchronize(stream), cudaErrorInvalidResourceHandle);
  FAILS(launch(&empty, 1, 1, 0, stream), cudaErrorInvalidResourceHandle);
  FAILS(cudaStreamCreateWithFlags(&stream, 77), cudaErrorInvalidValue);
  OK(cudaEventCreate(&event));
  FAILS(cudaEventElapsedTime(&ms, event, event), cudaErrorInvalidResourceHandle);
  OK(cudaEventDestroy(event));
  FAILS(cudaEventRecord(event, nullptr), cudaErrorInvalidResourceHandle);
  FAILS(cudaSetDevice(1), cudaErrorInvalidDevice);
  FAILS(cudaVDPAUSetVDPAUDevice(0, 0, nullptr), cudaErrorNotSupported);  // named on stderr
  CHECK_EQ(std::strcmp(cudaGetErrorName(cudaErrorInvalidValue), "cudaErrorInvalidValue"), 0);
  CHECK_EQ(std::strcmp(cudaGetErrorString(cudaErrorInvalidValue), "invalid argument"), 0);
  CHECK_EQ(std::strcmp(cudaGetErrorName(static_cast<cudaError_t>(12345)), "unrecognized error code"), 0);
}

static void attributes() {
  cudaFuncAttributes f;
  OK(cudaFuncGetAttributes(&f, &where));
  CHECK_EQ(f.sharedSizeBytes, 64);
  CHECK_EQ(f.maxThreadsPerBlock, 1024);
  int blocks = 0;
  OK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, &empty, 256, 0));
  CHECK_EQ(blocks, 8);
  cudaDeviceProp p;
  OK(cudaGetDeviceProperties(&p, 0));
  CHECK_EQ(p.major * 10 + p.minor, 80);
  CHECK_EQ(p.warpSize, 32);
  int value = 0;
  OK(cudaDeviceGetAttribute(&value, cudaDevAttrMultiProcessorCount, 0));
  CHECK_EQ(value, p.multiProcessorCount);
  FAILS(cudaDeviceGetAttribute(&value, static_cast<cudaDeviceAttr>(100000), 0), cudaErrorInvalidValue);
  cudaPointerAttributes a;
  char local, *device = device_alloc<char>(100);
  void *pinned = nullptr, *managed = nullptr;
  OK(cudaMallocHost(&pinned, 10));
  OK(cudaMallocManaged(&managed, 10));
  OK(cudaPointerGetAttributes(&a, device + 99));
  CHECK_EQ(a.type, cudaMemoryTypeDevice);
  OK(cudaPointerGetAttributes(&a, pinned));
  CHECK_EQ(a.type, cudaMemoryTypeHost);
  OK(cudaPointerGetAttributes(&a, managed));
  CHECK_EQ(a.type, cudaMemoryTypeManaged);
  OK(cudaPointerGetAttributes(&a, &local));
  CHECK_EQ(a.type, cudaMemoryTypeUnregistered);
  FAILS(cudaHostUnregister(&local), cudaErrorHostMemoryNotRegistered);
}

int main() {
  configurations();
  pointers();
  handles();
  attributes();
  OK(cudaDeviceSynchronize());
  std::puts("done");
}
