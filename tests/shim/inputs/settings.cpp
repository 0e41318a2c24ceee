// What the process, its devices, streams and functions are set to: told back as it was set. Old names do what new ones do.
#include <cuda_profiler_api.h>
#include <cuda_runtime.h>

#include <cstring>

#include "harness.hpp"

using namespace harness;

static void versions() {
  int driver = 0, runtime = 0;
  OK(cudaDriverGetVersion(&driver));
  OK(cudaRuntimeGetVersion(&runtime));
  CHECK_EQ(runtime, CUDART_VERSION);
  CHECK_EQ(driver >= runtime, true);
  CHECK_EQ(cudaDriverGetVersion(nullptr), cudaErrorInvalidValue);
  cudaGetLastError();
}

static void devices() {
  OK(cudaSetDeviceFlags(cudaDeviceScheduleYield));
  unsigned flags = 0;
  OK(cudaGetDeviceFlags(&flags));
  CHECK_EQ(flags & cudaDeviceScheduleMask, cudaDeviceScheduleYield);
  OK(cudaDeviceSetCacheConfig(cudaFuncCachePreferShared));  // a hint: any of the enumerators may be told
  cudaFuncCache cache = static_cast<cudaFuncCache>(-1);
  OK(cudaDeviceGetCacheConfig(&cache));
  CHECK_EQ(cache >= cudaFuncCachePreferNone && cache <= cudaFuncCachePreferEqual, true);
  OK(cudaDeviceSetSharedMemConfig(cudaSharedMemBankSizeFourByte));
  cudaSharedMemConfig banks = static_cast<cudaSharedMemConfig>(-1);
  OK(cudaDeviceGetSharedMemConfig(&banks));
  CHECK_EQ(banks, cudaSharedMemBankSizeFourByte);
  OK(cudaFuncSetCacheConfig(&add_value, cudaFuncCachePreferL1));
  OK(cudaFuncSetSharedMemConfig(&add_value, cudaSharedMemBankSizeEightByte));
  CHECK_EQ(cudaFuncSetCacheConfig("no kernel", cudaFuncCachePreferL1), cudaErrorInvalidDeviceFunction);
  cudaGetLastError();
  OK(cudaCtxResetPersistingL2Cache());
  size_t width = 0;
  const cudaChannelFormatDesc word = cudaCreateChannelDesc<int>();
  OK(cudaDeviceGetTexture1DLinearMaxWidth(&width, &word, 0));
  cudaDeviceProp properties;
  OK(cudaGetDeviceProperties(&properties, 0));
  CHECK_EQ(width, properties.maxTexture1DLinear);
}

static void streams() {
  cudaStream_t plain, apart;
  OK(cudaStreamCreate(&plain));
  OK(cudaStreamCreateWithFlags(&apart, cudaStreamNonBlocking));
  unsigned flags = 9;
  OK(cudaStreamGetFlags(plain, &flags));
  CHECK_EQ(flags, cudaStreamDefault);
  OK(cudaStreamGetFlags(apart, &flags));
  CHECK_EQ(flags, cudaStreamNonBlocking);
  unsigned long long first = 0, second = 0, again = 0;
  OK(cudaStreamGetId(plain, &first));
  OK(cudaStreamGetId(apart, &second));
  OK(cudaStreamGetId(plain, &again));
  CHECK_EQ(first == again && first != second, true);
  OK(cudaStreamDestroy(plain));
  OK(cudaStreamDestroy(apart));
}

static void functions() {
  size_t bytes = 0;
  OK(cudaOccupancyAvailableDynamicSMemPerBlock(&bytes, &add_value, 1, 64));
  cudaDeviceProp properties;
  OK(cudaGetDeviceProperties(&properties, 0));
  CHECK_EQ(bytes > 0 && bytes <= properties.sharedMemPerMultiprocessor, true);
  double number = 0.1;
  OK(cudaSetDoubleForDevice(&number));  // devices have doubles: nothing is lost
  OK(cudaSetDoubleForHost(&number));
  CHECK_EQ(number == 0.1, true);
  OK(cudaProfilerStart());
  OK(cudaProfilerStop());
}

// Functions of the driver by name: called through the address, they are the driver's.
static void entry_points() {
  void* function = nullptr;
  cudaDriverEntryPointQueryResult found;
  OK(cudaGetDriverEntryPoint("cuDriverGetVersion", &function, cudaEnableDefault, &found));
  CHECK_EQ(found, cudaDriverEntryPointSuccess);
  int version = 0;
  CHECK_EQ(reinterpret_cast<int (*)(int*)>(function)(&version), 0);
  CHECK_EQ(version >= CUDART_VERSION, true);
  OK(cudaGetDriverEntryPoint("cuNoSuchFunction", &function, cudaEnableDefault, &found));
  CHECK_EQ(found, cudaDriverEntryPointSymbolNotFound);
  OK(cudaGetDriverEntryPointByVersion("cuMemAlloc", &function, 12000, cudaEnableDefault, &found));
  CHECK_EQ(function != nullptr && found == cudaDriverEntryPointSuccess, true);
  OK(cudaGetDriverEntryPointByVersion("cuGraphAddNode", &function, 11000, cudaEnableDefault, &found));  // came with 12.2
  CHECK_EQ(function == nullptr && found == cudaDriverEntryPointVersionNotSufficent, true);
}

static void old_names() {
  int* number = device_alloc<int>(1);
  launch(&add_value, dim3(2), dim3(3), 0, nullptr, number, 4);
  OK(cudaThreadSynchronize());
  int value = 0;
  OK(cudaMemcpy(&value, number, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(value, 24);
  OK(cudaThreadExit());  // the device is as at the beginning: the memory is gone
  CHECK_EQ(cudaFree(number), cudaErrorInvalidValue);
  cudaGetLastError();
}

int main() {
  versions();
  devices();
  streams();
  functions();
  entry_points();
  old_names();
  std::puts("done");
}
