// Stream capture: what a capture refuses, forks and joins, modes, capture into a given graph, external events, nested graphs.
#include <cuda_runtime.h>

#include <thread>

#include "harness.hpp"

using namespace harness;

static int* numbers;
static cudaStream_t a, b;
static cudaEvent_t event;

static int value() {
  int read = 0;
  OK(cudaMemcpy(&read, numbers, 4, cudaMemcpyDeviceToHost));
  return read;
}

static void begin(cudaStreamCaptureMode mode = cudaStreamCaptureModeRelaxed) { OK(cudaStreamBeginCapture(a, mode)); }

static void ends_with(cudaError_t expected) {
  cudaGraph_t graph = nullptr;
  CHECK_EQ(cudaStreamEndCapture(a, &graph), expected);
  CHECK_EQ(graph == nullptr, expected != cudaSuccess);
  if (graph != nullptr) OK(cudaGraphDestroy(graph));
  cudaGetLastError();
}

static void what_a_capture_refuses() {
  cudaStreamCaptureStatus status;
  begin();
  CHECK_EQ(cudaStreamBeginCapture(a, cudaStreamCaptureModeRelaxed), cudaErrorIllegalState);
  CHECK_EQ(cudaStreamQuery(a), cudaErrorStreamCaptureUnsupported);
  OK(cudaStreamIsCapturing(a, &status));
  CHECK_EQ(status, cudaStreamCaptureStatusInvalidated);
  CHECK_EQ(launch(&add_value, 1, 1, 0, a, numbers, 1), cudaErrorStreamCaptureInvalidated);
  ends_with(cudaErrorStreamCaptureInvalidated);
  begin();
  CHECK_EQ(cudaStreamAddCallback(a, [](cudaStream_t, cudaError_t, void*) {}, nullptr, 0), cudaErrorStreamCaptureUnsupported);
  ends_with(cudaErrorStreamCaptureInvalidated);
  // The legacy stream waits for blocking streams, and a capture cannot be waited for.
  begin();
  CHECK_EQ(launch(&add_value, 1, 1, 0, nullptr, numbers, 1), cudaErrorStreamCaptureImplicit);
  CHECK_EQ(cudaMemset(numbers, 0, 4), cudaErrorStreamCaptureImplicit);
  CHECK_EQ(cudaStreamIsCapturing(nullptr, &status), cudaErrorStreamCaptureImplicit);
  ends_with(cudaSuccess);
  // Events: recorded outside, recorded inside and asked for.
  begin();
  OK(cudaEventRecord(event, b));
  CHECK_EQ(cudaStreamWaitEvent(a, event, 0), cudaErrorStreamCaptureIsolation);
  ends_with(cudaErrorStreamCaptureInvalidated);
  begin();
  OK(cudaEventRecord(event, a));
  CHECK_EQ(cudaEventQuery(event), cudaErrorCapturedEvent);
  CHECK_EQ(cudaEventSynchronize(event), cudaErrorCapturedEvent);
  ends_with(cudaSuccess);
  OK(cudaEventSynchronize(event));
  // Two captures do not meet.
  begin();
  OK(cudaStreamBeginCapture(b, cudaStreamCaptureModeRelaxed));
  OK(cudaEventRecord(event, b));
  CHECK_EQ(cudaStreamWaitEvent(a, event, 0), cudaErrorStreamCaptureMerge);
  cudaGraph_t graph;
  CHECK_EQ(cudaStreamEndCapture(b, &graph), cudaErrorStreamCaptureInvalidated);
  ends_with(cudaErrorStreamCaptureInvalidated);
}

static void forks_and_joins() {
  cudaGraph_t graph;
  begin();
  OK(cudaEventRecord(event, a));
  OK(cudaStreamWaitEvent(b, event, 0));
  OK(launch(&add_value, 1, 1, 0, b, numbers, 1));
  CHECK_EQ(cudaStreamEndCapture(b, &graph), cudaErrorStreamCaptureUnmatched);
  ends_with(cudaErrorStreamCaptureUnjoined);
  // A stream that was joined may go before the capture ends.
  cudaStream_t short_lived;
  OK(cudaStreamCreate(&short_lived));
  begin();
  OK(cudaEventRecord(event, a));
  OK(cudaStreamWaitEvent(short_lived, event, 0));
  OK(launch(&add_value, 1, 1, 0, short_lived, numbers, 1));
  OK(cudaEventRecord(event, short_lived));
  OK(cudaStreamWaitEvent(a, event, 0));
  OK(cudaStreamDestroy(short_lived));
  ends_with(cudaSuccess);
  OK(cudaStreamCreate(&short_lived));
  begin();
  OK(cudaEventRecord(event, a));
  OK(cudaStreamWaitEvent(short_lived, event, 0));
  OK(launch(&add_value, 1, 1, 0, short_lived, numbers, 1));
  OK(cudaStreamDestroy(short_lived));
  ends_with(cudaErrorStreamCaptureUnjoined);
}

