#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphRemoveDependencies_v2(cudaGraph_t handle, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                                    const cudaGraphEdgeData* data, size_t count) {
  return cw::on_graph(handle, [&](cw::Graph& graph) { return cw::remove_dependencies(graph, from, to, data, count); });
}
