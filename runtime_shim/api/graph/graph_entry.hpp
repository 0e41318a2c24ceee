// What the graph entries are made of. A stale or null graph, node or executable graph is cudaErrorInvalidValue.
#pragma once

#include "api/entry.hpp"
#include "core/graph_build.hpp"
#include "core/graph_exec.hpp"

namespace cw {

// `body(Graph&)`, under GraphLock.
template <typename Body>
cudaError_t on_graph(cudaGraph_t handle, Body body) {
  return on_runtime([&] {
    GraphLock lock;
    Graph* graph = find_graph(handle);
    return graph == nullptr ? cudaErrorInvalidValue : body(*graph);
  });
}

// `body(GraphNode&)`, under GraphLock.
template <typename Body>
cudaError_t on_node(cudaGraphNode_t handle, Body body) {
  return on_runtime([&] {
    GraphLock lock;
    GraphNode* node = find_node(handle);
    return node == nullptr ? cudaErrorInvalidValue : body(*node);
  });
}

// `body(Work&)` for a node of one type.
template <typename Work, typename Body>
cudaError_t on_work(cudaGraphNode_t handle, cudaGraphNodeType type, Body body) {
  return on_node(handle, [&](GraphNode& node) {
    return node.work->type() != type ? cudaErrorInvalidValue : body(static_cast<Work&>(*node.work));
  });
}

// A new node: `add(Device&, Graph&, const Vector<GraphEdge>& dependencies, GraphNode**)`.
template <typename Add>
cudaError_t add_node_with(cudaGraphNode_t* out, cudaGraph_t handle, const cudaGraphNode_t* dependencies,
                          const cudaGraphEdgeData* data, size_t count, Add add) {
  return on_device([&](Device& device, int) {
    GraphLock lock;
    Graph* graph = find_graph(handle);
    if (out == nullptr || graph == nullptr) return cudaErrorInvalidValue;
    Vector<GraphEdge> after;
    cudaError_t error = read_edges(*graph, dependencies, data, count, &after);
    GraphNode* node = nullptr;
    if (error == cudaSuccess) error = add(device, *graph, after, &node);
    if (error == cudaSuccess) *out = node->handle();
    return error;
  });
}

// A new node of what `make(Device&, Owned<GraphWork>*)` makes.
template <typename Make>
cudaError_t add_work(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies, size_t count, Make make) {
  return add_node_with(out, graph, dependencies, nullptr, count,
                       [&](Device& device, Graph& into, const Vector<GraphEdge>& after, GraphNode** node) {
                         Owned<GraphWork> work;
                         const cudaError_t error = make(device, &work);
                         if (error == cudaSuccess) *node = into.add(static_cast<Owned<GraphWork>&&>(work), after);
                         return error;
                       });
}

// New parameters for a node of one type, from what `make(Device&, Owned<GraphWork>*)` makes.
template <typename Make>
cudaError_t set_work(cudaGraphNode_t handle, cudaGraphNodeType type, Make make) {
  return on_device([&](Device& device, int) {
    GraphLock lock;
    GraphNode* node = find_node(handle);
    if (node == nullptr || node->work->type() != type) return cudaErrorInvalidValue;
    Owned<GraphWork> work;
    const cudaError_t error = make(device, &work);
    if (error != cudaSuccess) return error;
    work->keep_settings(*node->work);
    node->work->take(*work);
    return cudaSuccess;
  });
}

// The same for the copy of a node in an executable graph.
template <typename Make>
cudaError_t set_exec_work(cudaGraphExec_t exec_handle, cudaGraphNode_t handle, cudaGraphNodeType type, Make make) {
  return on_device([&](Device& device, int) {
    GraphLock lock;
    const Ref<GraphExec> exec = GraphExec::find(exec_handle);
    const GraphNode* node = find_node(handle);
    if (!exec || node == nullptr || node->work->type() != type) return cudaErrorInvalidValue;
    Owned<GraphWork> work;
    const cudaError_t error = make(device, &work);
    return error != cudaSuccess ? error : exec->set_work(*node, *work);
  });
}

}  // namespace cw
