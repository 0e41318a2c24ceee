// driver <device.so>: the driver API on the CPU device, alone and together with the runtime API.
#include <cuda.h>

#include <cstring>
#include <thread>

#include "harness.hpp"

static CUdeviceptr memory_with(int value) {
  CUdeviceptr memory = 0;
  OK(cuMemAlloc(&memory, 64));
  OK(cuMemsetD32(memory, static_cast<unsigned>(value), 16));
  return memory;
}

static int first_of(CUdeviceptr memory) {
  int value = 0;
  OK(cuMemcpyDtoH(&value, memory, 4));
  return value;
}

static void launches(CUmodule module) {
  CUfunction function = nullptr, none = nullptr;
  char name[] = "add_value";  // need not outlive the call
  OK(cuModuleGetFunction(&function, module, name));
  std::memset(name, 'x', 4);
  CHECK_EQ(cuModuleGetFunction(&none, module, "no_such_kernel"), 500);
  CUdeviceptr memory = memory_with(10);
  int value = 3;
  void* arguments[] = {&memory, &value};
  OK(cuLaunchKernel(function, 2, 1, 1, 4, 1, 1, 0, nullptr, arguments, nullptr));
  CHECK_EQ(first_of(memory), 34);
  struct {
    CUdeviceptr p;
    int v;
  } packed = {memory, 1};
  size_t bytes = 12;
  void* extra[] = {reinterpret_cast<void*>(1), &packed, reinterpret_cast<void*>(2), &bytes, nullptr};
  OK(cuLaunchKernel(function, 1, 1, 1, 6, 1, 1, 0, nullptr, nullptr, extra));
  CHECK_EQ(first_of(memory), 40);
  CHECK_EQ(cuLaunchKernel(function, 0, 1, 1, 1, 1, 1, 0, nullptr, arguments, nullptr), 1);
  OK(cudaGetLastError());  // the driver's errors are not the runtime's
  int threads = 0;
  OK(cuFuncGetAttribute(&threads, CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK, function));
  CHECK_EQ(threads, 256);
  OK(cuMemFree(memory));
  CHECK_EQ(cuMemFree(memory), 1);
}

static void globals(CUmodule module) {
  CUdeviceptr table = 0;
  size_t bytes = 0;
  OK(cuModuleGetGlobal(&table, &bytes, module, "table"));
  CHECK_EQ(bytes, 16);
  CHECK_EQ(first_of(table + 8), 3);
  OK(cuMemsetD16(table, 0x0102, 8));
  CHECK_EQ(first_of(table + 12), 0x01020102);
  CHECK_EQ(cuModuleGetGlobal(&table, &bytes, module, "nothing"), 500);
}

int main(int, char** argv) {
  CUcontext context = nullptr, current = nullptr;
  CUdeviceptr unused;
  int device = -1, count = 0, major = 0;
  CHECK_EQ(cuDeviceGetCount(&count), 3);  // not initialised
  OK(cuInit(0));
  CHECK_EQ(cuMemAlloc(&unused, 4), 201);  // no context
  OK(cuDeviceGetCount(&count));
  OK(cuDeviceGet(&device, 0));
  CHECK_EQ(cuDeviceGet(&device, count), 101);
  OK(cuDeviceGetAttribute(&major, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, 0));
  CHECK_EQ(major, 8);
  OK(cuCtxCreate(&context, 0, 0));
  OK(cuCtxGetCurrent(&current));
  CHECK_EQ(current == context, true);
  CUmodule module = nullptr, same = nullptr;
  OK(cuModuleLoad(&module, argv[1]));
  launches(module);
  globals(module);
  OK(cuModuleLoadData(&same, &harness::wrapper));  // the fat binary that the program registered as well
  launches(same);
  OK(cuModuleUnload(same));
  OK(cuModuleUnload(module));
  CHECK_EQ(cuModuleUnload(module), 400);
  CHECK_EQ(cuModuleLoadData(&module, "no device code"), 200);
  std::thread([&] {
    CHECK_EQ(cuMemAlloc(&unused, 4), 201);  // each thread has its own current context
    OK(cuCtxSetCurrent(context));
    OK(cuMemFree(memory_with(1)));
  }).join();
  int* shared = harness::device_alloc<int>(1);  // the runtime's memory is the driver's
  OK(harness::launch(&harness::add_value, 1, 7, 0, nullptr, shared, 2));
  CHECK_EQ(first_of(reinterpret_cast<CUdeviceptr>(shared)), 14);
  const char* name = nullptr;
  OK(cuGetErrorName(CUDA_ERROR_INVALID_VALUE, &name));
  CHECK_EQ(std::strcmp(name, "CUDA_ERROR_INVALID_VALUE"), 0);
  CHECK_EQ(cuGetErrorName(static_cast<CUresult>(12345), &name), 1);
  OK(cuCtxDestroy(context));
  std::puts("done");
}
