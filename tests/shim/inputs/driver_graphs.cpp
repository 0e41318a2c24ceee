// driver_graphs <device.so>: graphs, captures, textures' descriptions, green contexts, batches.
#include <cuda.h>

#include "harness.hpp"

static CUdeviceptr zeros(size_t words) {
  CUdeviceptr memory = 0;
  OK(cuMemAlloc(&memory, 4 * words));
  OK(cuMemsetD32(memory, 0, words));
  return memory;
}

static int value_at(CUdeviceptr memory) {
  int value = 0;
  OK(cuMemcpyDtoH(&value, memory, 4));
  return value;
}

// fill 5 -> add 3 twice -> copy to the second word -> host function
static void explicit_graph(CUfunction function, CUstream stream) {
  CUdeviceptr memory = zeros(4);
  CUgraph graph = nullptr;
  CUgraphNode fill, kernel, copy, call;
  CUgraphExec exec = nullptr;
  OK(cuGraphCreate(&graph, 0));
  CUDA_MEMSET_NODE_PARAMS filling{};
  filling.dst = memory;
  filling.value = 5;
  filling.elementSize = 4;
  filling.width = filling.height = 1;
  OK(cuGraphAddMemsetNode(&fill, graph, nullptr, 0, &filling, nullptr));
  int value = 3;
  void* arguments[] = {&memory, &value};
  CUDA_KERNEL_NODE_PARAMS launch{}, told{};
  launch.func = function;
  launch.gridDimX = launch.gridDimY = launch.gridDimZ = launch.blockDimY = launch.blockDimZ = 1;
  launch.blockDimX = 2;
  launch.kernelParams = arguments;
  OK(cuGraphAddKernelNode(&kernel, graph, &fill, 1, &launch));
  OK(cuGraphKernelNodeGetParams(kernel, &told));
  CHECK_EQ(told.func == function && told.blockDimX == 2, true);
  CUgraphNodeParams any{};
  any.type = CU_GRAPH_NODE_TYPE_MEMCPY;
  CUDA_MEMCPY3D& box = any.memcpy.copyParams;
  box.srcMemoryType = box.dstMemoryType = CU_MEMORYTYPE_DEVICE;
  box.srcDevice = memory;
  box.dstDevice = memory + 4;
  box.WidthInBytes = 4;
  box.Height = box.Depth = 1;
  OK(cuGraphAddNode(&copy, graph, &kernel, nullptr, 1, &any));  // CUDA 13.0's form
  CUDA_MEMCPY3D copied{};
  OK(cuGraphMemcpyNodeGetParams(copy, &copied));
  CHECK_EQ(copied.srcDevice == memory && copied.WidthInBytes == 4, true);
  static int calls = 0;
  CUDA_HOST_NODE_PARAMS host{[](void* data) { ++*static_cast<int*>(data); }, &calls};
  OK(cuGraphAddHostNode(&call, graph, &copy, 1, &host));
  size_t count = 0;
  OK(cuGraphGetNodes(graph, nullptr, &count));
  CHECK_EQ(count, 4);
  OK(cuGraphInstantiate(&exec, graph, 0));
  OK(cuGraphLaunch(exec, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(value_at(memory + 4) == 11 && calls == 1, true);
  value = 10;
  OK(cuGraphExecKernelNodeSetParams(exec, kernel, &launch));
  OK(cuGraphLaunch(exec, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(value_at(memory + 4) == 25 && calls == 2, true);
  CHECK_EQ(cuGraphAddKernelNode(&kernel, graph, nullptr, 0, nullptr), CUDA_ERROR_INVALID_VALUE);
  any.type = CU_GRAPH_NODE_TYPE_BATCH_MEM_OP;
  CHECK_EQ(cuGraphAddNode(&copy, graph, nullptr, 0, &any), CUDA_ERROR_NOT_SUPPORTED);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphDestroy(graph));
  OK(cuMemFree(memory));
}

static void capture(CUfunction function, CUstream stream) {
  CUdeviceptr memory = zeros(1);
  int value = 4;
  void* arguments[] = {&memory, &value};
  CUgraph graph = nullptr;
  CUgraphExec exec = nullptr;
  CUstreamCaptureStatus status;
  OK(cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
  OK(cuLaunchKernel(function, 1, 1, 1, 1, 1, 1, 0, stream, arguments, nullptr));
  CHECK_EQ(cuStreamWriteValue32(stream, memory, 1, 0), CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
  OK(cuStreamIsCapturing(stream, &status));
  CHECK_EQ(status, CU_STREAM_CAPTURE_STATUS_ACTIVE);
  OK(cuStreamEndCapture(stream, &graph));
  OK(cuGraphInstantiate(&exec, graph, 0));
  for (int i = 0; i < 3; ++i) OK(cuGraphLaunch(exec, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(value_at(memory), 12);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphDestroy(graph));
  OK(cuMemFree(memory));
}

static void textures() {
  CUarray array = nullptr;
  const CUDA_ARRAY3D_DESCRIPTOR about{8, 4, 0, CU_AD_FORMAT_UNSIGNED_INT8, 4, 0};
  OK(cuArray3DCreate(&array, &about));
  CUDA_RESOURCE_DESC resource{}, resource_told{};
  resource.resType = CU_RESOURCE_TYPE_ARRAY;
  resource.res.array.hArray = array;
  CUDA_TEXTURE_DESC texture{}, texture_told{};
  texture.addressMode[0] = texture.addressMode[1] = CU_TR_ADDRESS_MODE_CLAMP;
  texture.filterMode = CU_TR_FILTER_MODE_LINEAR;
  texture.flags = CU_TRSF_NORMALIZED_COORDINATES;
  CUtexObject object = 0;
  OK(cuTexObjectCreate(&object, &resource, &texture, nullptr));
  OK(cuTexObjectGetResourceDesc(&resource_told, object));
  CHECK_EQ(resource_told.res.array.hArray == array, true);
  OK(cuTexObjectGetTextureDesc(&texture_told, object));
  CHECK_EQ(texture_told.flags == CU_TRSF_NORMALIZED_COORDINATES && texture_told.addressMode[1] == CU_TR_ADDRESS_MODE_CLAMP, true);
  OK(cuTexObjectDestroy(object));
  texture.flags = 0x1000;
  CHECK_EQ(cuTexObjectCreate(&object, &resource, &texture, nullptr), CUDA_ERROR_INVALID_VALUE);
  CUtexref reference = nullptr;
  CUarray told = nullptr;
  OK(cuTexRefCreate(&reference));
  CHECK_EQ(cuTexRefGetArray(&told, reference), CUDA_ERROR_INVALID_VALUE);
  OK(cuTexRefSetArray(reference, array, CU_TRSA_OVERRIDE_FORMAT));
  OK(cuTexRefGetArray(&told, reference));
  CHECK_EQ(told == array, true);
  OK(cuTexRefDestroy(reference));
  CHECK_EQ(cuTexRefDestroy(reference), CUDA_ERROR_INVALID_VALUE);
  OK(cuArrayDestroy(array));
}

static void green_contexts(CUfunction function) {
  CUdevResource all{}, part{}, rest{};
  CUdevResourceDesc description = nullptr;
  CUgreenCtx green = nullptr, told = nullptr;
  CUstream stream = nullptr;
  unsigned parts = 1;
  OK(cuDeviceGetDevResource(0, &all, CU_DEV_RESOURCE_TYPE_SM));
  OK(cuDevSmResourceSplitByCount(&part, &parts, &all, &rest, 0, 1));
  CHECK_EQ(parts == 1 && part.sm.smCount == 1 && rest.sm.smCount == all.sm.smCount - 1, true);
  CHECK_EQ(cuDevSmResourceSplitByCount(&part, &parts, &all, &rest, 0, all.sm.smCount + 1),
           CUDA_ERROR_INVALID_RESOURCE_CONFIGURATION);
  OK(cuDevResourceGenerateDesc(&description, &part, 1));
  CHECK_EQ(cuGreenCtxCreate(&green, description, 0, 0), CUDA_ERROR_INVALID_VALUE);
  OK(cuGreenCtxCreate(&green, description, 0, CU_GREEN_CTX_DEFAULT_STREAM));
  OK(cuGreenCtxStreamCreate(&stream, green, CU_STREAM_NON_BLOCKING, 0));
  OK(cuStreamGetGreenCtx(stream, &told));
  CHECK_EQ(told == green, true);
  CUcontext context = nullptr;
  OK(cuCtxFromGreenCtx(&context, green));
  OK(cuCtxGetDevResource(context, &rest, CU_DEV_RESOURCE_TYPE_SM));
  CHECK_EQ(rest.sm.smCount, 1);
  CUdeviceptr memory = zeros(1);
  int value = 1;
  void* arguments[] = {&memory, &value};
  OK(cuLaunchKernel(function, 4, 1, 1, 1, 1, 1, 0, stream, arguments, nullptr));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(value_at(memory), 4);
  OK(cuStreamDestroy(stream));
  OK(cuGreenCtxDestroy(green));
  CHECK_EQ(cuGreenCtxDestroy(green), CUDA_ERROR_INVALID_CONTEXT);
  OK(cuMemFree(memory));
}

static void batches(CUstream stream) {
  CUdeviceptr from = zeros(4), to = zeros(4);
  OK(cuMemsetD32(from, 9, 4));
  CUdeviceptr sources[] = {from, from + 8}, targets[] = {to + 4, to};
  size_t sizes[] = {4, 4}, first[] = {0}, failed = 0;
  CUmemcpyAttributes attributes{};
  attributes.srcAccessOrder = CU_MEMCPY_SRC_ACCESS_ORDER_STREAM;
  OK(cuMemcpyBatchAsync(targets, sources, sizes, 2, &attributes, first, 1, &failed, stream));
  OK(cuStreamSynchronize(stream));
  CHECK_EQ(value_at(to) == 9 && value_at(to + 4) == 9 && value_at(to + 8) == 0, true);
  sizes[1] = 400;
  CHECK_EQ(cuMemcpyBatchAsync(targets, sources, sizes, 2, &attributes, first, 1, &failed, stream), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQ(failed, 1);
  CHECK_EQ(cuMemcpyBatchAsync(targets, sources, sizes, 2, &attributes, first, 1, stream == nullptr ? nullptr : &failed, nullptr),
           CUDA_ERROR_INVALID_VALUE);
  CUdeviceptr managed = 0;
  OK(cuMemAllocManaged(&managed, 64, CU_MEM_ATTACH_GLOBAL));
  size_t bytes = 64;
  OK(cuMemDiscardBatchAsync(&managed, &bytes, 1, 0, stream));
  CHECK_EQ(cuMemDiscardBatchAsync(&from, &bytes, 1, 0, stream), CUDA_ERROR_INVALID_VALUE);
  OK(cuMemFree(managed));
  OK(cuMemFree(from));
  OK(cuMemFree(to));
}

int main(int, char** argv) {
  CUcontext context = nullptr;
  CUmodule module = nullptr;
  CUfunction function = nullptr;
  CUstream stream = nullptr;
  OK(cuInit(0));
  OK(cuCtxCreate(&context, 0, 0));
  OK(cuModuleLoad(&module, argv[1]));
  OK(cuModuleGetFunction(&function, module, "add_value"));
  OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
  explicit_graph(function, stream);
  capture(function, stream);
  textures();
  green_contexts(function);
  batches(stream);
  OK(cuStreamDestroy(stream));
  OK(cuCtxDestroy(context));
  std::puts("done");
}
