// cudaGraphExecUpdate: pairs the nodes of two graphs and, where all pairs fit, moves the new parameters over.
#include "core/graph_exec.hpp"

namespace cw {
namespace {

// Nodes are paired from the ends of both graphs: the nodes nothing depends on, in the order of their creation, then dependencies in
// the order in which they were added (CUDA Runtime API reference, cudaGraphExecUpdate).
class Pairing {
 public:
  struct Pair {
    GraphNode* old_node;
    const GraphNode* new_node;
  };

  Pairing(Vector<Pair>* out, cudaGraphExecUpdateResultInfo* info) : out_(*out), info_(*info) {}

  bool pair(Graph& old_graph, const Graph& new_graph) {
    if (old_graph.nodes().size() != new_graph.nodes().size())
      return fail(cudaGraphExecUpdateErrorTopologyChanged, nullptr, nullptr);
    Vector<const GraphNode*> partner;  // by the index of the new node
    partner.resize(new_graph.nodes().size());
    Vector<bool> taken;  // by the index of the old node
    taken.resize(partner.size());
    Vector<Pair> open;
    size_t at = 0;
    for (const Owned<GraphNode>& node : new_graph.nodes()) {
      if (!node->dependents.empty()) continue;
      while (at < old_graph.nodes().size() && !old_graph.nodes()[at]->dependents.empty()) ++at;
      if (at == old_graph.nodes().size()) return fail(cudaGraphExecUpdateErrorTopologyChanged, node.get(), nullptr);
      open.push(Pair{old_graph.nodes()[at++].get(), node.get()});
    }
    while (!open.empty()) {
      const Pair next = open.pop();
      const GraphNode*& known = partner[next.new_node->index];
      if (known == next.old_node) continue;
      bool& used = taken[next.old_node->index];
      if (known != nullptr || used) return fail(cudaGraphExecUpdateErrorTopologyChanged, next.new_node, nullptr);
      known = next.old_node;
      used = true;
      if (!fits(next) || !pair_dependencies(next, partner, &open)) return false;
      out_.push(next);
    }
    return true;
  }

 private:
  bool fail(cudaGraphExecUpdateResult why, const GraphNode* node, const GraphNode* from) {
    info_.result = why;
    info_.errorNode = node != nullptr ? const_cast<GraphNode*>(node)->handle() : nullptr;
    info_.errorFromNode = from != nullptr ? const_cast<GraphNode*>(from)->handle() : nullptr;
    return false;
  }

  bool pair_dependencies(const Pair& pair, const Vector<const GraphNode*>& partner, Vector<Pair>* open) {
    const auto& before = pair.old_node->dependencies;
    const auto& now = pair.new_node->dependencies;
    if (before.size() != now.size()) return fail(cudaGraphExecUpdateErrorTopologyChanged, pair.new_node, nullptr);
    for (size_t i = 0; i < now.size(); ++i) {
      const GraphNode* known = partner[now[i].node->index];
      if (known != nullptr && known != before[i].node) {
        return fail(cudaGraphExecUpdateErrorTopologyChanged, pair.new_node, now[i].node);
      }
      if (known == nullptr) open->push(Pair{before[i].node, now[i].node});
    }
    return true;
  }

  bool fits(const Pair& pair) {
    GraphWork& old_work = *pair.old_node->work;
    const GraphWork& new_work = *pair.new_node->work;
    if (old_work.type() != new_work.type()) return fail(cudaGraphExecUpdateErrorNodeTypeChanged, pair.new_node, nullptr);
    const cudaGraphExecUpdateResult result = old_work.accepts(new_work);
    if (result != cudaGraphExecUpdateSuccess) return fail(result, pair.new_node, nullptr);
    for (size_t i = 0; i < new_work.graph_count(); ++i) {
      if (!this->pair(*old_work.graph(i), *new_work.graph(i))) return false;
    }
    return true;
  }

  Vector<Pair>& out_;
  cudaGraphExecUpdateResultInfo& info_;
};

}  // namespace

cudaError_t GraphExec::update(const Graph& graph, cudaGraphExecUpdateResultInfo* info) {
  cudaGraphExecUpdateResultInfo unused;
  if (info == nullptr) info = &unused;
  *info = cudaGraphExecUpdateResultInfo{cudaGraphExecUpdateSuccess, nullptr, nullptr};
  Lock lock(mutex_);
  Vector<Pairing::Pair> pairs;
  if (!Pairing(&pairs, info).pair(*graph_, graph)) return cudaErrorGraphExecUpdateFailure;
  settle();
  for (const Pairing::Pair& pair : pairs) pair.old_node->work->take(*pair.new_node->work);
  return cudaSuccess;
}

cudaError_t GraphExec::update_child(const GraphNode& original, const Graph& graph) {
  Lock lock(mutex_);
  GraphNode* copy = copy_of(original);
  if (copy == nullptr || copy->work->type() != cudaGraphNodeTypeGraph) return cudaErrorInvalidValue;
  cudaGraphExecUpdateResultInfo unused;
  Vector<Pairing::Pair> pairs;
  if (!Pairing(&pairs, &unused).pair(*copy->work->graph(0), graph)) return cudaErrorInvalidValue;
  settle();
  for (const Pairing::Pair& pair : pairs) pair.old_node->work->take(*pair.new_node->work);
  return cudaSuccess;
}

}  // namespace cw
