// The smaller families of the runtime API: stream attributes, launch attributes, occupancy of clusters, functions as handles,
// libraries, logs, notifications, atomic capabilities, old names.
#include <cstring>

#include "harness.hpp"

using namespace harness;

#define FAILS(call, error)               \
  do {                                   \
    CHECK_EQ(call, error);               \
    CHECK_EQ(cudaGetLastError(), error); \
  } while (0)

static void stream_attributes() {
  cudaStream_t a, b;
  OK(cudaStreamCreateWithPriority(&a, cudaStreamNonBlocking, -1));
  OK(cudaStreamCreate(&b));
  cudaLaunchAttributeValue value = {};
  OK(cudaStreamGetAttribute(a, cudaLaunchAttributePriority, &value));
  CHECK_EQ(value.priority, -1);
  value.priority = -1000;
  OK(cudaStreamSetAttribute(a, cudaLaunchAttributePriority, &value));
  int least, greatest, priority;
  OK(cudaDeviceGetStreamPriorityRange(&least, &greatest));
  OK(cudaStreamGetPriority(a, &priority));
  CHECK_EQ(priority, greatest);
  OK(cudaStreamGetAttribute(a, cudaLaunchAttributeSynchronizationPolicy, &value));
  CHECK_EQ(value.syncPolicy, cudaSyncPolicyAuto);
  value.syncPolicy = cudaSyncPolicyYield;
  OK(cudaStreamSetAttribute(a, cudaLaunchAttributeSynchronizationPolicy, &value));
  value.syncPolicy = static_cast<cudaSynchronizationPolicy>(9);
  FAILS(cudaStreamSetAttribute(a, cudaLaunchAttributeSynchronizationPolicy, &value), cudaErrorInvalidValue);
  FAILS(cudaStreamSetAttribute(a, cudaLaunchAttributeCooperative, &value), cudaErrorInvalidValue);
  OK(cudaStreamCopyAttributes(b, a));
  OK(cudaStreamGetAttribute(b, cudaLaunchAttributeSynchronizationPolicy, &value));
  CHECK_EQ(value.syncPolicy, cudaSyncPolicyYield);
  OK(cudaStreamGetPriority(b, &priority));
  CHECK_EQ(priority, greatest);
  OK(cudaStreamDestroy(b));
  FAILS(cudaStreamCopyAttributes(b, a), cudaErrorInvalidResourceHandle);
  OK(cudaStreamDestroy(a));
}

static cudaError_t launch_with(cudaLaunchAttribute* list, unsigned count, int* memory, dim3 grid = 4) {
  cudaLaunchConfig_t config = {};
  config.gridDim = grid;
  config.blockDim = 8;
  config.attrs = list;
  config.numAttrs = count;
  int value = 1;
  void* arguments[] = {&memory, &value};
  return cudaLaunchKernelExC(&config, &add_value, arguments);
}

