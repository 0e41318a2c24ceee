// The stream that stands in for a capturing one: what it is given becomes nodes.
#include "core/capture.hpp"
#include "core/graph_build.hpp"
#include "core/graph_works.hpp"

namespace cw {
namespace {

bool has(const Vector<GraphEdge>& edges, const GraphNode* node) {
  for (const GraphEdge& edge : edges) {
    if (edge.node == node) return true;
  }
  return false;
}

}  // namespace

CapturingStream::CapturingStream(Stream& real, Capture& capture, const Vector<GraphEdge>& after)
    : Stream(real.device(), real.flags(), real.priority()), capture_(capture) {
  continue_after(after);
}

void CapturingStream::continue_after(const Vector<GraphEdge>& nodes) {
  for (const GraphEdge& edge : nodes) {
    if (!has(last_, edge.node)) last_.push(edge);
  }
}

void CapturingStream::set_dependencies(const Vector<GraphEdge>& nodes) {
  last_.clear();
  continue_after(nodes);
}

const cudaGraphNode_t* CapturingStream::dependency_handles() {
  handles_.clear();
  for (const GraphEdge& edge : last_) handles_.push(edge.node->handle());
  return handles_.data();
}

const cudaGraphEdgeData* CapturingStream::dependency_data() {
  data_.clear();
  for (const GraphEdge& edge : last_) data_.push(edge.data);
  return data_.data();
}

cudaError_t CapturingStream::refuse(cudaError_t error) {
  capture_.invalid = true;
  return error;
}

cudaError_t CapturingStream::add(Owned<GraphWork> work) {
  if (capture_.invalid) return cudaErrorStreamCaptureInvalidated;
  GraphLock lock;
  GraphNode* node = capture_.graph->add(static_cast<Owned<GraphWork>&&>(work), last_);
  last_.clear();
  last_.push(GraphEdge{node, kPlainEdge});
  return cudaSuccess;
}

cudaError_t CapturingStream::copy(const Copy& job) { return add(Owned<GraphWork>(new CopyWork(job))); }

cudaError_t CapturingStream::fill(const Fill& job) { return add(Owned<GraphWork>(new FillWork(job))); }

cudaError_t CapturingStream::launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) {
  Owned<KernelWork> work(new KernelWork(device(), nullptr, kernel));
  const cudaError_t error = work->set(shape, arguments);
  return error != cudaSuccess ? error : add(Owned<GraphWork>(work.release()));
}

cudaError_t CapturingStream::call(void (*function)(void*), void* data) {
  return add(Owned<GraphWork>(new HostWork(function, data)));
}

cudaError_t CapturingStream::record(Event& event) {
  if (capture_.invalid) return cudaErrorStreamCaptureInvalidated;
  captures().note_record(event, *this);
  return cudaSuccess;
}

cudaError_t CapturingStream::wait(Event& event) {
  if (capture_.invalid) return cudaErrorStreamCaptureInvalidated;
  Capture* capture = nullptr;
  Vector<GraphEdge> nodes;
  if (!captures().recorded(event, &capture, &nodes)) return refuse(cudaErrorStreamCaptureIsolation);
  if (capture != &capture_) {
    capture->invalid = true;
    return refuse(cudaErrorStreamCaptureMerge);
  }
  continue_after(nodes);
  return cudaSuccess;
}

cudaError_t CapturingStream::add_graph(const Graph& graph) {
  if (!graph.can_be_cloned()) return cudaErrorNotSupported;
  Owned<Graph> child(new Graph);
  graph.copy_to(*child);
  return add(Owned<GraphWork>(new ChildWork(static_cast<Owned<Graph>&&>(child))));
}

cudaError_t CapturingStream::add_event(cudaGraphNodeType type, cudaEvent_t event) {
  return add(Owned<GraphWork>(new EventWork(type, event)));
}

cudaError_t CapturingStream::allocate(size_t bytes, void** out) {
  if (capture_.invalid) return cudaErrorStreamCaptureInvalidated;
  GraphNode* node = nullptr;
  GraphLock lock;
  const cudaError_t error = add_alloc(*capture_.graph, last_, device(), bytes, &node);
  if (error != cudaSuccess) return error;
  last_.clear();
  last_.push(GraphEdge{node, kPlainEdge});
  *out = static_cast<AllocWork&>(*node->work).memory()->address();
  return cudaSuccess;
}

cudaError_t CapturingStream::release(void* memory) {
  if (capture_.invalid) return cudaErrorStreamCaptureInvalidated;
  GraphNode* node = nullptr;
  GraphLock lock;
  const cudaError_t error = add_free(*capture_.graph, last_, memory, &node);
  if (error != cudaSuccess) return error;
  last_.clear();
  last_.push(GraphEdge{node, kPlainEdge});
  return cudaSuccess;
}

}  // namespace cw
