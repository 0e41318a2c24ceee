#include "core/graph_calls.hpp"

#include "core/copies.hpp"
#include "core/runtime.hpp"
#include "core/thread_state.hpp"

namespace cw {
cudaError_t add_node(cudaGraph_t handle, cudaGraphNodeType type, const cudaGraphNode_t* dependencies, size_t count,
                     GraphNode** out) {
  Graph* graph = runtime().graphs().find(handle);
  if (graph == nullptr) return cudaErrorInvalidValue;
  Vector<GraphNode*> before;
  for (size_t i = 0; i < count; ++i) {
    auto* node = reinterpret_cast<GraphNode*>(dependencies[i]);
    if (!graph->owns(node)) return cudaErrorInvalidValue;
    before.push(node);
  }
  *out = graph->add(type, before);
  return cudaSuccess;
}

cudaError_t set_kernel(GraphNode& node, const cudaKernelNodeParams* p) {
  const int ordinal = current_device();
  if (p == nullptr || p->extra != nullptr) return cudaErrorInvalidValue;
  const cudaError_t error = runtime().registry().kernel(p->func, runtime().device(ordinal), ordinal, &node.kernel);
  if (error != cudaSuccess) return error;
  node.shape = LaunchShape{p->gridDim, p->blockDim, p->sharedMemBytes, false};
  return node.kernel->keep_arguments(LaunchArguments{p->kernelParams, nullptr, 0}, &node.arguments);
}

cudaError_t set_copy(GraphNode& node, const cudaMemcpy3DParms* parameters) { return describe_copy_3d(parameters, &node.copy); }

cudaError_t set_fill(GraphNode& node, const cudaMemsetParams* p) {
  if (p == nullptr || (p->elementSize != 1 && p->elementSize != 2 && p->elementSize != 4)) return cudaErrorInvalidValue;
  node.fill = Fill{p->dst, p->pitch, 0, p->value, p->elementSize, p->width, p->height, 1};
  return cudaSuccess;
}

}  // namespace cw
