// Every kind of node: its parameters come back, its work is done, changes in the graph and in the executable graph, misuse.
#include <cuda_runtime.h>

#include "harness.hpp"

using namespace harness;

static int* numbers;
static int host[4];

static int value(int i = 0) {
  int read = 0;
  OK(cudaMemcpy(&read, numbers + i, 4, cudaMemcpyDeviceToHost));
  return read;
}

static cudaKernelNodeParams adding(void** arguments, unsigned threads = 1) {
  cudaKernelNodeParams parameters = {};
  parameters.func = &add_value;
  parameters.gridDim = dim3(1);
  parameters.blockDim = dim3(threads);
  parameters.kernelParams = arguments;
  return parameters;
}

static cudaMemsetParams setting(unsigned what) { return cudaMemsetParams{numbers, 0, what, 4, 1, 1}; }

static void run(cudaGraph_t graph) {
  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaDeviceSynchronize());
  OK(cudaGraphExecDestroy(exec));
}

static void kernels() {
  cudaGraph_t graph;
  cudaGraphNode_t set, add, second;
  cudaGraphExec_t exec;
  int by = 5;
  void* arguments[] = {&numbers, &by};
  const cudaMemsetParams zero = setting(0);
  cudaKernelNodeParams parameters = adding(arguments), read = {};
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddMemsetNode(&set, graph, nullptr, 0, &zero));
  OK(cudaGraphAddKernelNode(&add, graph, &set, 1, &parameters));
  by = 7;  // the node has its own copy
  OK(cudaGraphKernelNodeGetParams(add, &read));
  CHECK_SAME(read.func, parameters.func);
  CHECK_EQ(*static_cast<int*>(read.kernelParams[1]), 5);
  CHECK_SAME(*static_cast<int**>(read.kernelParams[0]), numbers);
  run(graph);
  CHECK_EQ(value(), 5);
  OK(cudaGraphKernelNodeSetParams(add, &parameters));
  OK(cudaGraphKernelNodeGetParams(add, &read));
  OK(cudaGraphAddKernelNode(&second, graph, &add, 1, &read));  // arguments from another node
  run(graph);
  CHECK_EQ(value(), 14);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  by = 100;
  OK(cudaGraphExecKernelNodeSetParams(exec, second, &parameters));
  OK(cudaGraphLaunch(exec, nullptr));
  CHECK_EQ(value(), 107);
  OK(cudaGraphNodeSetEnabled(exec, add, 0));
  unsigned enabled = 1;
  OK(cudaGraphNodeGetEnabled(exec, add, &enabled));
  CHECK_EQ(enabled, 0);
  OK(cudaGraphLaunch(exec, nullptr));
  CHECK_EQ(value(), 100);
  cudaLaunchAttributeValue attribute = {};
  attribute.cooperative = 1;
  OK(cudaGraphKernelNodeSetAttribute(add, cudaLaunchAttributeCooperative, &attribute));
  OK(cudaGraphKernelNodeCopyAttributes(second, add));
  attribute = {};
  OK(cudaGraphKernelNodeGetAttribute(second, cudaLaunchAttributeCooperative, &attribute));
  CHECK_EQ(attribute.cooperative, 1);
  CHECK_EQ(cudaGraphKernelNodeGetAttribute(set, cudaLaunchAttributeCooperative, &attribute), cudaErrorInvalidValue);
  parameters.blockDim = dim3(4096);
  CHECK_EQ(cudaGraphKernelNodeSetParams(add, &parameters), cudaErrorInvalidConfiguration);
  CHECK_EQ(cudaGraphAddKernelNode(&second, graph, nullptr, 0, &parameters), cudaErrorInvalidConfiguration);
  parameters.func = host;
  CHECK_EQ(cudaGraphAddKernelNode(&second, graph, nullptr, 0, &parameters), cudaErrorInvalidDeviceFunction);
  CHECK_EQ(cudaGraphAddKernelNode(&second, graph, nullptr, 0, nullptr), cudaErrorInvalidValue);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