static void modes() {
  void* memory = nullptr;
  begin(cudaStreamCaptureModeGlobal);
  CHECK_EQ(cudaMalloc(&memory, 16), cudaErrorStreamCaptureUnsupported);
  ends_with(cudaErrorStreamCaptureInvalidated);
  begin(cudaStreamCaptureModeGlobal);
  cudaStreamCaptureMode mode = cudaStreamCaptureModeRelaxed;
  OK(cudaThreadExchangeStreamCaptureMode(&mode));
  CHECK_EQ(mode, cudaStreamCaptureModeGlobal);
  OK(cudaMalloc(&memory, 16));
  OK(cudaFree(memory));
  OK(cudaThreadExchangeStreamCaptureMode(&mode));
  CHECK_EQ(mode, cudaStreamCaptureModeRelaxed);
  ends_with(cudaSuccess);
  begin(cudaStreamCaptureModeThreadLocal);
  std::thread([&] {
    cudaGraph_t graph;
    OK(cudaMalloc(&memory, 16));  // another thread's is none of the capture's business
    OK(cudaFree(memory));
    CHECK_EQ(cudaStreamEndCapture(a, &graph), cudaErrorStreamCaptureWrongThread);
  }).join();
  ends_with(cudaSuccess);
  mode = static_cast<cudaStreamCaptureMode>(7);
  CHECK_EQ(cudaThreadExchangeStreamCaptureMode(&mode), cudaErrorInvalidValue);
  CHECK_EQ(cudaStreamBeginCapture(a, mode), cudaErrorInvalidValue);
  cudaGetLastError();
}

static void into_a_given_graph() {
  cudaGraph_t graph, same = nullptr;
  cudaGraphNode_t set, nodes[4];
  cudaGraphExec_t exec;
  const cudaMemsetParams five = {numbers, 0, 5, 4, 1, 1};
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddMemsetNode(&set, graph, nullptr, 0, &five));
  OK(cudaStreamBeginCaptureToGraph(a, graph, &set, nullptr, 1, cudaStreamCaptureModeRelaxed));
  OK(launch(&add_value, 1, 1, 0, a, numbers, 10));
  // A node added by hand in the middle.
  cudaStreamCaptureStatus status;
  unsigned long long id = 0;
  const cudaGraphNode_t* last = nullptr;
  const cudaGraphEdgeData* data = nullptr;
  size_t count = 0;
  OK(cudaStreamGetCaptureInfo_v3(a, &status, &id, &same, &last, &data, &count));
  CHECK_EQ(count, 1);
  CHECK_SAME(same, graph);
  CHECK_EQ(data[0].type, 0);
  int by = 100;
  void* arguments[] = {&numbers, &by};
  cudaKernelNodeParams parameters = {&add_value, dim3(1), dim3(1), 0, arguments, nullptr};
  cudaGraphNode_t by_hand;
  OK(cudaGraphAddKernelNode(&by_hand, graph, last, count, &parameters));
  OK(cudaStreamUpdateCaptureDependencies(a, &by_hand, 1, cudaStreamSetCaptureDependencies));
  CHECK_EQ(cudaStreamUpdateCaptureDependencies(a, &by_hand, 1, 9), cudaErrorInvalidValue);
  CHECK_EQ(cudaStreamUpdateCaptureDependencies(b, &by_hand, 1, 0), cudaErrorIllegalState);
  OK(launch(&add_value, 1, 1, 0, a, numbers, 1000));
  OK(cudaStreamEndCapture(a, nullptr));
  count = 4;
  OK(cudaGraphGetNodes(graph, nodes, &count));
  CHECK_EQ(count, 4);
  OK(cudaGraphGetEdges(graph, nullptr, nullptr, &count));
  CHECK_EQ(count, 3);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  // Launched into a capture it becomes a child graph.
  begin();
  OK(cudaGraphLaunch(exec, a));
  OK(launch(&add_value, 1, 1, 0, a, numbers, 10000));
  OK(cudaStreamEndCapture(a, &same));
  cudaGraphExec_t outer;
  cudaGraphNodeType type;
  count = 4;
  OK(cudaGraphGetNodes(same, nodes, &count));
  OK(cudaGraphNodeGetType(nodes[0], &type));
  CHECK_EQ(type, cudaGraphNodeTypeGraph);
  OK(cudaGraphInstantiate(&outer, same, 0));
  OK(cudaGraphLaunch(outer, b));
  OK(cudaStreamSynchronize(b));
  CHECK_EQ(value(), 11115);
  OK(cudaGraphExecDestroy(outer));
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(same));
  OK(cudaGraphDestroy(graph));
}

