// New parameters for nodes and for their copies in executable graphs: the next launch does what was set last.
#include <cuda_runtime.h>

#include <cstring>

#include "harness.hpp"

using namespace harness;

static int* numbers;

static int value(int at = 0) {
  int read = 0;
  OK(cudaMemcpy(&read, numbers + at, 4, cudaMemcpyDeviceToHost));
  return read;
}

static void run(cudaGraphExec_t exec) {
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaDeviceSynchronize());
}

static cudaMemsetParams setting(int at, unsigned what) { return cudaMemsetParams{numbers + at, 0, what, 4, 1, 1}; }

static cudaMemcpy3DParms copying(void* to, const void* from, cudaMemcpyKind kind) {
  cudaMemcpy3DParms box = {};
  box.srcPtr = make_cudaPitchedPtr(const_cast<void*>(from), 4, 4, 1);
  box.dstPtr = make_cudaPitchedPtr(to, 4, 4, 1);
  box.extent = make_cudaExtent(4, 1, 1);
  box.kind = kind;
  return box;
}

static void fills() {
  cudaGraph_t graph;
  cudaGraphNode_t node;
  cudaGraphExec_t exec;
  cudaMemsetParams now = setting(0, 5), told;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddMemsetNode(&node, graph, nullptr, 0, &now));
  now = setting(1, 6);
  OK(cudaGraphMemsetNodeSetParams(node, &now));
  OK(cudaGraphMemsetNodeGetParams(node, &told));
  CHECK_EQ(told.dst == numbers + 1 && told.value == 6 && told.elementSize == 4, true);
  OK(cudaGraphInstantiateWithFlags(&exec, graph, 0));
  run(exec);
  CHECK_EQ(value(0), 0);
  CHECK_EQ(value(1), 6);
  now = setting(1, 7);
  OK(cudaGraphExecMemsetNodeSetParams(exec, node, &now));
  run(exec);
  CHECK_EQ(value(1), 7);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

static void copies() {
  cudaGraph_t graph;
  cudaGraphNode_t node;
  cudaGraphExec_t exec;
  int first = 11, second = 12, third = 13;
  cudaMemcpy3DParms box = copying(numbers, &first, cudaMemcpyHostToDevice), told = {};
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddMemcpyNode(&node, graph, nullptr, 0, &box));
  box = copying(numbers + 2, &second, cudaMemcpyHostToDevice);
  OK(cudaGraphMemcpyNodeSetParams(node, &box));
  OK(cudaGraphMemcpyNodeGetParams(node, &told));
  CHECK_SAME(told.dstPtr.ptr, static_cast<void*>(numbers + 2));
  OK(cudaGraphInstantiate(&exec, graph, 0));
  run(exec);
  CHECK_EQ(value(2), 12);
  box = copying(numbers + 2, &third, cudaMemcpyHostToDevice);
  OK(cudaGraphExecMemcpyNodeSetParams(exec, node, &box));
  run(exec);
  CHECK_EQ(value(2), 13);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

static void symbols() {
  cudaGraph_t graph;
  cudaGraphNode_t in, out;
  cudaGraphExec_t exec;
  int first = 21, second = 22, back = 0, instead = 0;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddMemcpyNodeToSymbol(&in, graph, nullptr, 0, counter, &first, 4, 0, cudaMemcpyHostToDevice));
  OK(cudaGraphAddMemcpyNodeFromSymbol(&out, graph, &in, 1, &back, counter, 4, 0, cudaMemcpyDeviceToHost));
  OK(cudaGraphMemcpyNodeSetParamsToSymbol(in, counter, &second, 4, 0, cudaMemcpyHostToDevice));
  OK(cudaGraphInstantiate(&exec, graph, 0));
  run(exec);
  CHECK_EQ(back, 22);
  OK(cudaGraphExecMemcpyNodeSetParamsToSymbol(exec, in, counter, &first, 4, 0, cudaMemcpyHostToDevice));
  OK(cudaGraphExecMemcpyNodeSetParamsFromSymbol(exec, out, &instead, counter, 4, 0, cudaMemcpyDeviceToHost));
  run(exec);
  CHECK_EQ(back, 22);
  CHECK_EQ(instead, 21);
  OK(cudaGraphMemcpyNodeSetParamsFromSymbol(out, &instead, counter, 4, 0, cudaMemcpyDeviceToHost));
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

