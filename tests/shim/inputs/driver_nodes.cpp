// driver_nodes <device.so>: every kind of graph node by the driver API: made, told, changed in the graph and in its executable
// form.
#include <cuda.h>

#include <cstring>

#include "harness.hpp"

static CUdeviceptr numbers;
static CUcontext context;

static int value(size_t index = 0) {
  int read = 0;
  OK(cuMemcpyDtoH(&read, numbers + 4 * index, 4));
  return read;
}

static void run(CUgraphExec exec) {
  OK(cuGraphLaunch(exec, nullptr));
  OK(cuCtxSynchronize());
}

static CUDA_MEMSET_NODE_PARAMS setting(size_t index, unsigned what) {
  CUDA_MEMSET_NODE_PARAMS made{};
  made.dst = numbers + 4 * index;
  made.value = what;
  made.elementSize = 4;
  made.width = made.height = 1;
  return made;
}

static CUDA_MEMCPY3D copying(size_t to, size_t from) {
  CUDA_MEMCPY3D box{};
  box.srcMemoryType = box.dstMemoryType = CU_MEMORYTYPE_DEVICE;
  box.srcDevice = numbers + 4 * from;
  box.dstDevice = numbers + 4 * to;
  box.WidthInBytes = 4;
  box.Height = box.Depth = 1;
  return box;
}

static void fills_and_copies() {
  CUgraph graph;
  CUgraphNode fill, copy, empty;
  CUgraphExec exec;
  CUDA_MEMSET_NODE_PARAMS what = setting(0, 5), told;
  CUDA_MEMCPY3D box = copying(1, 0);
  OK(cuGraphCreate(&graph, 0));
  OK(cuGraphAddMemsetNode(&fill, graph, nullptr, 0, &what, context));
  OK(cuGraphAddEmptyNode(&empty, graph, &fill, 1));
  OK(cuGraphAddMemcpyNode(&copy, graph, &empty, 1, &box, context));
  what.value = 6;
  OK(cuGraphMemsetNodeSetParams(fill, &what));
  OK(cuGraphMemsetNodeGetParams(fill, &told));
  CHECK_EQ(told.value == 6 && told.dst == numbers, true);
  CUgraphNodeType type;
  OK(cuGraphNodeGetType(empty, &type));
  CHECK_EQ(type, CU_GRAPH_NODE_TYPE_EMPTY);
  size_t roots = 1;
  CUgraphNode root = nullptr;
  OK(cuGraphGetRootNodes(graph, &root, &roots));
  CHECK_EQ(roots == 1 && root == fill, true);
  OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
  OK(cuGraphUpload(exec, nullptr));
  run(exec);
  CHECK_EQ(value(1), 6);
  box = copying(2, 0);
  what.value = 7;
  OK(cuGraphExecMemsetNodeSetParams(exec, fill, &what, context));
  OK(cuGraphExecMemcpyNodeSetParams(exec, copy, &box, context));
  run(exec);
  CHECK_EQ(value(1) == 6 && value(2) == 7, true);
  OK(cuGraphMemcpyNodeSetParams(copy, &box));
  unsigned on = 9;
  OK(cuGraphNodeSetEnabled(exec, fill, 0));
  OK(cuGraphNodeGetEnabled(exec, fill, &on));
  CHECK_EQ(on, 0);
  cuuint64_t flags = 9;
  OK(cuGraphExecGetFlags(exec, &flags));
  CHECK_EQ(flags, 0);
  CUgraphExecUpdateResultInfo update{};
  OK(cuGraphExecUpdate(exec, graph, &update));
  CHECK_EQ(update.result, CU_GRAPH_EXEC_UPDATE_SUCCESS);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphDestroyNode(copy));
  size_t count = 0;
  OK(cuGraphGetNodes(graph, nullptr, &count));
  CHECK_EQ(count, 2);
  OK(cuGraphDestroy(graph));
}

