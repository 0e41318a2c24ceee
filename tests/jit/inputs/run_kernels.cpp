// run_kernels FILE KERNEL...: each kernel of a PTX module in one block of 32 threads; prints the 32 numbers that it writes.
#include <cuda.h>

#include <cstdio>
#include <cstdlib>

static void must(CUresult result, const char* what) {
  if (result == CUDA_SUCCESS) return;
  std::printf("%s: error %d\n", what, result);
  std::exit(1);
}
#define OK(call) must(call, #call)

int main(int count, char** words) {
  constexpr unsigned kThreads = 32;
  CUdevice device = 0;
  CUcontext context = nullptr;
  CUmodule module = nullptr;
  CUdeviceptr memory = 0;
  OK(cuInit(0));
  OK(cuDeviceGet(&device, 0));
  OK(cuDevicePrimaryCtxRetain(&context, device));
  OK(cuCtxSetCurrent(context));
  OK(cuModuleLoad(&module, words[1]));
  OK(cuMemAlloc(&memory, kThreads * sizeof(int)));
  for (int i = 2; i < count; i++) {
    CUfunction function = nullptr;
    int given[3] = {5, 60, 700}, results[kThreads];
    void* arguments[] = {&memory, given};
    OK(cuMemsetD32(memory, 0, kThreads));
    OK(cuModuleGetFunction(&function, module, words[i]));
    OK(cuLaunchKernel(function, 1, 1, 1, kThreads, 1, 1, 4 * kThreads, nullptr, arguments, nullptr));
    OK(cuMemcpyDtoH(results, memory, sizeof results));
    for (unsigned n = 0; n < kThreads; n++) std::printf("%d%c", results[n], n + 1 < kThreads ? ' ' : '\n');
  }
}
