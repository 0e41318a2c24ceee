// driver_settings <device.so>: what contexts, devices, streams and functions are set to; copies in every direction; logs, user
// objects.
#include <cuda.h>
#include <cudaProfiler.h>

#include <cstring>

#include "harness.hpp"

static CUdeviceptr words(size_t count) {
  CUdeviceptr memory = 0;
  OK(cuMemAlloc(&memory, 4 * count));
  OK(cuMemsetD32(memory, 0, count));
  return memory;
}

static int value_at(CUdeviceptr memory, size_t index = 0) {
  int value = 0;
  OK(cuMemcpyDtoH(&value, memory + 4 * index, 4));
  return value;
}

static void contexts(CUcontext context) {
  unsigned version = 0, flags = 0;
  OK(cuCtxGetApiVersion(context, &version));
  CHECK_EQ(version > 3000, true);
  OK(cuCtxSetFlags(CU_CTX_SCHED_YIELD));
  OK(cuCtxGetFlags(&flags));
  CHECK_EQ(flags & CU_CTX_SCHED_MASK, CU_CTX_SCHED_YIELD);
  CUfunc_cache cache = CU_FUNC_CACHE_PREFER_NONE;
  OK(cuCtxSetCacheConfig(CU_FUNC_CACHE_PREFER_L1));  // a hint
  OK(cuCtxGetCacheConfig(&cache));
  CHECK_EQ(cache <= CU_FUNC_CACHE_PREFER_EQUAL, true);
  CUsharedconfig banks = CU_SHARED_MEM_CONFIG_EIGHT_BYTE_BANK_SIZE;
  OK(cuCtxSetSharedMemConfig(CU_SHARED_MEM_CONFIG_FOUR_BYTE_BANK_SIZE));
  OK(cuCtxGetSharedMemConfig(&banks));
  CHECK_EQ(banks, CU_SHARED_MEM_CONFIG_FOUR_BYTE_BANK_SIZE);
  OK(cuCtxResetPersistingL2Cache());
  CUevent event = nullptr;
  OK(cuEventCreate(&event, 0));
  OK(cuCtxRecordEvent(context, event));
  OK(cuCtxWaitEvent(context, event));
  OK(cuEventSynchronize(event));
  OK(cuEventRecordWithFlags(event, nullptr, 0));
  OK(cuEventDestroy(event));
}

static void devices() {
  int major = 0, minor = 0, said = 0, supported = 7;
  OK(cuDeviceComputeCapability(&major, &minor, 0));
  OK(cuDeviceGetAttribute(&said, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, 0));
  CHECK_EQ(major, said);
  OK(cuDeviceGetExecAffinitySupport(&supported, CU_EXEC_AFFINITY_TYPE_SM_COUNT, 0));
  CHECK_EQ(supported == 0 || supported == 1, true);
  char bus[32] = "";
  CUdevice device = 7;
  OK(cuDeviceGetPCIBusId(bus, sizeof bus, 0));
  OK(cuDeviceGetByPCIBusId(&device, bus));
  CHECK_EQ(device, 0);
  size_t width = 0;
  OK(cuDeviceGetTexture1DLinearMaxWidth(&width, CU_AD_FORMAT_FLOAT, 1, 0));
  CHECK_EQ(width > 0, true);
  const char* text = nullptr;
  OK(cuGetErrorString(CUDA_ERROR_INVALID_VALUE, &text));
  CHECK_EQ(text != nullptr && *text != 0, true);
  CUmoduleLoadingMode mode;
  OK(cuModuleGetLoadingMode(&mode));
  CHECK_EQ(mode == CU_MODULE_EAGER_LOADING || mode == CU_MODULE_LAZY_LOADING, true);
  CUmemoryPool pool = nullptr, given = nullptr;
  OK(cuDeviceGetDefaultMemPool(&given, 0));
  OK(cuDeviceSetMemPool(0, given));
  OK(cuDeviceGetMemPool(&pool, 0));
  CHECK_SAME(pool, given);
  OK(cuDeviceGraphMemTrim(0));
  cuuint64_t high = 1;
  OK(cuDeviceSetGraphMemAttribute(0, CU_GRAPH_MEM_ATTR_USED_MEM_HIGH, &(high = 0)));
  OK(cuDeviceGetGraphMemAttribute(0, CU_GRAPH_MEM_ATTR_USED_MEM_HIGH, &high));
  CHECK_EQ(high, 0);
  OK(cuProfilerStart());
  OK(cuProfilerStop());
}