static void kernels(CUfunction function) {
  CUgraph graph;
  CUgraphNode node, second;
  int by = 3;
  void* arguments[] = {&numbers, &by};
  CUDA_KERNEL_NODE_PARAMS launch{};
  launch.func = function;
  launch.gridDimX = launch.gridDimY = launch.gridDimZ = launch.blockDimX = launch.blockDimY = launch.blockDimZ = 1;
  launch.kernelParams = arguments;
  OK(cuMemsetD32(numbers, 0, 1));
  OK(cuGraphCreate(&graph, 0));
  OK(cuGraphAddKernelNode(&node, graph, nullptr, 0, &launch));
  OK(cuGraphAddKernelNode(&second, graph, &node, 1, &launch));
  by = 4;
  OK(cuGraphKernelNodeSetParams(node, &launch));
  CUkernelNodeAttrValue set{}, told{};
  set.priority = 0;
  OK(cuGraphKernelNodeSetAttribute(node, CU_KERNEL_NODE_ATTRIBUTE_PRIORITY, &set));
  OK(cuGraphKernelNodeCopyAttributes(second, node));
  OK(cuGraphKernelNodeGetAttribute(second, CU_KERNEL_NODE_ATTRIBUTE_PRIORITY, &told));
  CHECK_EQ(told.priority, 0);
  CUgraphNodeParams any{};
  any.type = CU_GRAPH_NODE_TYPE_KERNEL;
  std::memcpy(&any.kernel, &launch, sizeof launch);
  by = 5;
  OK(cuGraphNodeSetParams(second, &any));
  CUDA_GRAPH_INSTANTIATE_PARAMS how{};
  CUgraphExec exec;
  OK(cuGraphInstantiateWithParams(&exec, graph, &how));
  CHECK_EQ(how.result_out, CUDA_GRAPH_INSTANTIATE_SUCCESS);
  run(exec);
  CHECK_EQ(value(), 9);
  by = 100;
  OK(cuGraphExecNodeSetParams(exec, second, &any));
  run(exec);
  CHECK_EQ(value(), 113);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphDestroy(graph));
}

static int calls[3];

static void host_functions_and_children() {
  CUgraph child, inner, graph, copy;
  CUgraphNode node, below, found, call;
  CUgraphExec exec;
  const auto count = [](void* cell) { ++*static_cast<int*>(cell); };
  CUDA_HOST_NODE_PARAMS now{count, &calls[0]}, told;
  OK(cuGraphCreate(&child, 0));
  OK(cuGraphAddHostNode(&node, child, nullptr, 0, &now));
  now.userData = &calls[1];
  OK(cuGraphHostNodeSetParams(node, &now));
  OK(cuGraphHostNodeGetParams(node, &told));
  CHECK_SAME(told.userData, static_cast<void*>(&calls[1]));
  OK(cuGraphCreate(&graph, 0));
  OK(cuGraphAddChildGraphNode(&below, graph, nullptr, 0, child));
  OK(cuGraphAddHostNode(&call, graph, &below, 1, &now));
  OK(cuGraphChildGraphNodeGetGraph(below, &inner));
  size_t nodes = 0;
  OK(cuGraphGetNodes(inner, nullptr, &nodes));
  CHECK_EQ(nodes, 1);
  OK(cuGraphClone(&copy, graph));
  OK(cuGraphNodeFindInClone(&found, below, copy));
  CHECK_EQ(found != nullptr && found != below, true);
  OK(cuGraphInstantiate(&exec, copy, 0));
  run(exec);
  CHECK_EQ(calls[0] == 0 && calls[1] == 2, true);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphInstantiate(&exec, graph, 0));
  now.userData = &calls[2];
  OK(cuGraphExecHostNodeSetParams(exec, call, &now));
  OK(cuGraphHostNodeSetParams(node, &now));
  OK(cuGraphExecChildGraphNodeSetParams(exec, below, child));
  run(exec);
  CHECK_EQ(calls[1] == 2 && calls[2] == 2, true);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphDestroy(copy));
  OK(cuGraphDestroy(graph));
  OK(cuGraphDestroy(child));
}

