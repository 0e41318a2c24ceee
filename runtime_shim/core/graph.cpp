#include "core/graph.hpp"

#include <string.h>

#include <atomic>

#include "core/hash_map.hpp"
#include "core/immortal.hpp"

namespace cw {
namespace {

std::atomic<uint64_t> node_ids{1};
Mutex graph_mutex;

Mutex handles_mutex;
constinit Immortal<HashMap<Graph*>> graphs;
constinit Immortal<HashMap<GraphNode*>> nodes;

bool same(const cudaGraphEdgeData& a, const cudaGraphEdgeData& b) { return memcmp(&a, &b, sizeof a) == 0; }

size_t find_edge(const Vector<GraphEdge>& edges, const GraphNode* node, const cudaGraphEdgeData* data) {
  size_t i = 0;
  while (i < edges.size() && (edges[i].node != node || (data != nullptr && !same(edges[i].data, *data)))) ++i;
  return i;
}

}  // namespace

GraphLock::GraphLock() { graph_mutex.lock(); }
GraphLock::~GraphLock() { graph_mutex.unlock(); }

Graph* find_graph(cudaGraph_t handle) {
  Lock lock(handles_mutex);
  Graph** found = handle != nullptr ? graphs.value.find(key_of(handle)) : nullptr;
  return found != nullptr ? *found : nullptr;
}

GraphNode* find_node(cudaGraphNode_t handle) {
  Lock lock(handles_mutex);
  GraphNode** found = handle != nullptr ? nodes.value.find(key_of(handle)) : nullptr;
  return found != nullptr ? *found : nullptr;
}

GraphNode::GraphNode(Graph& owner, Owned<GraphWork> what)
    : graph(owner), id(node_ids.fetch_add(1)), work(static_cast<Owned<GraphWork>&&>(what)) {
  Lock lock(handles_mutex);
  nodes.value.set(key_of(this), this);
}

GraphNode::~GraphNode() {
  Lock lock(handles_mutex);
  nodes.value.erase(key_of(this));
}

bool GraphNode::depends_on(const GraphNode* node) const { return find_edge(dependencies, node, nullptr) < dependencies.size(); }

bool GraphNode::comes_after(const GraphNode* node) const {
  Vector<bool> seen;
  seen.resize(graph.nodes().size());
  Vector<const GraphNode*> open;
  open.push(this);
  while (!open.empty()) {
    for (const GraphEdge& edge : open.pop()->dependencies) {
      if (edge.node == node) return true;
      if (seen[edge.node->index]) continue;
      seen[edge.node->index] = true;
      open.push(edge.node);
    }
  }
  return false;
}

Graph::Graph() : execs(new LiveExecs), objects(new UserObjects) {
  Lock lock(handles_mutex);
  graphs.value.set(key_of(this), this);
}

Graph::~Graph() {
  Lock lock(handles_mutex);
  graphs.value.erase(key_of(this));
}

GraphNode* Graph::add(Owned<GraphWork> work, const Vector<GraphEdge>& dependencies) {
  GraphNode* node = nodes_.push(Owned<GraphNode>(new GraphNode(*this, static_cast<Owned<GraphWork>&&>(work)))).get();
  node->index = nodes_.size() - 1;
  for (const GraphEdge& edge : dependencies) {
    node->dependencies.push(edge);
    edge.node->dependents.push(GraphEdge{node, edge.data});
  }
  return node;
}

bool Graph::connect(GraphNode& from, GraphNode& to, const cudaGraphEdgeData& data) {
  if (find_edge(to.dependencies, &from, &data) < to.dependencies.size()) return false;
  to.dependencies.push(GraphEdge{&from, data});
  from.dependents.push(GraphEdge{&to, data});
  return true;
}

bool Graph::disconnect(GraphNode& from, GraphNode& to, const cudaGraphEdgeData* data) {
  const size_t at = find_edge(to.dependencies, &from, data);
  if (at == to.dependencies.size()) return false;
  const cudaGraphEdgeData found = to.dependencies[at].data;
  to.dependencies.erase(at);
  from.dependents.erase(find_edge(from.dependents, &to, &found));
  return true;
}

void Graph::remove(GraphNode& node) {
  while (!node.dependencies.empty()) disconnect(*node.dependencies.back().node, node, nullptr);
  while (!node.dependents.empty()) disconnect(node, *node.dependents.back().node, nullptr);
  const size_t at = node.index;
  for (size_t i = at + 1; i < nodes_.size(); ++i) --nodes_[i]->index;
  nodes_.erase(at);
}

void Graph::copy_to(Graph& to) const {
  for (const Owned<GraphNode>& from : nodes_) {
    GraphNode* node = to.add(from->work->clone(), Vector<GraphEdge>());
    node->origin = from->id;
    node->enabled = from->enabled;
  }
  for (const Owned<GraphNode>& from : nodes_) {
    for (const GraphEdge& edge : from->dependencies)
      to.nodes_[from->index]->dependencies.push(GraphEdge{to.nodes_[edge.node->index].get(), edge.data});
    for (const GraphEdge& edge : from->dependents)
      to.nodes_[from->index]->dependents.push(GraphEdge{to.nodes_[edge.node->index].get(), edge.data});
  }
  for (const Ref<GraphCondition>& condition : conditions) to.conditions.push(condition);
  objects->share_with(*to.objects);
}

bool Graph::contains(const Graph* graph) const {
  if (graph == this) return true;
  for (const Owned<GraphNode>& node : nodes_) {
    for (size_t i = 0; i < node->work->graph_count(); ++i) {
      if (node->work->graph(i)->contains(graph)) return true;
    }
  }
  return false;
}

bool Graph::can_be_cloned() const {
  for (const Owned<GraphNode>& node : nodes_) {
    if (!node->work->can_be_cloned()) return false;
    for (size_t i = 0; i < node->work->graph_count(); ++i) {
      if (!node->work->graph(i)->can_be_cloned()) return false;
    }
  }
  return true;
}

bool Graph::has_memory() const {
  for (const Owned<GraphNode>& node : nodes_) {
    const cudaGraphNodeType type = node->work->type();
    if (type == cudaGraphNodeTypeMemAlloc || type == cudaGraphNodeTypeMemFree) return true;
    for (size_t i = 0; i < node->work->graph_count(); ++i) {
      if (node->work->graph(i)->has_memory()) return true;
    }
  }
  return false;
}

bool Graph::order(Vector<GraphNode*>* out) const {
  Vector<size_t> missing;
  missing.reserve(nodes_.size());
  for (const Owned<GraphNode>& node : nodes_) {
    missing.push(node->dependencies.size());
    if (node->dependencies.empty()) out->push(node.get());
  }
  for (size_t i = 0; i < out->size(); ++i) {
    for (const GraphEdge& edge : (*out)[i]->dependents) {
      if (--missing[edge.node->index] == 0) out->push(edge.node);
    }
  }
  return out->size() == nodes_.size();
}

GraphNode* Graph::copy_of(uint64_t origin) const {
  for (const Owned<GraphNode>& node : nodes_) {
    if (node->origin == origin) return node.get();
    for (size_t i = 0; i < node->work->graph_count(); ++i) {
      GraphNode* inside = node->work->graph(i)->copy_of(origin);
      if (inside != nullptr) return inside;
    }
  }
  return nullptr;
}

}  // namespace cw