static void streams() {
  int least = 0, greatest = 0, priority = 9;
  CUstream stream = nullptr, other = nullptr;
  OK(cuCtxGetStreamPriorityRange(&least, &greatest));
  OK(cuStreamCreateWithPriority(&stream, CU_STREAM_NON_BLOCKING, greatest));
  OK(cuStreamCreate(&other, CU_STREAM_DEFAULT));
  OK(cuStreamGetPriority(stream, &priority));
  CHECK_EQ(priority, greatest);
  unsigned flags = 9;
  OK(cuStreamGetFlags(stream, &flags));
  CHECK_EQ(flags, CU_STREAM_NON_BLOCKING);
  unsigned long long first = 0, second = 0;
  OK(cuStreamGetId(stream, &first));
  OK(cuStreamGetId(other, &second));
  CHECK_EQ(first != second, true);
  CUdevice device = 7;
  OK(cuStreamGetDevice(stream, &device));
  CHECK_EQ(device, 0);
  CUstreamAttrValue set{}, told{};
  set.syncPolicy = CU_SYNC_POLICY_YIELD;
  OK(cuStreamSetAttribute(stream, CU_STREAM_ATTRIBUTE_SYNCHRONIZATION_POLICY, &set));
  OK(cuStreamCopyAttributes(other, stream));
  OK(cuStreamGetAttribute(other, CU_STREAM_ATTRIBUTE_SYNCHRONIZATION_POLICY, &told));
  CHECK_EQ(told.syncPolicy, CU_SYNC_POLICY_YIELD);
  static int calls = 0;
  OK(cuStreamAddCallback(stream, [](CUstream, CUresult, void* data) { ++*static_cast<int*>(data); }, &calls, 0));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(calls, 1);
  CUstreamCaptureMode mode = CU_STREAM_CAPTURE_MODE_RELAXED;
  OK(cuThreadExchangeStreamCaptureMode(&mode));
  CHECK_EQ(mode, CU_STREAM_CAPTURE_MODE_GLOBAL);
  OK(cuThreadExchangeStreamCaptureMode(&mode));
  CHECK_EQ(mode, CU_STREAM_CAPTURE_MODE_RELAXED);
  OK(cuStreamDestroy(stream));
  OK(cuStreamDestroy(other));
}

static void functions(CUfunction function) {
  OK(cuFuncSetCacheConfig(function, CU_FUNC_CACHE_PREFER_SHARED));
  OK(cuFuncSetSharedMemConfig(function, CU_SHARED_MEM_CONFIG_DEFAULT_BANK_SIZE));
  CUfunctionLoadingState state = CU_FUNCTION_LOADING_STATE_UNLOADED;
  OK(cuFuncLoad(function));
  OK(cuFuncIsLoaded(&state, function));
  CHECK_EQ(state, CU_FUNCTION_LOADING_STATE_LOADED);
  size_t bytes = 0;
  OK(cuOccupancyAvailableDynamicSMemPerBlock(&bytes, function, 1, 32));
  CHECK_EQ(bytes > 0, true);
  int blocks = 0, plain = 0;
  OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&plain, function, 64, 0));
  OK(cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(&blocks, function, 64, 0, CU_OCCUPANCY_DEFAULT));
  CHECK_EQ(blocks, plain);
  int grid = 0, block = 0;
  OK(cuOccupancyMaxPotentialBlockSizeWithFlags(&grid, &block, function, nullptr, 0, 0, CU_OCCUPANCY_DEFAULT));
  CHECK_EQ(grid > 0 && block > 0, true);
  CUdeviceptr memory = words(1);
  OK(cuFuncSetBlockShape(function, 2, 1, 1));
  OK(cuFuncSetSharedSize(function, 16));
  OK(cuParamSetv(function, 0, &memory, sizeof memory));
  OK(cuParamSeti(function, 8, 4));
  OK(cuParamSetSize(function, 12));
  OK(cuLaunch(function));
  OK(cuLaunchGridAsync(function, 2, 1, nullptr));
  OK(cuCtxSynchronize());
  CHECK_EQ(value_at(memory), 24);
  OK(cuMemFree(memory));
}

