// Graphs as such: edges, order, clones, updates, instantiation, launches, user objects, DOT, stale handles.
#include <cuda_runtime.h>

#include <string>

#include "harness.hpp"

using namespace harness;

static int* numbers;

static int value() {
  int read = 0;
  OK(cudaMemcpy(&read, numbers, 4, cudaMemcpyDeviceToHost));
  return read;
}

static cudaGraphNode_t add_node(cudaGraph_t graph, int by, std::vector<cudaGraphNode_t> after = {}) {
  cudaGraphNode_t node = nullptr;
  void* arguments[] = {&numbers, &by};
  cudaKernelNodeParams parameters = {};
  parameters.func = &add_value;
  parameters.gridDim = parameters.blockDim = dim3(1);
  parameters.kernelParams = arguments;
  OK(cudaGraphAddKernelNode(&node, graph, after.data(), after.size(), &parameters));
  return node;
}

static void edges() {
  cudaGraph_t graph, other;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphCreate(&other, 0));
  cudaGraphNode_t a = add_node(graph, 1), b = add_node(graph, 2, {a}), c = add_node(graph, 3), stranger = add_node(other, 4);
  OK(cudaGraphAddDependencies(graph, &b, &c, 1));
  CHECK_EQ(cudaGraphAddDependencies(graph, &b, &c, 1), cudaErrorInvalidValue);  // is there already
  CHECK_EQ(cudaGraphAddDependencies(graph, &c, &c, 1), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphAddDependencies(graph, &stranger, &c, 1), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphRemoveDependencies(graph, &a, &c, 1), cudaErrorInvalidValue);
  cudaGraphNode_t from[4], to[4], list[4];
  size_t count = 4;
  OK(cudaGraphGetEdges(graph, from, to, &count));
  CHECK_EQ(count, 2);
  CHECK_SAME(from[0], a);
  CHECK_SAME(to[1], c);
  CHECK_SAME(to[2], nullptr);
  count = 4;
  OK(cudaGraphGetRootNodes(graph, list, &count));
  CHECK_EQ(count, 1);
  CHECK_SAME(list[0], a);
  OK(cudaGraphNodeGetDependencies(c, nullptr, &count));
  CHECK_EQ(count, 1);
  OK(cudaGraphNodeGetDependentNodes(a, list, &count));
  CHECK_SAME(list[0], b);
  cudaGraphEdgeData data = {};
  data.from_port = cudaGraphKernelNodePortProgrammatic;
  data.type = cudaGraphDependencyTypeProgrammatic;
  OK(cudaGraphAddDependencies(graph, &a, &c, &data, 1));  // CUDA 13's parameters
  count = 4;
  CHECK_EQ(cudaGraphNodeGetDependencies(c, list, &count), cudaErrorLossyQuery);
  cudaGraphEdgeData read[4];
  OK(cudaGraphNodeGetDependencies(c, list, read, &count));
  CHECK_EQ(count, 2);
  CHECK_EQ(read[1].type, cudaGraphDependencyTypeProgrammatic);
  data.to_port = 1;
  CHECK_EQ(cudaGraphAddDependencies(graph, &a, &c, &data, 1), cudaErrorInvalidValue);
  OK(cudaGraphRemoveDependencies(graph, &b, &c, 1));
  OK(cudaGraphDestroyNode(b));
  cudaGraphNodeType type;
  CHECK_EQ(cudaGraphNodeGetType(b, &type), cudaErrorInvalidValue);  // stale
  CHECK_EQ(cudaGraphDestroyNode(b), cudaErrorInvalidValue);
  OK(cudaGraphNodeGetType(a, &type));
  CHECK_EQ(type, cudaGraphNodeTypeKernel);
  OK(cudaGraphDestroy(graph));
  CHECK_EQ(cudaGraphNodeGetType(a, &type), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphDestroy(graph), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphGetNodes(graph, nullptr, &count), cudaErrorInvalidValue);
  OK(cudaGraphDestroy(other));
}

