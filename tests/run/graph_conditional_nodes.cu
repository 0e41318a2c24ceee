// Conditional nodes: IF, IF with ELSE, WHILE and SWITCH, alone, one after the other and inside each other.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

#define CHECK(call)                                                    \
  do {                                                                 \
    const cudaError_t error = (call);                                  \
    if (error != cudaSuccess) {                                        \
      std::printf("line %d: %s\n", __LINE__, cudaGetErrorName(error)); \
      std::exit(1);                                                    \
    }                                                                  \
  } while (false)

constexpr int kSlots = 8;
using Handle = cudaGraphConditionalHandle;

// After some work, so that a node which does not wait for it sees the condition's old value.
__global__ void set_from(const int* data, int slot, Handle handle) {
  long long now = clock64();
  for (int i = 0; i < 20000; ++i) now ^= clock64() | 1;
  cudaGraphSetConditional(handle, now == 0 ? 1000 : data[slot]);
}
__global__ void add(int* data, int slot, int value) { data[slot] += value; }
__global__ void put(int* data, int slot, int value) { data[slot] = value; }
__global__ void count_down(int* data, int slot, Handle handle) { cudaGraphSetConditional(handle, --data[slot]); }
__global__ void set_parity(const int* data, int slot, Handle handle) { cudaGraphSetConditional(handle, data[slot] % 2); }

template <typename... Parameters, typename... Arguments>
cudaGraphNode_t kernel(cudaGraph_t graph, cudaGraphNode_t after, void (*function)(Parameters...), Arguments... arguments) {
  void* pointers[] = {&arguments...};
  cudaGraphNodeParams params = {cudaGraphNodeTypeKernel};
  params.kernel.func = reinterpret_cast<void*>(function);
  params.kernel.gridDim = params.kernel.blockDim = dim3(1);
  params.kernel.kernelParams = pointers;
  cudaGraphNode_t node = after;  // the answer may go where the dependency stands
  CHECK(cudaGraphAddNode(&node, graph, after != nullptr ? &node : nullptr, nullptr, after != nullptr ? 1 : 0, &params));
  return node;
}

struct Conditional {
  cudaGraphNode_t node;
  cudaGraph_t* bodies;
};

Conditional conditional(cudaGraph_t graph, cudaGraphNode_t after, Handle handle, cudaGraphConditionalNodeType type, unsigned size) {
  cudaGraphNodeParams params = {cudaGraphNodeTypeConditional};
  params.conditional.handle = handle;
  params.conditional.type = type;
  params.conditional.size = size;
  Conditional made;
  CHECK(cudaGraphAddNode(&made.node, graph, &after, nullptr, after != nullptr ? 1 : 0, &params));
  made.bodies = params.conditional.phGraph_out;
  return made;
}

struct Test {
  int* data;
  cudaGraph_t graph;
  Test() {
    CHECK(cudaMalloc(&data, kSlots * sizeof *data));
    CHECK(cudaGraphCreate(&graph, 0));
  }
  ~Test() {
    CHECK(cudaGraphDestroy(graph));
    CHECK(cudaFree(data));
  }
  Handle handle(cudaGraph_t of) const {
    Handle made;
    CHECK(cudaGraphConditionalHandleCreate(&made, of));
    return made;
  }
  Handle handle_with_default(cudaGraph_t of, unsigned value) const {
    Handle made;
    CHECK(cudaGraphConditionalHandleCreate(&made, of, value, cudaGraphCondAssignDefault));
    return made;
  }
  // One executable graph, launched with each of these values in slot 0 and zeros behind it.
  void launch(const char* name, int first, int last) const {
    cudaGraphExec_t exec;
    CHECK(cudaGraphInstantiate(&exec, graph, 0));
    for (int value = first; value <= last; ++value) {
      int values[kSlots] = {value};
      CHECK(cudaMemcpy(data, values, sizeof values, cudaMemcpyHostToDevice));
      CHECK(cudaGraphLaunch(exec, nullptr));
      CHECK(cudaMemcpy(values, data, sizeof values, cudaMemcpyDeviceToHost));
      std::printf("%s with %d:", name, value);
      for (int slot = 1; slot < 5; ++slot) std::printf(" %d", values[slot]);
      std::printf("\n");
    }
    CHECK(cudaGraphExecDestroy(exec));
  }
};

void test_if() {
  const Test test;
  const Handle handle = test.handle(test.graph);
  const auto before = kernel(test.graph, nullptr, set_from, test.data, 0, handle);
  const auto node = conditional(test.graph, before, handle, cudaGraphCondTypeIf, 1);
  kernel(node.bodies[0], nullptr, add, test.data, 1, 7);
  kernel(test.graph, node.node, add, test.data, 2, 1);
  test.launch("if", 0, 2);
}

void test_if_else() {
  const Test test;
  const Handle handle = test.handle(test.graph);
  const auto before = kernel(test.graph, nullptr, set_from, test.data, 0, handle);
  const auto node = conditional(test.graph, before, handle, cudaGraphCondTypeIf, 2);
  kernel(node.bodies[0], nullptr, put, test.data, 1, 7);
  kernel(node.bodies[1], nullptr, put, test.data, 1, 8);
  kernel(test.graph, node.node, add, test.data, 1, 10);
  test.launch("if else", 0, 2);
}