static void copies() {
  const size_t count = 6;
  int source[count] = {1, 2, 3, 4, 5, 6}, result[count] = {};
  CUdeviceptr a = words(count), b = words(count);
  CUstream stream = nullptr;
  CUcontext context = nullptr;
  OK(cuCtxGetCurrent(&context));
  OK(cuStreamCreate(&stream, 0));
  OK(cuMemcpyHtoDAsync(a, source, sizeof source, stream));
  OK(cuMemcpyDtoDAsync(b, a, sizeof source, stream));
  OK(cuMemcpyDtoHAsync(result, b, sizeof source, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(std::memcmp(source, result, sizeof source), 0);
  OK(cuMemcpyDtoD(b, a + 4, 8));
  CHECK_EQ(value_at(b) == 2 && value_at(b, 1) == 3, true);
  OK(cuMemcpy(b, a + 8, 8));
  CHECK_EQ(value_at(b) == 3 && value_at(b, 1) == 4, true);
  OK(cuMemcpyPeer(b, context, a + 12, context, 8));
  CHECK_EQ(value_at(b) == 4 && value_at(b, 1) == 5, true);
  OK(cuMemcpyPeerAsync(b, context, a + 16, context, 8, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(value_at(b) == 5 && value_at(b, 1) == 6, true);
  CUDA_MEMCPY2D flat{};
  flat.srcMemoryType = CU_MEMORYTYPE_HOST;
  flat.srcHost = source;
  flat.srcPitch = 12;
  flat.dstMemoryType = CU_MEMORYTYPE_DEVICE;
  flat.dstDevice = b;
  flat.dstPitch = 8;
  flat.WidthInBytes = 8;
  flat.Height = 2;
  OK(cuMemcpy2DUnaligned(&flat));  // the first two columns of two rows of three
  CHECK_EQ(value_at(b) == 1 && value_at(b, 1) == 2 && value_at(b, 2) == 4 && value_at(b, 3) == 5, true);
  CUDA_MEMCPY3D box{};
  box.srcMemoryType = box.dstMemoryType = CU_MEMORYTYPE_DEVICE;
  box.srcDevice = a;
  box.srcPitch = box.dstPitch = 4;
  box.srcHeight = box.dstHeight = 1;
  box.dstDevice = b;
  box.WidthInBytes = 4;
  box.Height = 1;
  box.Depth = 6;
  OK(cuMemcpy3D(&box));
  CHECK_EQ(value_at(b, 5), 6);
  CUDA_MEMCPY3D_PEER far{};
  far.srcMemoryType = far.dstMemoryType = CU_MEMORYTYPE_DEVICE;
  far.srcContext = far.dstContext = context;
  far.srcDevice = a;
  far.dstDevice = b + 20;
  far.WidthInBytes = 4;
  far.Height = far.Depth = 1;
  OK(cuMemcpy3DPeer(&far));
  CHECK_EQ(value_at(b, 5), 1);
  far.srcDevice = a + 4;
  OK(cuMemcpy3DPeerAsync(&far, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(value_at(b, 5), 2);
  OK(cuMemsetD8(b, 1, 4));
  CHECK_EQ(value_at(b), 0x01010101);
  OK(cuMemsetD2D8(b, 8, 2, 4, 2));  // a column of words
  CHECK_EQ(value_at(b) == 0x02020202 && value_at(b, 2) == 0x02020202 && value_at(b, 1) == 2, true);
  OK(cuMemsetD2D32(b, 8, 7, 1, 2));
  OK(cuMemsetD2D32Async(b + 4, 8, 8, 1, 2, stream));
  OK(cuMemsetD2D16Async(b + 16, 4, 3, 1, 2, stream));  // the lower halves of two words
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(value_at(b) == 7 && value_at(b, 1) == 8 && value_at(b, 2) == 7 && value_at(b, 3) == 8, true);
  CHECK_EQ((value_at(b, 4) & 0xffff) == 3 && (value_at(b, 5) & 0xffff) == 3, true);
  OK(cuMemFree(a));
  OK(cuMemFree(b));
  OK(cuStreamDestroy(stream));
}

static void arrays() {
  CUDA_ARRAY3D_DESCRIPTOR wanted{}, told{};
  wanted.Width = 8;
  wanted.Format = CU_AD_FORMAT_SIGNED_INT32;
  wanted.NumChannels = 1;
  CUarray array = nullptr, other = nullptr;
  OK(cuArray3DCreate(&array, &wanted));
  OK(cuArray3DCreate(&other, &wanted));
  OK(cuArray3DGetDescriptor(&told, array));
  CHECK_EQ(told.Width == 8 && told.Format == CU_AD_FORMAT_SIGNED_INT32 && told.NumChannels == 1, true);
  CUDA_ARRAY_MEMORY_REQUIREMENTS needs{};
  CHECK_EQ(cuArrayGetMemoryRequirements(&needs, array, 0), CUDA_ERROR_INVALID_VALUE);  // only for arrays of deferred mapping
  int source[8] = {1, 2, 3, 4, 5, 6, 7, 8}, result[8] = {};
  CUdeviceptr memory = words(8);
  CUstream stream = nullptr;
  OK(cuStreamCreate(&stream, 0));
  OK(cuMemcpyHtoAAsync(array, 0, source, 32, stream));
  OK(cuStreamSynchronize(stream));
  OK(cuMemcpyAtoA(other, 0, array, 8, 16));
  OK(cuMemcpyAtoD(memory, other, 0, 16));
  CHECK_EQ(value_at(memory) == 3 && value_at(memory, 3) == 6, true);
  OK(cuMemcpyDtoA(other, 16, memory, 16));
  OK(cuMemcpyAtoHAsync(result, other, 0, 32, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(result[0] == 3 && result[3] == 6 && result[4] == 3 && result[7] == 6, true);
  OK(cuArrayDestroy(array));
  OK(cuArrayDestroy(other));
  wanted.Height = 8;
  CUmipmappedArray levels = nullptr;
  OK(cuMipmappedArrayCreate(&levels, &wanted, 2));
  OK(cuMipmappedArrayGetLevel(&array, levels, 1));
  OK(cuArray3DGetDescriptor(&told, array));
  CHECK_EQ(told.Width == 4 && told.Height == 4, true);
  CHECK_EQ(cuMipmappedArrayGetMemoryRequirements(&needs, levels, 0), CUDA_ERROR_INVALID_VALUE);
  OK(cuMipmappedArrayDestroy(levels));
  OK(cuMemFree(memory));
  OK(cuStreamDestroy(stream));
}

static void host_memory() {
  void* memory = nullptr;
  unsigned flags = 0;
  OK(cuMemAllocHost(&memory, 64));
  std::memset(memory, 3, 64);
  OK(cuMemFreeHost(memory));
  OK(cuMemHostAlloc(&memory, 64, CU_MEMHOSTALLOC_PORTABLE | CU_MEMHOSTALLOC_DEVICEMAP));
  OK(cuMemHostGetFlags(&flags, memory));
  CHECK_EQ(flags & CU_MEMHOSTALLOC_PORTABLE, CU_MEMHOSTALLOC_PORTABLE);
  OK(cuMemFreeHost(memory));
  CUdeviceptr managed = 0;
  OK(cuMemAllocManaged(&managed, 4096, CU_MEM_ATTACH_GLOBAL));
  OK(cuMemAdvise(managed, 4096, CU_MEM_ADVISE_SET_READ_MOSTLY, 0));
  int often = 0, wanted = 7;
  OK(cuMemRangeGetAttribute(&often, 4, CU_MEM_RANGE_ATTRIBUTE_READ_MOSTLY, managed, 4096));
  CHECK_EQ(often, 1);
  void* values[] = {&often, &wanted};
  size_t sizes[] = {4, 4};
  CUmem_range_attribute asked[] = {CU_MEM_RANGE_ATTRIBUTE_READ_MOSTLY, CU_MEM_RANGE_ATTRIBUTE_PREFERRED_LOCATION};
  often = 0;
  OK(cuMemRangeGetAttributes(values, sizes, asked, 2, managed, 4096));
  CHECK_EQ(often == 1 && wanted == CU_DEVICE_INVALID, true);
  OK(cuStreamAttachMemAsync(nullptr, managed, 0, CU_MEM_ATTACH_GLOBAL));
  OK(cuMemFree(managed));
  CUdeviceptr plain = words(1);
  int on = 1;
  OK(cuPointerSetAttribute(&on, CU_POINTER_ATTRIBUTE_SYNC_MEMOPS, plain));
  OK(cuMemFree(plain));
}

static int destroyed = 0;

static void user_objects() {
  CUuserObject object = nullptr;
  CUgraph graph = nullptr;
  OK(cuUserObjectCreate(&object, &destroyed, [](void* cell) { ++*static_cast<int*>(cell); }, 1, CU_USER_OBJECT_NO_DESTRUCTOR_SYNC));
  OK(cuUserObjectRetain(object, 1));
  OK(cuUserObjectRelease(object, 1));
  OK(cuGraphCreate(&graph, 0));
  OK(cuGraphRetainUserObject(graph, object, 1, 0));
  OK(cuUserObjectRelease(object, 1));
  CHECK_EQ(destroyed, 0);
  OK(cuGraphReleaseUserObject(graph, object, 1));
  OK(cuGraphDestroy(graph));
  OK(cuCtxSynchronize());
  CHECK_EQ(destroyed, 1);
}

static void logs() {
  CUlogIterator begin = 0;
  OK(cuLogsCurrent(&begin, 0));
  char text[256] = "";
  size_t size = sizeof text;
  OK(cuLogsDumpToMemory(&begin, text, &size, 0));
  CHECK_EQ(size < sizeof text && std::strlen(text) <= size, true);
  CUlogsCallbackHandle handle = nullptr;
  OK(cuLogsRegisterCallback([](void*, CUlogLevel, char*, size_t) {}, nullptr, &handle));
  OK(cuLogsUnregisterCallback(handle));
}

int main(int, char** words) {
  CUcontext context = nullptr;
  CUmodule module = nullptr;
  CUfunction function = nullptr;
  OK(cuInit(0));
  OK(cuCtxCreate(&context, 0, 0));
  OK(cuModuleLoad(&module, words[1]));
  OK(cuModuleGetFunction(&function, module, "add_value"));
  contexts(context);
  devices();
  streams();
  functions(function);
  copies();
  arrays();
  host_memory();
  user_objects();
  logs();
  OK(cuCtxDestroy(context));
  std::puts("done");
}
