// driver_modules <device.so>: modules, libraries, kernels, functions and the ways to launch them.
#include <cuda.h>

#include <cstdlib>
#include <cstring>

#include "harness.hpp"

static CUdeviceptr zero() {
  CUdeviceptr memory = 0;
  OK(cuMemAlloc(&memory, 4));
  OK(cuMemsetD32(memory, 0, 1));
  return memory;
}

static int value_of(CUdeviceptr memory) {
  int value = 0;
  OK(cuMemcpyDtoH(&value, memory, 4));
  return value;
}

// A function serves both APIs in the place of a kernel.
static void launches(CUfunction function) {
  CUdeviceptr memory = zero();
  int value = 2;
  void* arguments[] = {&memory, &value};
  OK(cuLaunchKernel(function, 1, 1, 1, 4, 1, 1, 0, nullptr, arguments, nullptr));
  CHECK_EQ(value_of(memory), 8);
  CUlaunchConfig config{};
  config.gridDimX = config.gridDimY = config.gridDimZ = config.blockDimX = config.blockDimY = config.blockDimZ = 1;
  OK(cuLaunchKernelEx(&config, function, arguments, nullptr));
  CHECK_EQ(value_of(memory), 10);
  OK(cuLaunchCooperativeKernel(function, 1, 1, 1, 1, 1, 1, 0, nullptr, arguments));
  CHECK_EQ(value_of(memory), 12);
  OK(cudaLaunchKernel(function, dim3(1), dim3(1), arguments, 0, nullptr));
  CHECK_EQ(value_of(memory), 14);
  OK(cuFuncSetBlockShape(function, 3, 1, 1));
  OK(cuParamSetv(function, 0, &memory, sizeof memory));
  OK(cuParamSeti(function, 8, 1));
  OK(cuParamSetSize(function, 12));
  OK(cuLaunchGrid(function, 2, 1));
  CHECK_EQ(value_of(memory), 20);
  size_t bytes = 4;  // too few
  void* extra[] = {CU_LAUNCH_PARAM_BUFFER_POINTER, &memory, CU_LAUNCH_PARAM_BUFFER_SIZE, &bytes, CU_LAUNCH_PARAM_END};
  CHECK_EQ(cuLaunchKernel(function, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, extra), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuLaunchKernel(function, 1, 1, 1, 1, 1, 1, 0, nullptr, arguments, extra), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuLaunchKernel(nullptr, 1, 1, 1, 1, 1, 1, 0, nullptr, arguments, nullptr), CUDA_ERROR_INVALID_HANDLE);
  OK(cuMemFree(memory));
}

static void functions(CUmodule module) {
  unsigned count = 0;
  OK(cuModuleGetFunctionCount(&count, module));
  std::vector<CUfunction> all(count);
  OK(cuModuleEnumerateFunctions(all.data(), count, module));
  CUfunction function = nullptr;
  OK(cuModuleGetFunction(&function, module, "add_value"));
  bool found = false;
  for (CUfunction one : all) found |= one == function;
  CHECK_EQ(found, true);
  const char* name = nullptr;
  OK(cuFuncGetName(&name, function));
  CHECK_EQ(std::strcmp(name, "add_value"), 0);
  CUmodule owner = nullptr;
  OK(cuFuncGetModule(&owner, function));
  CHECK_EQ(owner == module, true);
  size_t offset = 0, bytes = 0;
  OK(cuFuncGetParamInfo(function, 1, &offset, &bytes));
  CHECK_EQ(offset == 8 && bytes == 4, true);
  CHECK_EQ(cuFuncGetParamInfo(function, 2, &offset, &bytes), CUDA_ERROR_INVALID_VALUE);
  int value = 0, grid = 0, block = 0;
  OK(cuFuncSetAttribute(function, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, 60000));
  OK(cuFuncGetAttribute(&value, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, function));
  CHECK_EQ(value, 60000);
  CHECK_EQ(cuFuncGetAttribute(&value, CU_FUNC_ATTRIBUTE_MAX, function), CUDA_ERROR_INVALID_VALUE);
  OK(cuOccupancyMaxPotentialBlockSize(&grid, &block, function, nullptr, 0, 100));
  CHECK_EQ(grid > 0 && block > 0 && block <= 100, true);
  launches(function);
}