static void launch_attributes() {
  int* memory = device_alloc<int>(1);
  cudaEvent_t event;
  OK(cudaEventCreate(&event));
  cudaLaunchAttribute list[3] = {};
  list[0].id = cudaLaunchAttributePriority;
  list[0].val.priority = -2;
  list[1].id = cudaLaunchAttributeProgrammaticStreamSerialization;
  list[1].val.programmaticStreamSerializationAllowed = 1;
  list[2].id = cudaLaunchAttributeLaunchCompletionEvent;
  list[2].val.launchCompletionEvent.event = event;
  OK(launch_with(list, 3, memory));
  OK(cudaEventSynchronize(event));
  int got = 0;
  OK(cudaMemcpy(&got, memory, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(got, 32);
  list[0].id = cudaLaunchAttributeClusterDimension;
  list[0].val.clusterDim.x = 2, list[0].val.clusterDim.y = list[0].val.clusterDim.z = 1;
  OK(launch_with(list, 1, memory));
  FAILS(launch_with(list, 1, memory, 3), cudaErrorInvalidClusterSize);
  list[0].val.clusterDim.x = 16;
  FAILS(launch_with(list, 1, memory, 16), cudaErrorInvalidClusterSize);
  OK(cudaFuncSetAttribute(&add_value, cudaFuncAttributeNonPortableClusterSizeAllowed, 1));
  OK(launch_with(list, 1, memory, 16));
  list[0].id = static_cast<cudaLaunchAttributeID>(99);
  FAILS(launch_with(list, 1, memory), cudaErrorInvalidValue);
  list[0].id = cudaLaunchAttributeDeviceUpdatableKernelNode;
  list[0].val.deviceUpdatableKernelNode.deviceUpdatable = 1;
  FAILS(launch_with(list, 1, memory), cudaErrorNotSupported);
  FAILS(launch_with(nullptr, 1, memory), cudaErrorInvalidValue);
  OK(cudaDeviceSynchronize());
  OK(cudaEventDestroy(event));
  OK(cudaFree(memory));
}

static void clusters() {
  cudaLaunchAttribute attribute = {};
  attribute.id = cudaLaunchAttributeClusterDimension;
  attribute.val.clusterDim.x = 2, attribute.val.clusterDim.y = attribute.val.clusterDim.z = 1;
  cudaLaunchConfig_t config = {};
  config.gridDim = 4;
  config.blockDim = 128;
  config.attrs = &attribute;
  config.numAttrs = 1;
  int clusters = 0, blocks = 0, processors = 0, size = 0;
  OK(cudaOccupancyMaxActiveClusters(&clusters, &empty, &config));
  OK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, &empty, 128, 0));
  OK(cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, 0));
  CHECK_EQ(clusters, blocks * processors / 2);
  OK(cudaOccupancyMaxPotentialClusterSize(&size, &empty, &config));
  CHECK_EQ(size, 8);
  config.blockDim = 0;
  FAILS(cudaOccupancyMaxActiveClusters(&clusters, &empty, &config), cudaErrorInvalidConfiguration);
  FAILS(cudaOccupancyMaxActiveClusters(nullptr, &empty, &config), cudaErrorInvalidValue);
}