static void copies() {
  cudaGraph_t graph;
  cudaGraphNode_t to, from, box;
  cudaGraphExec_t exec;
  int source = 11, other = 12;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddMemcpyNode1D(&to, graph, nullptr, 0, numbers, &source, 4, cudaMemcpyHostToDevice));
  cudaMemcpy3DParms description = {}, read = {};
  description.srcPtr = make_cudaPitchedPtr(numbers, 4, 4, 1);
  description.dstPtr = make_cudaPitchedPtr(host, 4, 4, 1);
  description.extent = make_cudaExtent(4, 1, 1);
  description.kind = cudaMemcpyDeviceToHost;
  OK(cudaGraphAddMemcpyNode(&box, graph, &to, 1, &description));
  OK(cudaGraphMemcpyNodeGetParams(box, &read));
  CHECK_SAME(read.dstPtr.ptr, host);
  OK(cudaGraphMemcpyNodeGetParams(to, &read));
  CHECK_EQ(read.extent.width, 4);
  CHECK_SAME(read.srcPtr.ptr, &source);
  run(graph);
  CHECK_EQ(host[0], 11);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphExecMemcpyNodeSetParams1D(exec, to, numbers, &other, 4, cudaMemcpyHostToDevice));
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaDeviceSynchronize());
  CHECK_EQ(host[0], 12);
  OK(cudaGraphMemcpyNodeSetParams1D(to, numbers + 1, &other, 4, cudaMemcpyHostToDevice));
  CHECK_EQ(cudaGraphMemcpyNodeSetParams1D(to, host, &other, 4, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphMemcpyNodeSetParams1D(to, numbers, &other, 4, static_cast<cudaMemcpyKind>(9)), cudaErrorInvalidMemcpyDirection);
  // Symbols.
  source = 31;
  OK(cudaGraphAddMemcpyNodeToSymbol(&to, graph, nullptr, 0, table, &source, 4, 8, cudaMemcpyHostToDevice));
  OK(cudaGraphAddMemcpyNodeFromSymbol(&from, graph, &to, 1, host + 1, table, 4, 8, cudaMemcpyDeviceToHost));
  run(graph);
  CHECK_EQ(host[1], 31);
  OK(cudaGraphMemcpyNodeSetParamsFromSymbol(from, host + 2, table, 4, 12, cudaMemcpyDeviceToHost));
  run(graph);
  CHECK_EQ(host[2], 4);
  CHECK_EQ(cudaGraphMemcpyNodeSetParamsToSymbol(to, table, &source, 8, 12, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphMemcpyNodeSetParamsToSymbol(to, host, &source, 4, 0, cudaMemcpyHostToDevice), cudaErrorInvalidSymbol);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

static void host_functions_events_and_children() {
  cudaGraph_t graph, child;
  cudaGraphNode_t call, record, wait, inner, set;
  cudaGraphExec_t exec;
  cudaEvent_t event, other;
  static int calls = 0;
  cudaHostNodeParams count = {[](void* by) { calls += *static_cast<int*>(by); }, host}, read = {};
  host[0] = 3;
  OK(cudaEventCreate(&event));
  OK(cudaEventCreate(&other));
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphCreate(&child, 0));
  OK(cudaGraphAddHostNode(&call, child, nullptr, 0, &count));
  OK(cudaGraphHostNodeGetParams(call, &read));
  CHECK_SAME(read.userData, host);
  OK(cudaGraphAddChildGraphNode(&inner, graph, nullptr, 0, child));
  OK(cudaGraphAddHostNode(&call, child, nullptr, 0, &count));  // too late for the copy in the node
  OK(cudaGraphAddEventRecordNode(&record, graph, &inner, 1, event));
  OK(cudaGraphAddEventWaitNode(&wait, graph, &record, 1, event));
  cudaEvent_t found = nullptr;
  OK(cudaGraphEventRecordNodeGetEvent(record, &found));
  CHECK_SAME(found, event);
  CHECK_EQ(cudaGraphEventWaitNodeGetEvent(record, &found), cudaErrorInvalidValue);
  const cudaMemsetParams nine = setting(9);
  OK(cudaGraphAddMemsetNode(&set, graph, &wait, 1, &nine));
  run(graph);
  CHECK_EQ(calls, 3);
  CHECK_EQ(value(), 9);
  OK(cudaEventQuery(event));
  cudaGraph_t own = nullptr;
  size_t nodes = 0;
  OK(cudaGraphChildGraphNodeGetGraph(inner, &own));
  OK(cudaGraphGetNodes(own, nullptr, &nodes));
  CHECK_EQ(nodes, 1);
  CHECK_EQ(cudaGraphDestroy(own), cudaErrorInvalidValue);  // goes with its node
  OK(cudaGraphInstantiate(&exec, graph, 0));
  CHECK_EQ(cudaGraphExecChildGraphNodeSetParams(exec, inner, child), cudaErrorInvalidValue);  // two nodes now
  OK(cudaGraphDestroyNode(call));
  OK(cudaGraphExecChildGraphNodeSetParams(exec, inner, child));
  OK(cudaGraphExecEventRecordNodeSetEvent(exec, record, other));
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaDeviceSynchronize());
  CHECK_EQ(calls, 6);
  OK(cudaEventDestroy(other));
  CHECK_EQ(cudaGraphLaunch(exec, nullptr), cudaErrorInvalidResourceHandle);  // its event is gone
  CHECK_EQ(cudaGraphEventWaitNodeSetEvent(wait, other), cudaErrorInvalidResourceHandle);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(child));
  OK(cudaGraphDestroy(graph));
}

