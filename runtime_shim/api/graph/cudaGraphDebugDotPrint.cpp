#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphDebugDotPrint(cudaGraph_t handle, const char* path, unsigned flags) {
  return cw::on_graph(
      handle, [&](cw::Graph& graph) { return path == nullptr ? cudaErrorInvalidValue : cw::print_dot(graph, path, flags); });
}
