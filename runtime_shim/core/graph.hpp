// Graphs: work recorded once, launched many times. A graph's launch runs its nodes one after the other in the stream, in an order
// that respects their dependencies: right for every graph, without the concurrency that independent branches could have.
#pragma once

#include <cuda_runtime_api.h>

#include "devices/device.hpp"

namespace cw {

struct GraphNode : Allocated {
  cudaGraphNodeType type = cudaGraphNodeTypeEmpty;
  Vector<GraphNode*> dependencies;
  // Kernel.
  Kernel* kernel = nullptr;
  LaunchShape shape{};
  Vector<uint8_t> arguments;
  // Memcpy, memset, host.
  Copy copy{};
  Fill fill{};
  void (*function)(void*) = nullptr;
  void* data = nullptr;

  cudaError_t run(Stream& stream);
};

class Graph : public Allocated {
 public:
  // A new node after `dependencies`, which must be nodes of this graph.
  GraphNode* add(cudaGraphNodeType type, const Vector<GraphNode*>& dependencies);
  bool owns(const GraphNode* node) const;
  const Vector<Owned<GraphNode>>& nodes() const { return nodes_; }
  Owned<Graph> clone() const;
  // Nodes so that each comes after its dependencies. False when they form a circle.
  bool order(Vector<GraphNode*>* out) const;

 private:
  Vector<Owned<GraphNode>> nodes_;
};

// An instantiated graph: its own copy of the nodes.
class GraphExec : public Allocated {
 public:
  // Null when the graph's dependencies form a circle.
  static GraphExec* make(const Graph& graph);
  cudaError_t launch(Stream& stream);
  void swap(GraphExec& other);

 private:
  Owned<Graph> graph_;
  Vector<GraphNode*> order_;
};

}  // namespace cw