static int calls[3];

static void host_functions() {
  cudaGraph_t graph;
  cudaGraphNode_t node;
  cudaGraphExec_t exec;
  const auto count = [](void* cell) { ++*static_cast<int*>(cell); };
  cudaHostNodeParams now{count, &calls[0]}, told;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddHostNode(&node, graph, nullptr, 0, &now));
  now.userData = &calls[1];
  OK(cudaGraphHostNodeSetParams(node, &now));
  OK(cudaGraphHostNodeGetParams(node, &told));
  CHECK_SAME(told.userData, static_cast<void*>(&calls[1]));
  OK(cudaGraphInstantiate(&exec, graph, 0));
  run(exec);
  now.userData = &calls[2];
  OK(cudaGraphExecHostNodeSetParams(exec, node, &now));
  run(exec);
  run(exec);
  CHECK_EQ(calls[0] == 0 && calls[1] == 1 && calls[2] == 2, true);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

static void events() {
  cudaGraph_t graph;
  cudaGraphNode_t record, wait;
  cudaGraphExec_t exec;
  cudaEvent_t first, second, told;
  OK(cudaEventCreate(&first));
  OK(cudaEventCreate(&second));
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddEventRecordNode(&record, graph, nullptr, 0, first));
  OK(cudaGraphAddEventWaitNode(&wait, graph, &record, 1, first));
  OK(cudaGraphEventRecordNodeSetEvent(record, second));
  OK(cudaGraphEventWaitNodeSetEvent(wait, second));
  OK(cudaGraphEventRecordNodeGetEvent(record, &told));
  CHECK_SAME(told, second);
  OK(cudaGraphEventWaitNodeGetEvent(wait, &told));
  CHECK_SAME(told, second);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphExecEventRecordNodeSetEvent(exec, record, first));
  OK(cudaGraphExecEventWaitNodeSetEvent(exec, wait, first));
  run(exec);
  float between = -1;
  OK(cudaEventElapsedTime(&between, first, first));                                         // it was recorded
  CHECK_EQ(cudaEventElapsedTime(&between, first, second), cudaErrorInvalidResourceHandle);  // this one never was
  cudaGetLastError();
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
  OK(cudaEventDestroy(first));
  OK(cudaEventDestroy(second));
}

static void memory() {
  cudaGraph_t graph;
  cudaGraphNode_t take, fill, give;
  cudaGraphExec_t exec;
  cudaMemAllocNodeParams wanted = {}, told = {};
  wanted.poolProps.allocType = cudaMemAllocationTypePinned;
  wanted.poolProps.location = {cudaMemLocationTypeDevice, 0};
  wanted.bytesize = 64;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddMemAllocNode(&take, graph, nullptr, 0, &wanted));
  CHECK_EQ(wanted.dptr != nullptr, true);
  OK(cudaGraphMemAllocNodeGetParams(take, &told));
  CHECK_EQ(told.dptr == wanted.dptr && told.bytesize == 64, true);
  const cudaMemsetParams setting{wanted.dptr, 0, 9, 4, 4, 1};
  OK(cudaGraphAddMemsetNode(&fill, graph, &take, 1, &setting));
  OK(cudaGraphAddMemFreeNode(&give, graph, &fill, 1, wanted.dptr));
  void* freed = nullptr;
  OK(cudaGraphMemFreeNodeGetParams(give, &freed));
  CHECK_SAME(freed, wanted.dptr);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  run(exec);
  run(exec);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

int main() {
  numbers = device_alloc<int>(4);
  fills();
  copies();
  symbols();
  host_functions();
  events();
  memory();
  OK(cudaFree(numbers));
  std::puts("done");
}
