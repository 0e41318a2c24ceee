// Dependencies as the program names them.
#include <string.h>

#include "core/graph_build.hpp"

namespace cw {
namespace {

struct NamedEdge {
  GraphNode* from;
  GraphNode* to;
  const cudaGraphEdgeData* data;  // null: not given

  bool exists() const {
    for (const GraphEdge& edge : to->dependencies) {
      if (edge.node == from && (data == nullptr || memcmp(&edge.data, data, sizeof *data) == 0)) return true;
    }
    return false;
  }
};

cudaError_t read_named(Graph& graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to, const cudaGraphEdgeData* data,
                       size_t count, Vector<NamedEdge>* out) {
  if (count != 0 && (from == nullptr || to == nullptr)) return cudaErrorInvalidValue;
  for (size_t i = 0; i < count; ++i) {
    const NamedEdge edge{find_node(from[i]), find_node(to[i]), data != nullptr ? &data[i] : nullptr};
    if (edge.from == nullptr || edge.to == nullptr || edge.from == edge.to) return cudaErrorInvalidValue;
    if (&edge.from->graph != &graph || &edge.to->graph != &graph) return cudaErrorInvalidValue;
    if (data != nullptr && !is_edge_data(data[i])) return cudaErrorInvalidValue;
    out->push(edge);
  }
  return cudaSuccess;
}

}  // namespace

bool is_edge_data(const cudaGraphEdgeData& data) {
  for (const unsigned char byte : data.reserved) {
    if (byte != 0) return false;
  }
  const bool port =
      data.from_port == cudaGraphKernelNodePortProgrammatic || data.from_port == cudaGraphKernelNodePortLaunchCompletion;
  if (data.to_port != 0) return false;
  return data.type == cudaGraphDependencyTypeProgrammatic ? port
                                                          : data.type == cudaGraphDependencyTypeDefault && data.from_port == 0;
}

cudaError_t read_edges(Graph& graph, const cudaGraphNode_t* nodes, const cudaGraphEdgeData* data, size_t count,
                       Vector<GraphEdge>* out) {
  if (count != 0 && nodes == nullptr) return cudaErrorInvalidValue;
  for (size_t i = 0; i < count; ++i) {
    const GraphEdge edge{find_node(nodes[i]), data != nullptr ? data[i] : kPlainEdge};
    if (edge.node == nullptr || &edge.node->graph != &graph || !is_edge_data(edge.data)) return cudaErrorInvalidValue;
    for (const GraphEdge& other : *out) {
      if (other.node == edge.node) return cudaErrorInvalidValue;
    }
    out->push(edge);
  }
  return cudaSuccess;
}

cudaError_t add_dependencies(Graph& graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to, const cudaGraphEdgeData* data,
                             size_t count) {
  Vector<NamedEdge> edges;
  const cudaError_t error = read_named(graph, from, to, data, count, &edges);
  if (error != cudaSuccess) return error;
  size_t added = 0;
  while (added < edges.size()) {
    const NamedEdge& edge = edges[added];
    if (!graph.connect(*edge.from, *edge.to, edge.data != nullptr ? *edge.data : kPlainEdge)) break;
    ++added;
  }
  if (added == edges.size()) return cudaSuccess;
  while (added-- > 0) graph.disconnect(*edges[added].from, *edges[added].to, edges[added].data);
  return cudaErrorInvalidValue;
}

cudaError_t remove_dependencies(Graph& graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to, const cudaGraphEdgeData* data,
                                size_t count) {
  Vector<NamedEdge> edges;
  const cudaError_t error = read_named(graph, from, to, data, count, &edges);
  if (error != cudaSuccess) return error;
  for (const NamedEdge& edge : edges) {
    if (!edge.exists()) return cudaErrorInvalidValue;
  }
  for (const NamedEdge& edge : edges) graph.disconnect(*edge.from, *edge.to, edge.data);
  return cudaSuccess;
}

cudaError_t write_edges(const Vector<GraphEdge>& edges, cudaGraphNode_t* nodes, cudaGraphEdgeData* data, size_t* count) {
  const size_t room = *count;
  for (const GraphEdge& edge : edges) {
    if (nodes != nullptr && data == nullptr && memcmp(&edge.data, &kPlainEdge, sizeof edge.data) != 0) return cudaErrorLossyQuery;
  }
  for (size_t i = 0; nodes != nullptr && i < room; ++i) {
    nodes[i] = i < edges.size() ? edges[i].node->handle() : nullptr;
    if (data != nullptr) data[i] = i < edges.size() ? edges[i].data : kPlainEdge;
  }
  if (nodes == nullptr || room > edges.size()) *count = edges.size();
  return cudaSuccess;
}

}  // namespace cw