static void instantiation() {
  cudaGraph_t graph;
  cudaGraphExec_t exec = nullptr;
  cudaGraphNode_t culprit = nullptr;
  OK(cudaGraphCreate(&graph, 0));
  cudaGraphNode_t a = add_node(graph, 1), b = add_node(graph, 2, {a}), c = add_node(graph, 3, {b});
  OK(cudaGraphAddDependencies(graph, &c, &b, 1));
  cudaGraphInstantiateParams parameters = {};
  CHECK_EQ(cudaGraphInstantiateWithParams(&exec, graph, &parameters), cudaErrorInvalidValue);
  CHECK_EQ(parameters.result_out, cudaGraphInstantiateInvalidStructure);
  CHECK_EQ(parameters.errNode_out == b || parameters.errNode_out == c, true);
  char log[8] = "x";
  CHECK_EQ(cudaGraphInstantiate(&exec, graph, &culprit, log, sizeof log), cudaErrorInvalidValue);
  CHECK_SAME(culprit, parameters.errNode_out);
  OK(cudaGraphRemoveDependencies(graph, &c, &b, 1));
  parameters.flags = cudaGraphInstantiateFlagUseNodePriority;
  OK(cudaGraphInstantiateWithParams(&exec, graph, &parameters));
  CHECK_EQ(parameters.result_out, cudaGraphInstantiateSuccess);
  unsigned long long flags = 0;
  OK(cudaGraphExecGetFlags(exec, &flags));
  CHECK_EQ(flags, cudaGraphInstantiateFlagUseNodePriority);
  OK(cudaGraphUpload(exec, nullptr));
  OK(cudaGraphExecDestroy(exec));
  CHECK_EQ(cudaGraphExecDestroy(exec), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphUpload(exec, nullptr), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphInstantiate(&exec, graph, 64), cudaErrorInvalidValue);
  CHECK_EQ(cudaGraphInstantiate(&exec, graph, cudaGraphInstantiateFlagDeviceLaunch), cudaErrorNotSupported);
  OK(cudaGraphDestroy(graph));
}

static void clone_and_update() {
  cudaGraph_t graph, clone, changed;
  cudaGraphExec_t exec;
  cudaGraphNode_t found;
  OK(cudaGraphCreate(&graph, 0));
  cudaGraphNode_t a = add_node(graph, 1), b = add_node(graph, 10, {a}), c = add_node(graph, 100, {a});
  add_node(graph, 1000, {b, c});
  OK(cudaGraphClone(&clone, graph));
  OK(cudaGraphNodeFindInClone(&found, b, clone));
  CHECK_EQ(found == b, false);
  OK(cudaGraphDestroyNode(found));
  CHECK_EQ(cudaGraphNodeFindInClone(&found, b, clone), cudaErrorInvalidValue);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaMemset(numbers, 0, 4));
  OK(cudaGraphLaunch(exec, nullptr));
  CHECK_EQ(value(), 1111);
  // The same shape with other numbers.
  OK(cudaGraphCreate(&changed, 0));
  cudaGraphNode_t d = add_node(changed, 2), e = add_node(changed, 20, {d}), f = add_node(changed, 200, {d});
  add_node(changed, 2000, {e, f});
  cudaGraphExecUpdateResultInfo info;
  OK(cudaGraphExecUpdate(exec, changed, &info));
  CHECK_EQ(info.result, cudaGraphExecUpdateSuccess);
  OK(cudaGraphLaunch(exec, nullptr));
  CHECK_EQ(value(), 3333);
  // Others: nothing changes.
  CHECK_EQ(cudaGraphExecUpdate(exec, clone, &info), cudaErrorGraphExecUpdateFailure);
  CHECK_EQ(info.result, cudaGraphExecUpdateErrorTopologyChanged);
  OK(cudaGraphRemoveDependencies(changed, &d, &e, 1));
  OK(cudaGraphAddDependencies(changed, &f, &e, 1));
  cudaGraphNode_t culprit = nullptr;
  cudaGraphExecUpdateResult result;
  CHECK_EQ(cudaGraphExecUpdate(exec, changed, &culprit, &result), cudaErrorGraphExecUpdateFailure);
  CHECK_EQ(result, cudaGraphExecUpdateErrorTopologyChanged);
  OK(cudaGraphDestroy(changed));
  OK(cudaGraphCreate(&changed, 0));
  cudaGraphNode_t set;
  const cudaMemsetParams zero = {numbers, 0, 0, 4, 1, 1};
  OK(cudaGraphAddMemsetNode(&set, changed, nullptr, 0, &zero));
  e = add_node(changed, 20, {set}), f = add_node(changed, 200, {set});
  add_node(changed, 2000, {e, f});
  CHECK_EQ(cudaGraphExecUpdate(exec, changed, &info), cudaErrorGraphExecUpdateFailure);
  CHECK_EQ(info.result, cudaGraphExecUpdateErrorNodeTypeChanged);
  CHECK_SAME(info.errorNode, set);
  OK(cudaGraphLaunch(exec, nullptr));
  CHECK_EQ(value(), 5555);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
  OK(cudaGraphDestroy(clone));
  OK(cudaGraphDestroy(changed));
}

