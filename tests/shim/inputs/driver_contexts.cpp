// driver_contexts: contexts, their stacks, and what the runtime API has to do with them; entries by name.
#include <cuda.h>

#include <cstring>
#include <thread>

#include "harness.hpp"

static CUcontext current() {
  CUcontext context = nullptr;
  OK(cuCtxGetCurrent(&context));
  return context;
}

static void stack() {
  CUcontext a = nullptr, b = nullptr, popped = nullptr;
  OK(cuCtxCreate(&a, CU_CTX_SCHED_YIELD, 0));
  OK(cuCtxCreate(&b, nullptr, CU_CTX_MAP_HOST, 0));  // CUDA 13.0's form
  CHECK_EQ(a != b && current() == b, true);
  OK(cuCtxPopCurrent(&popped));
  CHECK_EQ(popped == b && current() == a, true);
  unsigned flags = 0;
  OK(cuCtxGetFlags(&flags));
  CHECK_EQ(flags, CU_CTX_SCHED_YIELD);
  OK(cuCtxPushCurrent(b));
  unsigned long long id_a = 0, id_b = 0;
  OK(cuCtxGetId(a, &id_a));
  OK(cuCtxGetId(nullptr, &id_b));
  CHECK_EQ(id_a != id_b, true);
  std::thread([&] {
    OK(cuCtxSetCurrent(b));
    OK(cuCtxSynchronize());
  }).join();
  OK(cuCtxDestroy(b));
  CHECK_EQ(current() == a, true);
  CHECK_EQ(cuCtxPushCurrent(b), CUDA_ERROR_INVALID_CONTEXT);
  CHECK_EQ(cuCtxDestroy(b), CUDA_ERROR_INVALID_CONTEXT);
  std::thread([&] { CHECK_EQ(cuCtxSynchronize(), CUDA_ERROR_INVALID_CONTEXT); }).join();
  CHECK_EQ(cuCtxCreate(&b, CU_CTX_SCHED_SPIN | CU_CTX_SCHED_YIELD, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuCtxCreate(&b, 0, 99), CUDA_ERROR_INVALID_DEVICE);
  OK(cuCtxDestroy(a));
  CHECK_EQ(current() == nullptr, true);
}

static void destroyed_elsewhere() {
  CUcontext context = nullptr;
  OK(cuCtxCreate(&context, 0, 0));
  std::thread([&] { OK(cuCtxDestroy(context)); }).join();
  CHECK_EQ(cuCtxSynchronize(), CUDA_ERROR_CONTEXT_IS_DESTROYED);
  OK(cuCtxPopCurrent(nullptr));
}

static void primary() {
  CUcontext context = nullptr, again = nullptr;
  unsigned flags = 1;
  int active = 1;
  OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
  CHECK_EQ(active, 0);
  OK(cuDevicePrimaryCtxSetFlags(0, CU_CTX_SCHED_BLOCKING_SYNC));
  OK(cuDevicePrimaryCtxRetain(&context, 0));
  OK(cuDevicePrimaryCtxRetain(&again, 0));
  CHECK_EQ(context == again, true);
  OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
  CHECK_EQ(active == 1 && flags == CU_CTX_SCHED_BLOCKING_SYNC, true);
  CHECK_EQ(cuCtxDestroy(context), CUDA_ERROR_INVALID_CONTEXT);
  OK(cuDevicePrimaryCtxRelease(0));
  OK(cuDevicePrimaryCtxRelease(0));
  CHECK_EQ(cuDevicePrimaryCtxRelease(0), CUDA_ERROR_INVALID_CONTEXT);
}

// The runtime uses the primary context of its device.
static void with_the_runtime() {
  std::thread([] {
    CUcontext context = nullptr, mine = nullptr;
    CHECK_EQ(current() == nullptr, true);
    OK(cudaFree(nullptr));
    OK(cuDevicePrimaryCtxRetain(&context, 0));
    CHECK_EQ(current() == context, true);
    OK(cuCtxCreate(&mine, 0, 1));
    int device = 0;
    OK(cudaGetDevice(&device));
    CHECK_EQ(device, 1);
    OK(cuCtxPopCurrent(&mine));
    OK(cudaGetDevice(&device));
    CHECK_EQ(device, 0);
    OK(cudaSetDevice(1));
    OK(cuCtxGetDevice(&device));
    CHECK_EQ(device == 1 && current() != mine, true);
    CHECK_EQ(cudaMalloc(nullptr, 4), cudaErrorInvalidValue);
    CHECK_EQ(cuMemAlloc(nullptr, 4), CUDA_ERROR_INVALID_VALUE);
    CHECK_EQ(cudaGetLastError(), cudaErrorInvalidValue);  // the runtime's own
    CHECK_EQ(cuMemAlloc(nullptr, 4), CUDA_ERROR_INVALID_VALUE);
    OK(cudaGetLastError());
  }).join();
}

static void devices() {
  char name[8], small[3];
  CUdevice device = -1;
  OK(cuDeviceGetName(name, sizeof name, 0));
  OK(cuDeviceGetName(small, sizeof small, 0));
  CHECK_EQ(std::strlen(small), 2);
  CHECK_EQ(cuDeviceGetName(name, 0, 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuDeviceGet(&device, -1), CUDA_ERROR_INVALID_DEVICE);
  int value = -1;
  OK(cuDeviceGetAttribute(&value, CU_DEVICE_ATTRIBUTE_VIRTUAL_MEMORY_MANAGEMENT_SUPPORTED, 0));
  CHECK_EQ(value, 1);
  for (int i = 1; i < CU_DEVICE_ATTRIBUTE_MAX; ++i) OK(cuDeviceGetAttribute(&value, static_cast<CUdevice_attribute>(i), 0));
  CHECK_EQ(cuDeviceGetAttribute(&value, static_cast<CUdevice_attribute>(9999), 0), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuDeviceGetAttribute(&value, CU_DEVICE_ATTRIBUTE_WARP_SIZE, 77), CUDA_ERROR_INVALID_DEVICE);
  CUdevprop properties;
  OK(cuDeviceGetProperties(&properties, 0));
  CHECK_EQ(properties.SIMDWidth, 32);
  OK(cuDeviceCanAccessPeer(&value, 0, 1));
  CHECK_EQ(value, 1);
}

static void entry_points() {
  CUdriverProcAddressQueryResult status;
  void *plain = nullptr, *newer = nullptr, *per_thread = nullptr;
  OK(cuGetProcAddress("cuCtxCreate", &plain, 12000, 0, &status));
  OK(cuGetProcAddress("cuCtxCreate", &newer, 12090, 0, &status));
  CHECK_EQ(plain != newer && status == CU_GET_PROC_ADDRESS_SUCCESS, true);
  CHECK_EQ(cuGetProcAddress("cuMemAllocAsync", &plain, 9000, 0, &status), CUDA_ERROR_NOT_FOUND);
  CHECK_EQ(status, CU_GET_PROC_ADDRESS_VERSION_NOT_SUFFICIENT);
  CHECK_EQ(cuGetProcAddress("cuNothing", &plain, 12000, 0, &status), CUDA_ERROR_NOT_FOUND);
  CHECK_EQ(plain == nullptr && status == CU_GET_PROC_ADDRESS_SYMBOL_NOT_FOUND, true);
  OK(cuGetProcAddress("cuStreamQuery", &plain, 12000, CU_GET_PROC_ADDRESS_LEGACY_STREAM, nullptr));
  OK(cuGetProcAddress("cuStreamQuery", &per_thread, 12000, CU_GET_PROC_ADDRESS_PER_THREAD_DEFAULT_STREAM, nullptr));
  CHECK_EQ(plain != per_thread, true);
  CHECK_EQ(cuGetProcAddress("cuStreamQuery", nullptr, 12000, 0, nullptr), CUDA_ERROR_INVALID_VALUE);
  int version = 0;
  OK(cuGetProcAddress("cuProfilerStart", &plain, 12000, 0, nullptr));
  OK(cuGetProcAddress("cuDriverGetVersion", &plain, 12000, 0, nullptr));
  OK(reinterpret_cast<CUresult (*)(int*)>(plain)(&version));
  CHECK_EQ(version, CUDA_VERSION);
}

int main() {
  CUcontext context = nullptr;
  CHECK_EQ(cuCtxCreate(&context, 0, 0), CUDA_ERROR_NOT_INITIALIZED);
  CHECK_EQ(cuInit(1), CUDA_ERROR_INVALID_VALUE);
  OK(cuInit(0));
  stack();
  destroyed_elsewhere();
  primary();
  with_the_runtime();
  devices();
  entry_points();
  std::puts("done");
}
