// What a node of a graph does: one class a kind (graph_works.hpp). A graph keeps the works; an executable graph has copies of its
// own.
#pragma once

#include <cuda_runtime_api.h>

#include "core/graph_dot.hpp"
#include "devices/device.hpp"

namespace cw {

class Graph;
class GraphCondition;

class GraphWork : public Allocated {
 public:
  virtual ~GraphWork() = default;
  virtual cudaGraphNodeType type() const = 0;
  virtual Owned<GraphWork> clone() const = 0;
  // Adds the work to a stream. Called once a launch.
  virtual cudaError_t submit(Stream& stream) = 0;
  // Made ready to be submitted, once, when the graph is instantiated. The error is what a launch would give every time.
  virtual cudaError_t prepare() { return cudaSuccess; }
  // The device it must run on, or null for any.
  virtual Device* device() const { return nullptr; }
  // Whether an executable graph's work can become `next`, which is of the same type, and doing so.
  virtual cudaGraphExecUpdateResult accepts(const GraphWork&) const { return cudaGraphExecUpdateSuccess; }
  virtual void take(const GraphWork& next) = 0;
  // What new parameters leave as it is: called on a work about to replace `old`.
  virtual void keep_settings(const GraphWork&) {}
  // Graphs inside the node: a child graph, the bodies of a conditional node.
  virtual size_t graph_count() const { return 0; }
  virtual Graph* graph(size_t) const { return nullptr; }
  // The condition that the work looks at, or null; and whether the work is given it, to set it.
  virtual const GraphCondition* condition() const { return nullptr; }
  virtual bool is_given(const GraphCondition&) const { return false; }
  // Kinds that cudaGraphNodeSetEnabled takes, and kinds of which a graph cannot be cloned.
  virtual bool can_be_disabled() const { return false; }
  virtual bool can_be_cloned() const { return true; }
  // Lines of the node's label in cudaGraphDebugDotPrint.
  virtual void describe(DotFile& file) const = 0;
};

}  // namespace cw