static void any_kind() {
  cudaGraph_t graph;
  cudaGraphNode_t nodes[3];
  cudaGraphExec_t exec;
  int by = 2;
  void* arguments[] = {&numbers, &by};
  OK(cudaGraphCreate(&graph, 0));
  cudaGraphNodeParams set = {}, add = {}, nothing = {};
  set.type = cudaGraphNodeTypeMemset;
  set.memset = cudaMemsetParamsV2{numbers, 0, 40, 4, 1, 1};
  add.type = cudaGraphNodeTypeKernel;
  add.kernel.func = &add_value;
  add.kernel.gridDim = add.kernel.blockDim = dim3(1);
  add.kernel.kernelParams = arguments;
  nothing.type = cudaGraphNodeTypeEmpty;
  OK(cudaGraphAddNode(&nodes[0], graph, nullptr, 0, &set));
  OK(cudaGraphAddNode(&nodes[1], graph, &nodes[0], nullptr, 1, &nothing));  // CUDA 13's parameters
  OK(cudaGraphAddNode(&nodes[2], graph, &nodes[1], 1, &add));
  run(graph);
  CHECK_EQ(value(), 42);
  by = 3;
  OK(cudaGraphNodeSetParams(nodes[2], &add));
  OK(cudaGraphInstantiate(&exec, graph, 0));
  set.memset.value = 70;
  OK(cudaGraphExecNodeSetParams(exec, nodes[0], &set));
  OK(cudaGraphLaunch(exec, nullptr));
  CHECK_EQ(value(), 73);
  CHECK_EQ(cudaGraphNodeSetParams(nodes[0], &add), cudaErrorInvalidValue);
  nothing.type = cudaGraphNodeTypeExtSemaphoreWait;
  CHECK_EQ(cudaGraphAddNode(&nodes[1], graph, nullptr, 0, &nothing), cudaErrorNotSupported);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

int main() {
  numbers = device_alloc<int>(4);
  kernels();
  copies();
  host_functions_events_and_children();
  any_kind();
  std::puts("done");
}
