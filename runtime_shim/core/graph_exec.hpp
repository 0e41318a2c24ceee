// Executable graphs: a copy of a graph with its schedule. What happens to the graph afterwards does not change it.
#pragma once

#include "core/graph.hpp"
#include "core/graph_memory.hpp"
#include "core/graph_schedule.hpp"
#include "core/hash_map.hpp"

namespace cw {

class GraphExec : public Counted {
 public:
  // Under GraphLock. `culprit` and `result` say more about a failure; either may be null.
  // cudaErrorInvalidValue: a circle, an unused conditional handle, a second instance of a graph with memory nodes, unknown flags.
  // cudaErrorNotSupported: device-side launch.
  static cudaError_t make(Graph& graph, int ordinal, unsigned long long flags, cudaGraphExec_t* out, GraphNode** culprit,
                          cudaGraphInstantiateResult* result);
  ~GraphExec() override;
  // Empty for a stale handle.
  static Ref<GraphExec> find(cudaGraphExec_t handle);
  // Makes a handle stale; work in flight goes on. False for a stale handle.
  static bool destroy(cudaGraphExec_t handle);
  static void destroy_all(int ordinal);
  static size_t count();  // handles that are not stale

  // One launch, after the launches made before, whatever their streams. In a capturing stream: a child graph node.
  cudaError_t launch(Stream& stream);
  // The copy of a node of the graph it was made of, or of a graph inside; null for other nodes.
  GraphNode* copy_of(const GraphNode& original);
  // Gives its copy of a node new parameters; the type must be the same.
  cudaError_t set_work(const GraphNode& original, GraphWork& work);
  // cudaErrorGraphExecUpdateFailure, and nothing changed, with the reason in `info` (may be null).
  cudaError_t update(const Graph& graph, cudaGraphExecUpdateResultInfo* info);
  // The same for its copy of one child graph node; cudaErrorInvalidValue for other nodes and other shapes.
  cudaError_t update_child(const GraphNode& original, const Graph& graph);
  unsigned long long flags() const { return flags_; }
  // False for kinds of nodes that are always enabled, and for nodes of other graphs.
  bool set_enabled(const GraphNode& original, bool on);

 private:
  GraphExec(int ordinal, unsigned long long flags) : ordinal_(ordinal), flags_(flags), graph_(new Graph) {}
  void index(Graph& graph);
  cudaError_t after_launch_before(Stream& stream);
  cudaError_t check_memory();
  void settle();

  const int ordinal_;
  const unsigned long long flags_;
  Owned<Graph> graph_;
  Ref<GraphSchedule> schedule_;
  Ref<LiveExecs> live_;                 // of the graph, where only one may be
  HashMap<GraphNode*> copies_;          // by the id of the original
  Vector<Ref<GraphMemory>> allocated_;  // what its nodes allocate
  bool conditional_ = false;

  Mutex mutex_;
  Stream* last_stream_ = nullptr;  // of the last launch; looked at only when found alive
  uint64_t last_stream_id_ = 0;
  Owned<Event> last_;
};

}  // namespace cw
