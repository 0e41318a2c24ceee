// Graphs: captured from streams and built node by node; launched several times; updated; misuse.
#include "harness.hpp"

using namespace harness;

static int* numbers;

static int value() {
  int host = 0;
  OK(cudaMemcpy(&host, numbers, 4, cudaMemcpyDeviceToHost));
  return host;
}

static cudaGraph_t captured(int add) {
  cudaStream_t s;
  cudaGraph_t graph = nullptr;
  cudaStreamCaptureStatus status;
  OK(cudaStreamCreate(&s));
  OK(cudaStreamBeginCapture(s, cudaStreamCaptureModeGlobal));
  OK(cudaStreamIsCapturing(s, &status));
  CHECK_EQ(status, cudaStreamCaptureStatusActive);
  OK(cudaMemsetAsync(numbers, 0, 4, s));
  for (int i = 0; i < 3; ++i) OK(launch(&add_value, 2, 2, 0, s, numbers, add));  // the argument is kept by value
  OK(cudaStreamEndCapture(s, &graph));
  OK(cudaStreamIsCapturing(s, &status));
  CHECK_EQ(status, cudaStreamCaptureStatusNone);
  OK(cudaStreamDestroy(s));
  return graph;
}

static void capture_and_launch() {
  cudaGraphExec_t exec;
  size_t count = 0;
  CHECK_EQ(value(), 77);  // captured work has not run
  cudaGraph_t graph = captured(5);
  CHECK_EQ(value(), 77);
  OK(cudaGraphGetNodes(graph, nullptr, &count));
  CHECK_EQ(count, 4);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphDestroy(graph));
  for (int i = 0; i < 3; ++i) OK(cudaGraphLaunch(exec, nullptr));
  CHECK_EQ(value(), 60);
  cudaGraph_t other = captured(1);
  OK(cudaGraphExecUpdate(exec, other, nullptr));
  OK(cudaGraphDestroy(other));
  OK(cudaGraphLaunch(exec, nullptr));
  CHECK_EQ(value(), 12);
  OK(cudaGraphExecDestroy(exec));
  CHECK_EQ(cudaGraphLaunch(exec, nullptr), cudaErrorInvalidValue);
  cudaGetLastError();
}

static void capture_across_streams() {
  cudaStream_t a, b;
  cudaEvent_t fork, join;
  cudaGraph_t graph;
  cudaGraphExec_t exec;
  OK(cudaStreamCreate(&a));
  OK(cudaStreamCreate(&b));
  OK(cudaEventCreate(&fork));
  OK(cudaEventCreate(&join));
  OK(cudaStreamBeginCapture(a, cudaStreamCaptureModeRelaxed));
  OK(cudaMemsetAsync(numbers, 0, 4, a));
  OK(cudaEventRecord(fork, a));
  OK(cudaStreamWaitEvent(b, fork, 0));
  OK(launch(&add_value, 1, 1, 0, b, numbers, 10));
  OK(cudaEventRecord(join, b));
  OK(launch(&add_value, 1, 1, 0, a, numbers, 100));
  OK(cudaStreamWaitEvent(a, join, 0));
  OK(launch(&add_value, 1, 1, 0, a, numbers, 1000));
  OK(cudaStreamEndCapture(a, &graph));
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphLaunch(exec, b));
  OK(cudaStreamSynchronize(b));
  CHECK_EQ(value(), 1110);
  OK(cudaStreamBeginCapture(a, cudaStreamCaptureModeRelaxed));
  OK(cudaEventRecord(fork, a));
  OK(cudaStreamWaitEvent(b, fork, 0));
  OK(launch(&add_value, 1, 1, 0, b, numbers, 10));
  CHECK_EQ(cudaStreamEndCapture(a, &graph), cudaErrorStreamCaptureUnjoined);
  OK(cudaStreamBeginCapture(a, cudaStreamCaptureModeRelaxed));
  CHECK_EQ(cudaStreamSynchronize(a), cudaErrorStreamCaptureUnsupported);
  CHECK_EQ(cudaStreamEndCapture(a, &graph), cudaErrorStreamCaptureInvalidated);
  CHECK_EQ(cudaStreamEndCapture(a, &graph), cudaErrorIllegalState);
  CHECK_EQ(cudaStreamBeginCapture(nullptr, cudaStreamCaptureModeRelaxed), cudaErrorStreamCaptureUnsupported);
  cudaGetLastError();
  OK(launch(&add_value, 1, 1, 0, b, numbers, 1));  // both streams are ordinary again
  OK(cudaDeviceSynchronize());
  CHECK_EQ(value(), 1111);
}

static void built_by_hand() {
  cudaGraph_t graph;
  cudaGraphNode_t last, first, middle, host;
  cudaGraphExec_t exec;
  static int seen = 0, start = 3, copied = 0;
  int add = 4;
  void* arguments[] = {&numbers, &add};
  cudaKernelNodeParams kernel = {};
  kernel.func = &add_value;
  kernel.gridDim = dim3(1);
  kernel.blockDim = dim3(2);
  kernel.kernelParams = arguments;
  cudaHostNodeParams call = {[](void*) { ++seen; }, nullptr};
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddMemcpyNode1D(&last, graph, nullptr, 0, &copied, numbers, 4, cudaMemcpyDeviceToHost));
  OK(cudaGraphAddMemcpyNode1D(&first, graph, nullptr, 0, numbers, &start, 4, cudaMemcpyHostToDevice));
  OK(cudaGraphAddKernelNode(&middle, graph, &first, 1, &kernel));
  OK(cudaGraphAddHostNode(&host, graph, &middle, 1, &call));
  OK(cudaGraphAddDependencies(graph, &host, &last, 1));
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaDeviceSynchronize());
  CHECK_EQ(copied, 11);
  CHECK_EQ(seen, 1);
  OK(cudaGraphAddDependencies(graph, &last, &first, 1));
  CHECK_EQ(cudaGraphInstantiate(&exec, graph, 0), cudaErrorInvalidValue);  // a circle
  cudaGetLastError();
}

int main() {
  const int start = 77;
  numbers = device_alloc<int>(1);
  OK(cudaMemcpy(numbers, &start, 4, cudaMemcpyHostToDevice));
  capture_and_launch();
  capture_across_streams();
  built_by_hand();
  std::puts("done");
}
