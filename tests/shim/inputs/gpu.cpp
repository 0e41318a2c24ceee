// gpu <part>: one program for every GPU device, run against a recording library.
#include <cstdlib>
#include <cstring>

#include "harness.hpp"

using namespace harness;

static void everything() {
  cudaStream_t stream;
  cudaEvent_t start, stop;
  int *memory, host[4] = {1, 2, 3, 4}, value = 5;
  OK(cudaMalloc(reinterpret_cast<void**>(&memory), 16));
  OK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
  OK(cudaEventCreate(&start));
  OK(cudaEventCreateWithFlags(&stop, cudaEventDisableTiming));
  OK(cudaMemcpy(memory, host, 16, cudaMemcpyHostToDevice));
  OK(cudaEventRecord(start, stream));
  OK(launch(&add_value, dim3(2, 3, 4), dim3(8, 4, 2), 100, stream, memory, value));
  OK(cudaEventRecord(stop, stream));
  OK(cudaStreamWaitEvent(nullptr, stop, 0));
  CHECK_EQ(cudaStreamQuery(stream), cudaErrorNotReady);
  CHECK_EQ(cudaGetLastError(), cudaErrorNotReady);
  OK(cudaMemcpyAsync(host, memory, 16, cudaMemcpyDeviceToHost, stream));
  OK(cudaStreamSynchronize(stream));
  CHECK_EQ(host[0], 6);
  OK(cudaMemset(memory, 7, 8));
  OK(cudaMemcpy2D(memory, 4, host, 8, 4, 2, cudaMemcpyHostToDevice));
  OK(cudaMemset2DAsync(memory, 8, 1, 4, 2, stream));
  float ms = 0;
  OK(cudaEventSynchronize(stop));
  OK(cudaEventElapsedTime(&ms, start, stop));
  CHECK_EQ(ms * 2, 3);
  void* arguments[] = {&memory, &memory};
  OK(cudaLaunchCooperativeKernel(&grid_sum, 2, 4, arguments, 0, cudaStreamPerThread));
  OK(cudaMemcpyToSymbol(counter, &value, 4, 0, cudaMemcpyHostToDevice));
  CHECK_EQ(launch(&not_in_module, 1, 1, 0, nullptr), cudaErrorInvalidDeviceFunction);
  CHECK_EQ(launch(&add_value, 1, 513, 0, nullptr, memory, value), cudaErrorLaunchOutOfResources);
  cudaGetLastError();
  void* async = nullptr;
  OK(cudaMallocAsync(&async, 32, stream));
  OK(cudaFreeAsync(async, stream));
  void* pinned = nullptr;
  OK(cudaMallocHost(&pinned, 64));
  OK(cudaFreeHost(pinned));
  OK(cudaEventDestroy(start));
  OK(cudaEventDestroy(stop));
  OK(cudaStreamDestroy(stream));
  OK(cudaFree(memory));
}

static void sharing() {
  cudaMemPoolProps properties = {};
  properties.allocType = cudaMemAllocationTypePinned;
  properties.location.type = cudaMemLocationTypeDevice;
  properties.maxSize = 4096;
  cudaMemPool_t pool;
  unsigned long long value = 5;
  void *memory, *opened, *managed;
  OK(cudaMemPoolCreate(&pool, &properties));
  OK(cudaMemPoolSetAttribute(pool, cudaMemPoolAttrReleaseThreshold, &value));
  OK(cudaMemPoolGetAttribute(pool, cudaMemPoolAttrUsedMemHigh, &value));
  CHECK_EQ(value, 77);
  OK(cudaMallocFromPoolAsync(&memory, 48, pool, nullptr));
  OK(cudaFreeAsync(memory, nullptr));
  OK(cudaMemPoolTrimTo(pool, 9));
  OK(cudaMemPoolDestroy(pool));
  cudaIpcMemHandle_t handle;
  cudaIpcEventHandle_t event_handle;
  cudaEvent_t event, other;
  OK(cudaMalloc(&memory, 16));
  OK(cudaIpcGetMemHandle(&handle, memory));
  OK(cudaIpcOpenMemHandle(&opened, handle, cudaIpcMemLazyEnablePeerAccess));
  OK(cudaIpcCloseMemHandle(opened));
  OK(cudaEventCreateWithFlags(&event, cudaEventInterprocess | cudaEventDisableTiming));
  OK(cudaIpcGetEventHandle(&event_handle, event));
  OK(cudaIpcOpenEventHandle(&other, event_handle));
  OK(cudaEventDestroy(event));
  OK(cudaEventDestroy(other));
  OK(cudaFree(memory));
  OK(cudaMallocManaged(&managed, 64, cudaMemAttachGlobal));
  OK(cudaMemAdvise(managed, 64, cudaMemAdviseSetReadMostly, 0));
  OK(cudaMemPrefetchAsync(managed, 32, cudaCpuDeviceId, nullptr));
  OK(cudaFree(managed));
}

static void reset_destroys_what_is_left() {
  cudaStream_t stream;
  cudaEvent_t event;
  void *memory, *pinned;
  OK(cudaMalloc(&memory, 16));
  OK(cudaMallocHost(&pinned, 16));
  OK(cudaStreamCreate(&stream));
  OK(cudaEventCreate(&event));
  OK(launch(&empty, 1, 1, 0, stream));
  OK(cudaDeviceReset());
  CHECK_EQ(cudaStreamSynchronize(stream), cudaErrorInvalidResourceHandle);
}

static void errors_come_through() { CHECK_EQ(launch(&null_write, 1, 1, 0, nullptr), cudaErrorIllegalAddress); }

