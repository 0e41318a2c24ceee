// Conditional nodes: IF (with ELSE), WHILE and SWITCH.
#pragma once

#include "core/graph.hpp"
#include "core/graph_schedule.hpp"

namespace cw {

// The bodies, kept while a launch may still run them.
class ConditionalBodies : public Counted {
 public:
  ConditionalBodies(Device& device, const Ref<GraphCondition>& condition, cudaGraphConditionalNodeType type, size_t count);
  Ref<ConditionalBodies> copy() const;
  cudaError_t prepare();
  // Runs what the condition says and returns when it is done.
  cudaError_t run();

  Device& device;
  Ref<GraphCondition> condition;
  const cudaGraphConditionalNodeType type;
  Vector<Owned<Graph>> graphs;
  Vector<cudaGraph_t> handles;  // of graphs, as the program sees them

 private:
  cudaError_t run_body(size_t i);
  Owned<Stream> stream_;
  Vector<Ref<GraphSchedule>> schedules_;
};

class ConditionalWork final : public GraphWork {
 public:
  explicit ConditionalWork(const Ref<ConditionalBodies>& bodies) : bodies_(bodies) {}
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeConditional; }
  Owned<GraphWork> clone() const override { return Owned<GraphWork>(new ConditionalWork(bodies_->copy())); }
  cudaError_t prepare() override { return bodies_->prepare(); }
  // Where functions in a stream may submit work (the CPU), the condition is looked at when the stream gets there. Elsewhere the
  // launching thread waits for the stream and looks.
  cudaError_t submit(Stream& stream) override;
  Device* device() const override { return &bodies_->device; }
  cudaGraphExecUpdateResult accepts(const GraphWork& next) const override;
  void take(const GraphWork& next) override;
  size_t graph_count() const override { return bodies_->graphs.size(); }
  Graph* graph(size_t i) const override { return bodies_->graphs[i].get(); }
  const GraphCondition* condition() const override { return bodies_->condition.get(); }
  bool can_be_cloned() const override { return false; }
  void describe(DotFile& file) const override;
  const ConditionalBodies& bodies() const { return *bodies_; }

 private:
  Ref<ConditionalBodies> bodies_;
};

// The condition behind a handle that belongs to `graph`, or null.
Ref<GraphCondition> find_condition(const Graph& graph, cudaGraphConditionalHandle handle);

}  // namespace cw