// Launches of one executable graph come one after the other, whatever their streams, and survive its end.
static void launches_are_ordered() {
  cudaGraph_t graph;
  cudaGraphExec_t exec;
  cudaStream_t streams[3];
  int* log = device_alloc<int>(64);
  int host[64];
  OK(cudaGraphCreate(&graph, 0));
  cudaGraphNode_t last = nullptr;
  for (int i = 1; i <= 3; ++i) {
    void* arguments[] = {&log, &i};
    cudaKernelNodeParams parameters = {};
    parameters.func = &append;
    parameters.gridDim = parameters.blockDim = dim3(1);
    parameters.kernelParams = arguments;
    OK(cudaGraphAddKernelNode(&last, graph, &last, i == 1 ? 0 : 1, &parameters));
  }
  OK(cudaGraphInstantiate(&exec, graph, 0));
  for (cudaStream_t& stream : streams) OK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
  for (int i = 0; i < 6; ++i) OK(cudaGraphLaunch(exec, streams[i % 3]));
  OK(cudaStreamDestroy(streams[2]));  // where the last launch went
  OK(cudaGraphLaunch(exec, streams[0]));
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
  OK(cudaDeviceSynchronize());
  OK(cudaMemcpy(host, log, sizeof host, cudaMemcpyDeviceToHost));
  CHECK_EQ(host[0], 21);
  for (int i = 0; i < 21; ++i) CHECK_EQ(host[1 + i], i % 3 + 1);
}

// Two branches that need each other to run at the same time.
static void branches_run_side_by_side() {
  cudaGraph_t graph;
  cudaGraphExec_t exec;
  cudaGraphNode_t nodes[2], end;
  int* flags = device_alloc<int>(1);
  int one = 1;
  void* wait[] = {&flags, &one};
  cudaKernelNodeParams waiting = {&wait_flag, dim3(1), dim3(1), 0, wait, nullptr};
  cudaKernelNodeParams raising = {&add_value, dim3(1), dim3(1), 0, wait, nullptr};
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphAddKernelNode(&nodes[0], graph, nullptr, 0, &waiting));
  OK(cudaGraphAddKernelNode(&nodes[1], graph, nullptr, 0, &raising));
  OK(cudaGraphAddEmptyNode(&end, graph, nodes, 2));
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaDeviceSynchronize());
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

static void user_objects() {
  static int destroyed = 0;
  struct Counter {
    ~Counter() { ++destroyed; }
  };
  cudaUserObject_t object;
  cudaGraph_t graph, clone;
  cudaGraphExec_t exec;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaUserObjectCreate(&object, new Counter, 1, cudaUserObjectNoDestructorSync));
  OK(cudaUserObjectRetain(object, 2));
  CHECK_EQ(cudaUserObjectRelease(object, 4), cudaErrorInvalidValue);
  OK(cudaUserObjectRelease(object, 2));
  OK(cudaGraphRetainUserObject(graph, object, 1, cudaGraphUserObjectMove));
  add_node(graph, 1);
  OK(cudaGraphClone(&clone, graph));
  OK(cudaGraphReleaseUserObject(clone, object, 1));
  CHECK_EQ(cudaGraphReleaseUserObject(clone, object, 1), cudaErrorInvalidValue);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaGraphDestroy(graph));
  CHECK_EQ(destroyed, 0);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaDeviceSynchronize());
  CHECK_EQ(destroyed, 1);
  CHECK_EQ(cudaUserObjectRetain(object, 1), cudaErrorInvalidValue);
  CHECK_EQ(cudaUserObjectCreate(&object, nullptr, nullptr, 1, cudaUserObjectNoDestructorSync), cudaErrorInvalidValue);
  OK(cudaGraphDestroy(clone));
}

static void dot(const char* path) {
  cudaGraph_t graph, child;
  cudaGraphNode_t node;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphCreate(&child, 0));
  add_node(child, 1);
  cudaGraphNode_t a = add_node(graph, 1);
  OK(cudaGraphAddChildGraphNode(&node, graph, &a, 1, child));
  OK(cudaGraphDebugDotPrint(graph, path, cudaGraphDebugDotFlagsVerbose));
  CHECK_EQ(cudaGraphDebugDotPrint(graph, "/no/such/folder/x.dot", 0), cudaErrorOperatingSystem);
  std::ifstream file(path);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  for (const char* wanted : {"digraph dot {", "\"graph_1_node_0\" -> \"graph_1_node_1\"", "KERNEL", "add_value", "GRAPH",
                             "graph_2_node_0", "<<<(1,1,1),(1,1,1),0>>>"}) {
    CHECK_EQ(text.find(wanted) != std::string::npos, true);
  }
}

int main(int, char** arguments) {
  numbers = device_alloc<int>(1);
  edges();
  instantiation();
  clone_and_update();
  launches_are_ordered();
  branches_run_side_by_side();
  user_objects();
  dot((std::string(arguments[0]) + ".dot").c_str());
  std::puts("done");
}