static void external_events() {
  cudaGraph_t graph;
  cudaGraphNode_t nodes[2];
  cudaGraphNodeType type;
  size_t count = 2;
  begin();
  OK(cudaStreamWaitEvent(a, event, cudaEventWaitExternal));
  OK(cudaEventRecordWithFlags(event, a, cudaEventRecordExternal));
  OK(cudaStreamEndCapture(a, &graph));
  OK(cudaGraphGetNodes(graph, nodes, &count));
  CHECK_EQ(count, 2);
  OK(cudaGraphNodeGetType(nodes[0], &type));
  CHECK_EQ(type, cudaGraphNodeTypeWaitEvent);
  OK(cudaGraphNodeGetType(nodes[1], &type));
  CHECK_EQ(type, cudaGraphNodeTypeEventRecord);
  OK(cudaGraphDestroy(graph));
}

static void allocations() {
  cudaGraph_t graph;
  cudaGraphExec_t exec;
  void* memory = nullptr;
  void* again = nullptr;
  void* outside = device_alloc<int>(1);
  begin();
  OK(cudaMallocAsync(&memory, 64, a));
  OK(cudaMemsetAsync(memory, 1, 4, a));
  OK(cudaMemcpyAsync(numbers, memory, 4, cudaMemcpyDeviceToDevice, a));
  OK(cudaFreeAsync(memory, a));
  OK(cudaMallocAsync(&again, 32, a));
  CHECK_SAME(memory, again);  // freed before
  CHECK_EQ(cudaFreeAsync(outside, a), cudaErrorInvalidValue);
  OK(cudaStreamEndCapture(a, &graph));
  CHECK_EQ(cudaGraphClone(&graph, graph), cudaErrorNotSupported);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  cudaGraphExec_t second;
  CHECK_EQ(cudaGraphInstantiate(&second, graph, 0), cudaErrorInvalidValue);  // its memory is there once
  OK(cudaGraphLaunch(exec, a));
  OK(cudaStreamSynchronize(a));
  CHECK_EQ(value(), 0x01010101);
  CHECK_EQ(cudaGraphLaunch(exec, a), cudaErrorInvalidValue);  // not freed yet
  OK(cudaFreeAsync(again, a));
  CHECK_EQ(cudaFree(again), cudaErrorInvalidValue);
  OK(cudaGraphLaunch(exec, a));
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphInstantiate(&exec, graph, cudaGraphInstantiateFlagAutoFreeOnLaunch));
  for (int i = 0; i < 3; ++i) OK(cudaGraphLaunch(exec, a));
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
  OK(cudaMemset(again, 2, 32));  // lives on
  uint64_t used = 0, high = 0, reserved = 0;
  OK(cudaDeviceGetGraphMemAttribute(0, cudaGraphMemAttrUsedMemCurrent, &used));
  OK(cudaDeviceGetGraphMemAttribute(0, cudaGraphMemAttrUsedMemHigh, &high));
  CHECK_EQ(used, 64);
  CHECK_EQ(high, 64);
  OK(cudaFree(again));
  OK(cudaDeviceGraphMemTrim(0));
  OK(cudaDeviceGetGraphMemAttribute(0, cudaGraphMemAttrUsedMemCurrent, &used));
  OK(cudaDeviceGetGraphMemAttribute(0, cudaGraphMemAttrReservedMemCurrent, &reserved));
  CHECK_EQ(used + reserved, 0);
  CHECK_EQ(cudaDeviceSetGraphMemAttribute(0, cudaGraphMemAttrUsedMemHigh, &high), cudaErrorInvalidValue);
  high = 0;
  OK(cudaDeviceSetGraphMemAttribute(0, cudaGraphMemAttrUsedMemHigh, &high));
  CHECK_EQ(cudaDeviceGetGraphMemAttribute(9, cudaGraphMemAttrUsedMemHigh, &high), cudaErrorInvalidDevice);
  CHECK_EQ(cudaMemset(again, 2, 32), cudaErrorInvalidValue);
}

int main() {
  numbers = device_alloc<int>(1);
  OK(cudaStreamCreate(&a));
  OK(cudaStreamCreate(&b));
  OK(cudaEventCreate(&event));
  what_a_capture_refuses();
  forks_and_joins();
  modes();
  into_a_given_graph();
  external_events();
  allocations();
  std::puts("done");
}