static void events() {
  CUgraph graph;
  CUgraphNode record, wait;
  CUgraphExec exec;
  CUevent first, second, told;
  OK(cuEventCreate(&first, 0));
  OK(cuEventCreate(&second, 0));
  OK(cuGraphCreate(&graph, 0));
  OK(cuGraphAddEventRecordNode(&record, graph, nullptr, 0, first));
  OK(cuGraphAddEventWaitNode(&wait, graph, &record, 1, first));
  OK(cuGraphEventRecordNodeSetEvent(record, second));
  OK(cuGraphEventWaitNodeSetEvent(wait, second));
  OK(cuGraphEventRecordNodeGetEvent(record, &told));
  CHECK_SAME(told, second);
  OK(cuGraphEventWaitNodeGetEvent(wait, &told));
  CHECK_SAME(told, second);
  OK(cuGraphInstantiate(&exec, graph, 0));
  OK(cuGraphExecEventRecordNodeSetEvent(exec, record, first));
  OK(cuGraphExecEventWaitNodeSetEvent(exec, wait, first));
  run(exec);
  float between = -1;
  OK(cuEventElapsedTime(&between, first, first));
  CHECK_EQ(cuEventElapsedTime(&between, first, second), CUDA_ERROR_INVALID_HANDLE);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphDestroy(graph));
  OK(cuEventDestroy(first));
  OK(cuEventDestroy(second));
}

static void memory() {
  CUgraph graph;
  CUgraphNode take, give;
  CUgraphExec exec;
  CUDA_MEM_ALLOC_NODE_PARAMS wanted{}, told{};
  wanted.poolProps.allocType = CU_MEM_ALLOCATION_TYPE_PINNED;
  wanted.poolProps.location = {CU_MEM_LOCATION_TYPE_DEVICE, 0};
  wanted.bytesize = 64;
  OK(cuGraphCreate(&graph, 0));
  OK(cuGraphAddMemAllocNode(&take, graph, nullptr, 0, &wanted));
  OK(cuGraphMemAllocNodeGetParams(take, &told));
  CHECK_EQ(told.dptr == wanted.dptr && told.bytesize == 64, true);
  OK(cuGraphAddMemFreeNode(&give, graph, &take, 1, wanted.dptr));
  CUdeviceptr freed = 0;
  OK(cuGraphMemFreeNodeGetParams(give, &freed));
  CHECK_EQ(freed, wanted.dptr);
  OK(cuGraphInstantiate(&exec, graph, 0));
  run(exec);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphDestroy(graph));
}

static void capture_into(CUfunction function) {
  CUgraph graph;
  CUgraphNode fill;
  CUstream stream;
  CUgraphExec exec;
  CUDA_MEMSET_NODE_PARAMS zero = setting(0, 1);
  int by = 2;
  void* arguments[] = {&numbers, &by};
  OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
  OK(cuGraphCreate(&graph, 0));
  OK(cuGraphAddMemsetNode(&fill, graph, nullptr, 0, &zero, context));
  OK(cuStreamBeginCaptureToGraph(stream, graph, &fill, nullptr, 1, CU_STREAM_CAPTURE_MODE_GLOBAL));
  OK(cuLaunchKernel(function, 1, 1, 1, 4, 1, 1, 0, stream, arguments, nullptr));
  CUgraph same = nullptr;
  OK(cuStreamEndCapture(stream, &same));
  CHECK_SAME(same, graph);
  OK(cuGraphInstantiate(&exec, graph, 0));
  run(exec);
  CHECK_EQ(value(), 9);
  OK(cuGraphExecDestroy(exec));
  OK(cuGraphDestroy(graph));
  OK(cuStreamDestroy(stream));
}

int main(int, char** words) {
  CUmodule module = nullptr;
  CUfunction function = nullptr;
  OK(cuInit(0));
  OK(cuCtxCreate(&context, 0, 0));
  OK(cuModuleLoad(&module, words[1]));
  OK(cuModuleGetFunction(&function, module, "add_value"));
  OK(cuMemAlloc(&numbers, 16));
  OK(cuMemsetD32(numbers, 0, 4));
  fills_and_copies();
  kernels(function);
  host_functions_and_children();
  events();
  memory();
  capture_into(function);
  OK(cuMemFree(numbers));
  OK(cuCtxDestroy(context));
  std::puts("done");
}