static void libraries(const char* path) {
  CUlibrary library = nullptr;
  CUkernel kernel = nullptr;
  CUfunction function = nullptr;
  CUmodule module = nullptr;
  OK(cuLibraryLoadFromFile(&library, path, nullptr, nullptr, 0, nullptr, nullptr, 0));
  OK(cuLibraryGetKernel(&kernel, library, "add_value"));
  CHECK_EQ(cuLibraryGetKernel(&kernel, library, "nothing"), CUDA_ERROR_NOT_FOUND);
  unsigned count = 0;
  OK(cuLibraryGetKernelCount(&count, library));
  std::vector<CUkernel> all(count);
  OK(cuLibraryEnumerateKernels(all.data(), count, library));
  OK(cuKernelGetFunction(&function, kernel));
  launches(function);
  launches(reinterpret_cast<CUfunction>(kernel));  // CUDA takes a kernel for a function
  CUlibrary owner = nullptr;
  OK(cuKernelGetLibrary(&owner, kernel));
  CHECK_EQ(owner == library, true);
  OK(cuLibraryGetModule(&module, library));
  CUmodule of_function = nullptr;
  OK(cuFuncGetModule(&of_function, function));
  CHECK_EQ(of_function == module, true);
  CUdeviceptr table = 0;
  size_t bytes = 0;
  OK(cuLibraryGetGlobal(&table, &bytes, library, "table"));
  CHECK_EQ(bytes, 16);
  int value = 0;
  OK(cuKernelGetAttribute(&value, CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK, kernel, 0));
  CHECK_EQ(value, 256);
  OK(cuLibraryUnload(library));
  CHECK_EQ(cuLibraryUnload(library), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQ(cuLaunchKernel(function, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, nullptr), CUDA_ERROR_INVALID_HANDLE);
}

static void links_and_logs(const char* path) {
  char log[100] = "old";
  CUjit_option options[] = {CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES};
  void* values[] = {log, reinterpret_cast<void*>(sizeof log)};
  CUmodule module = nullptr;
  setenv("CROSSWARP_COMMAND", "/nothing", 1);
  CHECK_EQ(cuModuleLoadDataEx(&module, ".version 8.0\n", 2, options, values), CUDA_ERROR_JIT_COMPILER_NOT_FOUND);
  CHECK_EQ(std::strlen(log), reinterpret_cast<size_t>(values[1]));
  CHECK_EQ(std::strlen(log) > 10, true);
  const CUjit_option wrong = static_cast<CUjit_option>(1000);
  CHECK_EQ(cuModuleLoadDataEx(&module, "", 1, const_cast<CUjit_option*>(&wrong), values), CUDA_ERROR_INVALID_VALUE);
  CUlinkState state = nullptr;
  void* image = nullptr;
  size_t bytes = 0;
  OK(cuLinkCreate(0, nullptr, nullptr, &state));
  CHECK_EQ(cuLinkComplete(state, &image, &bytes), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(cuLinkAddFile(state, CU_JIT_INPUT_OBJECT, "/nothing", 0, nullptr, nullptr), CUDA_ERROR_FILE_NOT_FOUND);
  OK(cuLinkAddFile(state, CU_JIT_INPUT_OBJECT, path, 0, nullptr, nullptr));
  OK(cuLinkComplete(state, &image, &bytes));
  OK(cuModuleLoadData(&module, image));
  OK(cuLinkDestroy(state));
  functions(module);
  OK(cuModuleUnload(module));
}

int main(int, char** argv) {
  CUcontext context = nullptr;
  CUmodule module = nullptr;
  OK(cuInit(0));
  OK(cuCtxCreate(&context, 0, 0));
  OK(cuModuleLoad(&module, argv[1]));
  functions(module);
  CUfunction function = nullptr;
  OK(cuModuleGetFunction(&function, module, "add_value"));
  OK(cuModuleUnload(module));
  CHECK_EQ(cuLaunchKernel(function, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, nullptr), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQ(cuModuleLoad(&module, "/nothing"), CUDA_ERROR_FILE_NOT_FOUND);
  libraries(argv[1]);
  links_and_logs(argv[1]);
  cudaFunction_t of_runtime = nullptr;
  OK(cudaGetFuncBySymbol(&of_runtime, &harness::add_value));
  launches(of_runtime);
  OK(cuCtxDestroy(context));
  std::puts("done");
}