static void services() {
  OK(launch(&print_all, 1, 1, 0, nullptr));
  OK(launch(&print_all, 1, 1, 0, nullptr));
  OK(cudaDeviceSynchronize());
  OK(launch(&failing_assert, 1, 1, 0, nullptr));
  CHECK_EQ(cudaDeviceSynchronize(), cudaErrorAssert);
  CHECK_EQ(launch(&empty, 1, 1, 0, nullptr), cudaErrorAssert);
  OK(cudaDeviceReset());
  OK(launch(&empty, 1, 1, 0, nullptr));
  OK(cudaDeviceReset());
}

static void peers() {
  int value = 0;
  OK(cudaDeviceCanAccessPeer(&value, 0, 1));
  CHECK_EQ(value, 1);
  OK(cudaDeviceEnablePeerAccess(1, 0));
  OK(cudaDeviceGetP2PAttribute(&value, cudaDevP2PAttrNativeAtomicSupported, 0, 1));
  OK(cudaDeviceDisablePeerAccess(1));
  CHECK_EQ(cudaDeviceEnablePeerAccess(0, 0), cudaErrorInvalidDevice);
}

static void pool_of_several_processes() {
  cudaMemPoolProps properties = {};
  properties.allocType = cudaMemAllocationTypePinned;
  properties.handleTypes = cudaMemHandleTypePosixFileDescriptor;
  properties.location.type = cudaMemLocationTypeDevice;
  cudaMemPool_t pool, imported;
  cudaMemAccessDesc access = {{cudaMemLocationTypeDevice, 1}, cudaMemAccessFlagsProtReadWrite};
  cudaMemAccessFlags flags;
  cudaMemPoolPtrExportData data;
  int handle = 0;
  void *memory, *same;
  OK(cudaMemPoolCreate(&pool, &properties));
  OK(cudaMemPoolSetAccess(pool, &access, 1));
  OK(cudaMemPoolGetAccess(&flags, pool, &access.location));
  CHECK_EQ(flags, cudaMemAccessFlagsProtReadWrite);
  OK(cudaMemPoolExportToShareableHandle(&handle, pool, cudaMemHandleTypePosixFileDescriptor, 0));
  CHECK_EQ(handle, 9);
  OK(cudaMallocFromPoolAsync(&memory, 48, pool, nullptr));
  OK(cudaMemPoolExportPointer(&data, memory));
  OK(cudaMemPoolImportFromShareableHandle(&imported, reinterpret_cast<void*>(size_t(handle)), cudaMemHandleTypePosixFileDescriptor,
                                          0));
  OK(cudaMemPoolImportPointer(&same, imported, &data));
  OK(cudaFreeAsync(same, nullptr));
  OK(cudaFreeAsync(memory, nullptr));
  OK(cudaMemPoolDestroy(imported));
  OK(cudaMemPoolDestroy(pool));
}

static void limits() {
  const cudaLimit all[] = {cudaLimitStackSize, cudaLimitPrintfFifoSize, cudaLimitMallocHeapSize};
  size_t value = 1;
  for (cudaLimit one : all) {
    OK(cudaDeviceSetLimit(one, 1 << 16));
    OK(cudaDeviceGetLimit(&value, one));
    CHECK_EQ(value, size_t{1} << 16);
  }
  CHECK_EQ(cudaDeviceSetLimit(cudaLimitPersistingL2CacheSize, 1), cudaErrorUnsupportedLimit);
  CHECK_EQ(cudaDeviceGetLimit(&value, cudaLimitPersistingL2CacheSize), cudaErrorUnsupportedLimit);
  cudaGetLastError();
  OK(launch(&print_all, 1, 1, 0, nullptr));
  OK(cudaDeviceSetLimit(cudaLimitPrintfFifoSize, 1 << 12));
  OK(launch(&print_all, 1, 1, 0, nullptr));
  OK(cudaDeviceSynchronize());
  OK(cudaDeviceReset());
}

static void kernels_of_a_library(const char* file) {
  cudaLibrary_t library;
  cudaKernel_t kernels[2] = {}, named;
  unsigned count = 0;
  OK(cudaLibraryLoadFromFile(&library, file, nullptr, nullptr, 0, nullptr, nullptr, 0));
  OK(cudaLibraryGetKernelCount(&count, library));
  CHECK_EQ(count, 1u);
  OK(cudaLibraryEnumerateKernels(kernels, 2, library));
  OK(cudaLibraryGetKernel(&named, library, "add_value"));
  CHECK_EQ(kernels[0] == named, true);
  CHECK_EQ(kernels[1] == nullptr, true);
  size_t offset = 0, bytes = 0;
  OK(cudaFuncGetParamInfo(named, 1, &offset, &bytes));
  CHECK_EQ(offset, 8u);
  CHECK_EQ(bytes, 4u);
  CHECK_EQ(cudaFuncGetParamInfo(named, 2, &offset, &bytes), cudaErrorInvalidValue);
  OK(cudaLibraryUnload(library));
}

static void properties() {
  cudaDeviceProp p;
  OK(cudaGetDeviceProperties(&p, 0));
  std::printf("%s warp %d capability %d.%d threads %d\n", p.name, p.warpSize, p.major, p.minor, p.maxThreadsPerBlock);
}

int main(int, char** argv) {
  const std::string part = argv[1];
  if (part == "everything") everything();
  if (part == "reset") reset_destroys_what_is_left();
  if (part == "errors") errors_come_through();
  if (part == "services") services();
  if (part == "sharing") sharing();
  if (part == "properties") properties();
  if (part == "peers") peers();
  if (part == "pools") pool_of_several_processes();
  if (part == "limits") limits();
  if (part == "kernels") kernels_of_a_library(std::getenv("CW_TEST_LIBRARY"));
  std::puts("done");
}