static void functions() {
  size_t offset = 99, size = 0;
  OK(cudaFuncGetParamInfo(&add_value, 1, &offset, &size));
  CHECK_EQ(offset, 8);
  CHECK_EQ(size, 4);
  OK(cudaFuncGetParamInfo(&add_value, 0, &offset, nullptr));
  CHECK_EQ(offset, 0);
  FAILS(cudaFuncGetParamInfo(&add_value, 2, &offset, &size), cudaErrorInvalidValue);
  FAILS(cudaFuncGetParamInfo(&add_value, 0, nullptr, &size), cudaErrorInvalidValue);
  cudaFunction_t function;
  cudaKernel_t kernel;
  OK(cudaGetFuncBySymbol(&function, &add_value));
  OK(cudaGetKernel(&kernel, &add_value));
  FAILS(cudaGetFuncBySymbol(&function, "no kernel"), cudaErrorInvalidDeviceFunction);
  FAILS(cudaGetKernel(&kernel, "no kernel"), cudaErrorInvalidDeviceFunction);
  int* memory = device_alloc<int>(1);
  OK(launch(function, 1, 4, 0, nullptr, memory, 10));
  OK(launch(kernel, 1, 4, 0, nullptr, memory, 1));
  int got = 0;
  OK(cudaMemcpy(&got, memory, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(got, 44);
  OK(cudaKernelSetAttributeForDevice(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, 60000, 0));
  cudaFuncAttributes attributes;
  OK(cudaFuncGetAttributes(&attributes, &add_value));
  CHECK_EQ(attributes.maxDynamicSharedSizeBytes, 60000);
  FAILS(cudaKernelSetAttributeForDevice(kernel, cudaFuncAttributePreferredSharedMemoryCarveout, 50, 99), cudaErrorInvalidDevice);
  FAILS(cudaFuncSetAttribute(&add_value, cudaFuncAttributeClusterDimMustBeSet, 1), cudaErrorInvalidValue);
  OK(cudaFuncSetAttribute(&add_value, cudaFuncAttributePreferredSharedMemoryCarveout, 30));
  OK(cudaFuncGetAttributes(&attributes, &add_value));
  CHECK_EQ(attributes.preferredShmemCarveout, 30);
  OK(cudaFree(memory));
}

static void libraries() {
  cudaLibrary_t library;
  cudaKernel_t kernel, same;
  unsigned count = 0;
  OK(cudaLibraryLoadData(&library, wrapper.data, nullptr, nullptr, 0, nullptr, nullptr, 0));
  OK(cudaLibraryGetKernelCount(&count, library));
  std::vector<cudaKernel_t> all(count + 1);
  OK(cudaLibraryEnumerateKernels(all.data(), count + 1, library));
  CHECK_EQ(all[count] == nullptr, true);
  OK(cudaLibraryGetKernel(&kernel, library, "add_value"));
  OK(cudaLibraryGetKernel(&same, library, "add_value"));
  CHECK_EQ(kernel == same, true);
  const char* name;
  OK(cudaFuncGetName(&name, kernel));
  CHECK_EQ(std::strcmp(name, "add_value"), 0);
  int* memory = device_alloc<int>(1);
  OK(launch(kernel, 2, 4, 0, nullptr, memory, 3));
  int got = 0;
  OK(cudaMemcpy(&got, memory, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(got, 24);
  // The library has its own variables.
  void *mine, *own;
  size_t bytes = 0;
  OK(cudaLibraryGetGlobal(&mine, &bytes, library, "counter"));
  CHECK_EQ(bytes, 4);
  OK(cudaGetSymbolAddress(&own, counter));
  CHECK_EQ(mine != own, true);
  OK(cudaMemcpy(mine, &got, 4, cudaMemcpyHostToDevice));
  OK(cudaLibraryGetManaged(&mine, &bytes, library, "managed_value"));
  CHECK_EQ(*static_cast<int*>(mine), 7);
  FAILS(cudaLibraryGetManaged(&mine, &bytes, library, "counter"), cudaErrorSymbolNotFound);
  FAILS(cudaLibraryGetGlobal(&mine, &bytes, library, "nothing"), cudaErrorSymbolNotFound);
  FAILS(cudaLibraryGetKernel(&same, library, "nothing"), cudaErrorSymbolNotFound);
  FAILS(cudaLibraryGetUnifiedFunction(&mine, library, "add_value"), cudaErrorSymbolNotFound);
  // After a reset the handles still mean the same kernels.
  OK(cudaDeviceReset());
  memory = device_alloc<int>(1);
  OK(launch(kernel, 1, 4, 0, nullptr, memory, 3));
  OK(cudaDeviceSynchronize());
  OK(cudaLibraryUnload(library));
  FAILS(cudaLibraryUnload(library), cudaErrorInvalidResourceHandle);
  FAILS(launch(kernel, 1, 4, 0, nullptr, memory, 3), cudaErrorInvalidDeviceFunction);
  FAILS(cudaLibraryGetKernel(&kernel, library, "add_value"), cudaErrorInvalidResourceHandle);
  FAILS(cudaLibraryLoadData(&library, nullptr, nullptr, nullptr, 0, nullptr, nullptr, 0), cudaErrorInvalidValue);
  FAILS(cudaLibraryLoadData(&library, "no device code", nullptr, nullptr, 0, nullptr, nullptr, 0), cudaErrorInvalidKernelImage);
  FAILS(cudaLibraryLoadFromFile(&library, "/nonexistent", nullptr, nullptr, 0, nullptr, nullptr, 0), cudaErrorFileNotFound);
  OK(cudaLibraryLoadFromFile(&library, std::getenv("CW_TEST_FATBIN"), nullptr, nullptr, 0, nullptr, nullptr, 0));
  OK(cudaLibraryGetKernel(&kernel, library, "add_value"));
  OK(cudaLibraryUnload(library));
}

static void note(void* data, cudaLogLevel level, char* message, size_t length) {
  CHECK_EQ(level, cudaLogLevelError);
  CHECK_EQ(std::strlen(message), length);
  static_cast<std::string*>(data)->append(message);
}

static void logs() {
  cudaLogIterator from = 0;
  std::string heard;
  cudaLogsCallbackHandle handle;
  OK(cudaLogsCurrent(&from, 0));
  OK(cudaLogsRegisterCallback(note, &heard, &handle));
  const void* table;
  cudaUUID_t id = {};
  FAILS(cudaGetExportTable(&table, &id), cudaErrorNotSupported);  // says so
  OK(cudaLogsUnregisterCallback(handle));
  FAILS(cudaLogsUnregisterCallback(handle), cudaErrorInvalidValue);
  const std::string want = "crosswarp: cudaGetExportTable is not supported\n";
  CHECK_EQ(heard == want, true);
  char text[512];
  size_t size = sizeof text;
  cudaLogIterator position = from;
  OK(cudaLogsDumpToMemory(&position, text, &size, 0));
  CHECK_EQ(want == text, true);
  CHECK_EQ(size, want.size());
  CHECK_EQ(position, from + 1);
  size = sizeof text;
  OK(cudaLogsDumpToMemory(&position, text, &size, 0));
  CHECK_EQ(size, 0);
  FAILS(cudaLogsDumpToFile(nullptr, "/nonexistent/log", 0), cudaErrorInvalidValue);
  FAILS(cudaLogsCurrent(nullptr, 0), cudaErrorInvalidValue);
}

static void device_calls() {
  cudaAsyncCallbackHandle_t handle;
  const cudaAsyncCallback ignore = [](cudaAsyncNotificationInfo_t*, void*, cudaAsyncCallbackHandle_t) {};
  OK(cudaDeviceRegisterAsyncNotification(0, ignore, nullptr, &handle));
  OK(cudaDeviceUnregisterAsyncNotification(0, handle));
  FAILS(cudaDeviceUnregisterAsyncNotification(0, handle), cudaErrorInvalidValue);
  FAILS(cudaDeviceRegisterAsyncNotification(7, ignore, nullptr, &handle), cudaErrorInvalidDevice);
  OK(cudaDeviceFlushGPUDirectRDMAWrites(cudaFlushGPUDirectRDMAWritesTargetCurrentDevice, cudaFlushGPUDirectRDMAWritesToOwner));
  const cudaAtomicOperation operations[] = {cudaAtomicOperationCAS, cudaAtomicOperationFloatAdd};
  unsigned capabilities[2];
  OK(cudaDeviceGetHostAtomicCapabilities(capabilities, operations, 2, 0));
  CHECK_EQ(capabilities[0], cudaAtomicCapabilityScalar32 | cudaAtomicCapabilityScalar64 | cudaAtomicCapabilityScalar128);
  CHECK_EQ(capabilities[1] & cudaAtomicCapabilityScalar64, cudaAtomicCapabilityScalar64);
  FAILS(cudaDeviceGetHostAtomicCapabilities(capabilities, operations, 0, 0), cudaErrorInvalidValue);
  FAILS(cudaDeviceGetP2PAtomicCapabilities(capabilities, operations, 2, 0, 0), cudaErrorInvalidDevice);
}

static void old_names() {
  size_t value = 0;
  OK(cudaThreadSetLimit(cudaLimitStackSize, 4096));
  OK(cudaThreadGetLimit(&value, cudaLimitStackSize));
  CHECK_EQ(value, 4096);
  cudaFuncCache config;
  OK(cudaThreadSetCacheConfig(cudaFuncCachePreferL1));
  OK(cudaThreadGetCacheConfig(&config));
  cudaStream_t stream;
  OK(cudaStreamCreate(&stream));
  int* memory = device_alloc<int>(2);
  void* arguments[] = {&memory, &memory};
  cudaLaunchParams one = {&grid_sum, 2, 4, arguments, 0, stream};
  OK(cudaLaunchCooperativeKernelMultiDevice(&one, 1, 0));
  FAILS(cudaLaunchCooperativeKernelMultiDevice(&one, 2, 0), cudaErrorNotSupported);
  FAILS(cudaLaunchCooperativeKernelMultiDevice(nullptr, 1, 0), cudaErrorInvalidValue);
  OK(cudaStreamSynchronize(stream));
  OK(cudaStreamDestroy(stream));
}

int main() {
  stream_attributes();
  launch_attributes();
  clusters();
  functions();
  libraries();
  logs();
  device_calls();
  old_names();
  std::puts("done");
}
