#include "core/graph.hpp"

#include "core/copies.hpp"
#include "core/launch.hpp"

namespace cw {
namespace {

size_t index_of(const Vector<Owned<GraphNode>>& nodes, const GraphNode* node) {
  size_t i = 0;
  while (i < nodes.size() && nodes[i].get() != node) ++i;
  return i;
}

template <typename T>
Vector<T> copy_of(const Vector<T>& from) {
  Vector<T> to;
  for (const T& item : from) to.push(item);
  return to;
}

}  // namespace

cudaError_t GraphNode::run(Stream& stream) {
  switch (type) {
    case cudaGraphNodeTypeKernel:
      return launch_kernel(*kernel, stream, shape, LaunchArguments{nullptr, arguments.data(), arguments.size()});
    case cudaGraphNodeTypeMemcpy:
      return submit_copy(stream, copy, false);
    case cudaGraphNodeTypeMemset:
      return submit_fill(stream, fill, false);
    case cudaGraphNodeTypeHost:
      return stream.call(function, data);
    default:
      return cudaSuccess;
  }
}

GraphNode* Graph::add(cudaGraphNodeType type, const Vector<GraphNode*>& dependencies) {
  GraphNode* node = nodes_.push(Owned<GraphNode>(new GraphNode)).get();
  node->type = type;
  node->dependencies = copy_of(dependencies);
  return node;
}

bool Graph::owns(const GraphNode* node) const { return index_of(nodes_, node) < nodes_.size(); }

Owned<Graph> Graph::clone() const {
  Owned<Graph> copy(new Graph);
  for (const Owned<GraphNode>& from : nodes_) {
    GraphNode* to = copy->add(from->type, Vector<GraphNode*>());
    to->kernel = from->kernel;
    to->shape = from->shape;
    to->arguments = copy_of(from->arguments);
    to->copy = from->copy;
    to->fill = from->fill;
    to->function = from->function;
    to->data = from->data;
  }
  for (size_t i = 0; i < nodes_.size(); ++i) {
    for (const GraphNode* before : nodes_[i]->dependencies) {
      copy->nodes_[i]->dependencies.push(copy->nodes_[index_of(nodes_, before)].get());
    }
  }
  return copy;
}

bool Graph::order(Vector<GraphNode*>* out) const {
  while (out->size() < nodes_.size()) {
    const size_t before = out->size();
    for (const Owned<GraphNode>& node : nodes_) {
      bool ready = !out->contains(node.get());
      for (GraphNode* dependency : node->dependencies) ready = ready && out->contains(dependency);
      if (ready) out->push(node.get());
    }
    if (out->size() == before) return false;
  }
  return true;
}

GraphExec* GraphExec::make(const Graph& graph) {
  Owned<GraphExec> made(new GraphExec);
  made->graph_ = graph.clone();
  return made->graph_->order(&made->order_) ? made.release() : nullptr;
}

void GraphExec::swap(GraphExec& other) {
  Owned<Graph> mine = static_cast<Owned<Graph>&&>(graph_);
  graph_ = static_cast<Owned<Graph>&&>(other.graph_);
  other.graph_ = static_cast<Owned<Graph>&&>(mine);
  order_.swap(other.order_);
}

cudaError_t GraphExec::launch(Stream& stream) {
  for (GraphNode* node : order_) {
    const cudaError_t error = node->run(stream);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}

}  // namespace cw
