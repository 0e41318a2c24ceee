// What the graph entries share: dependencies, nodes from CUDA's parameter structures.
#pragma once

#include "core/graph.hpp"

namespace cw {

// A node of `type` in the graph behind `handle`. cudaErrorInvalidValue for a stale graph or a dependency of another graph.
cudaError_t add_node(cudaGraph_t handle, cudaGraphNodeType type, const cudaGraphNode_t* dependencies, size_t count,
                     GraphNode** out);

// Fills a node from CUDA's descriptions; errors as those of a launch or a copy.
cudaError_t set_kernel(GraphNode& node, const cudaKernelNodeParams* parameters);
cudaError_t set_copy(GraphNode& node, const cudaMemcpy3DParms* parameters);
cudaError_t set_fill(GraphNode& node, const cudaMemsetParams* parameters);

}  // namespace cw
