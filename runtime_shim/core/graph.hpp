// Graphs: work described once, launched many times.
//
//   Graph          nodes and edges, what cudaGraph_t names; built node by node or by stream capture
//   GraphNode      one node, what cudaGraphNode_t names; its GraphWork says what it does
//   GraphSchedule  in which streams and in which order a graph's nodes run (graph_schedule.hpp)
//   GraphExec      what cudaGraphExec_t names: a copy of a graph with its schedule (graph_exec.hpp)
//
// Handles are the objects' addresses; find_graph and find_node notice stale ones. CUDA leaves it to the program that one graph is
// not used by two threads at a time; GraphLock makes it safe nevertheless and is held by whoever reads or changes a graph.
#pragma once

#include <atomic>

#include "core/graph_condition.hpp"
#include "core/graph_work.hpp"
#include "core/sync.hpp"
#include "core/user_object.hpp"

namespace cw {

class GraphNode;

struct GraphEdge {
  GraphNode* node;  // at the other end
  cudaGraphEdgeData data;
};

class GraphNode : public Allocated {
 public:
  GraphNode(Graph& owner, Owned<GraphWork> what);
  ~GraphNode();

  cudaGraphNode_t handle() { return reinterpret_cast<cudaGraphNode_t>(this); }
  bool depends_on(const GraphNode* node) const;
  bool comes_after(const GraphNode* node) const;  // directly or through others

  Graph& graph;
  const uint64_t id;    // unique in the process
  uint64_t origin = 0;  // of a copy: the id of the node it is a copy of
  size_t index = 0;     // among the graph's nodes
  bool enabled = true;
  Owned<GraphWork> work;
  Vector<GraphEdge> dependencies;  // in the order in which they were added
  Vector<GraphEdge> dependents;
};

// How many executable graphs made of a graph exist.
struct LiveExecs : Counted {
  std::atomic<int> count{0};
};

class Graph : public Allocated {
 public:
  Graph();
  ~Graph();
  cudaGraph_t handle() { return reinterpret_cast<cudaGraph_t>(this); }

  // A new node after `dependencies`, which must be different nodes of this graph.
  GraphNode* add(Owned<GraphWork> work, const Vector<GraphEdge>& dependencies);
  // False when the edge is there already (connect) or is not there (disconnect, which looks at the data only where given).
  bool connect(GraphNode& from, GraphNode& to, const cudaGraphEdgeData& data);
  bool disconnect(GraphNode& from, GraphNode& to, const cudaGraphEdgeData* data);
  void remove(GraphNode& node);

  const Vector<Owned<GraphNode>>& nodes() const { return nodes_; }
  // Adds a copy of every node and edge to `to`, which is empty.
  void copy_to(Graph& to) const;
  // True for the graph itself and for graphs inside its nodes.
  bool contains(const Graph* graph) const;
  // False where some node forbids it (memory and conditional nodes): one instance of them exists.
  bool can_be_cloned() const;
  // True with memory nodes, here or inside: one executable graph at a time may exist.
  bool has_memory() const;
  // Nodes so that each comes after its dependencies. False when they form a circle; then `out` lacks some.
  bool order(Vector<GraphNode*>* out) const;
  // The node copied from the one with this id, here or in a graph inside a node; null when there is none.
  GraphNode* copy_of(uint64_t origin) const;

  // Belongs to a node of another graph (child graph, body of a conditional node): the program does not destroy it.
  bool inner = false;
  Ref<LiveExecs> execs;
  Vector<Ref<GraphCondition>> conditions;
  Ref<UserObjects> objects;

 private:
  Vector<Owned<GraphNode>> nodes_;
};

class GraphLock {
 public:
  GraphLock();
  ~GraphLock();
  GraphLock(const GraphLock&) = delete;
  GraphLock& operator=(const GraphLock&) = delete;
};

// Null for a stale handle. Inner graphs and graphs being captured are found too.
Graph* find_graph(cudaGraph_t handle);
GraphNode* find_node(cudaGraphNode_t handle);

inline constexpr cudaGraphEdgeData kPlainEdge = {};

}  // namespace cw