void test_while() {
  const Test test;
  const Handle handle = test.handle_with_default(test.graph, 1);  // do ... while
  const auto node = conditional(test.graph, nullptr, handle, cudaGraphCondTypeWhile, 1);
  const auto first = kernel(node.bodies[0], nullptr, add, test.data, 1, 1);
  kernel(node.bodies[0], first, count_down, test.data, 0, handle);
  kernel(test.graph, node.node, add, test.data, 2, 1);
  test.launch("do while", 1, 3);
}

void test_while_captured() {
  const Test test;
  cudaStream_t stream;
  CHECK(cudaStreamCreate(&stream));
  const Handle handle = test.handle(test.graph);
  const auto before = kernel(test.graph, nullptr, set_from, test.data, 0, handle);
  const auto node = conditional(test.graph, before, handle, cudaGraphCondTypeWhile, 1);
  CHECK(cudaStreamBeginCaptureToGraph(stream, node.bodies[0], nullptr, nullptr, 0, cudaStreamCaptureModeRelaxed));
  add<<<1, 1, 0, stream>>>(test.data, 1, 2);
  CHECK(cudaMemcpyAsync(test.data + 2, test.data + 1, sizeof(int), cudaMemcpyDeviceToDevice, stream));
  count_down<<<1, 1, 0, stream>>>(test.data, 0, handle);
  CHECK(cudaStreamEndCapture(stream, nullptr));
  test.launch("captured while", 0, 3);
  CHECK(cudaStreamDestroy(stream));
}

void test_switch() {
  const Test test;
  const Handle handle = test.handle(test.graph);
  const auto before = kernel(test.graph, nullptr, set_from, test.data, 0, handle);
  const auto node = conditional(test.graph, before, handle, cudaGraphCondTypeSwitch, 3);
  for (int i = 0; i < 3; ++i) kernel(node.bodies[i], nullptr, put, test.data, 1, 10 * (i + 1));
  kernel(test.graph, node.node, add, test.data, 1, 1);
  test.launch("switch", 0, 3);
}

// do { count odd and even n; a switch over the odd ones so far } while (--n)
void test_nested() {
  const Test test;
  const Handle loop = test.handle_with_default(test.graph, 1);
  const auto outer = conditional(test.graph, nullptr, loop, cudaGraphCondTypeWhile, 1);
  const cudaGraph_t body = outer.bodies[0];

  const Handle parity = test.handle(body);
  auto last = kernel(body, nullptr, set_parity, test.data, 0, parity);
  const auto inner = conditional(body, last, parity, cudaGraphCondTypeIf, 2);
  kernel(inner.bodies[0], nullptr, add, test.data, 1, 1);
  kernel(inner.bodies[1], nullptr, add, test.data, 2, 1);

  const Handle choice = test.handle(body);
  last = kernel(body, inner.node, set_from, test.data, 1, choice);
  const auto cases = conditional(body, last, choice, cudaGraphCondTypeSwitch, 2);
  kernel(cases.bodies[1], nullptr, add, test.data, 3, 100);
  const Handle never = test.handle_with_default(cases.bodies[0], 0);
  const auto skipped = conditional(cases.bodies[0], nullptr, never, cudaGraphCondTypeIf, 2);
  kernel(skipped.bodies[0], nullptr, add, test.data, 4, 1000);
  kernel(skipped.bodies[1], nullptr, add, test.data, 4, 1);

  kernel(body, cases.node, count_down, test.data, 0, loop);
  test.launch("nested", 1, 5);
}

// Two loops side by side and a kernel after both.
void test_branches() {
  const Test test;
  cudaGraphNode_t ends[2];
  const auto begin = kernel(test.graph, nullptr, put, test.data, 6, 3);
  for (int i = 0; i < 2; ++i) {
    const Handle handle = test.handle_with_default(test.graph, 1);
    const auto node = conditional(test.graph, begin, handle, cudaGraphCondTypeWhile, 1);
    const auto first = kernel(node.bodies[0], nullptr, add, test.data, 1 + i, 1);
    kernel(node.bodies[0], first, count_down, test.data, i == 0 ? 0 : 6, handle);
    ends[i] = node.node;
  }
  const auto last = kernel(test.graph, ends[0], add, test.data, 1, 10);
  CHECK(cudaGraphAddDependencies(test.graph, &ends[1], &last, nullptr, 1));
  test.launch("branches", 1, 2);
}

// Without the edge from the kernel that sets the condition: the order in which the nodes were added says it.
void test_without_edge() {
  const Test test;
  const Handle handle = test.handle(test.graph);
  kernel(test.graph, nullptr, set_from, test.data, 0, handle);
  const auto node = conditional(test.graph, nullptr, handle, cudaGraphCondTypeSwitch, 3);
  for (int i = 0; i < 3; ++i) kernel(node.bodies[i], nullptr, put, test.data, 1, i + 5);
  test.launch("without edge", 0, 3);
}

int main() {
  test_if();
  test_if_else();
  test_while();
  test_while_captured();
  test_switch();
  test_nested();
  test_branches();
  test_without_edge();
}
