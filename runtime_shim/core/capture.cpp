#include "core/capture.hpp"

#include <pthread.h>

namespace cw {
namespace {

alignas(Captures) unsigned char storage[sizeof(Captures)];
pthread_once_t once = PTHREAD_ONCE_INIT;

bool reaches(const Vector<GraphNode*>& from, const GraphNode* wanted) {
  for (const GraphNode* node : from) {
    if (node == wanted || reaches(node->dependencies, wanted)) return true;
  }
  return false;
}

}  // namespace

Captures& captures() {
  pthread_once(&once, [] { new (static_cast<void*>(storage)) Captures(); });
  return *reinterpret_cast<Captures*>(storage);
}

CapturingStream::CapturingStream(Stream& real, Capture& capture, const Vector<GraphNode*>& after)
    : Stream(real.device(), real.flags(), real.priority()), capture_(capture) {
  continue_after(after);
}

void CapturingStream::continue_after(const Vector<GraphNode*>& nodes) {
  for (GraphNode* node : nodes) {
    if (!last_.contains(node)) last_.push(node);
  }
}

GraphNode* CapturingStream::add(cudaGraphNodeType type) {
  GraphNode* node = capture_.graph->add(type, last_);
  last_.clear();
  last_.push(node);
  return node;
}

cudaError_t CapturingStream::refuse() {
  if (capture_.broken == cudaSuccess) capture_.broken = cudaErrorStreamCaptureInvalidated;
  return cudaErrorStreamCaptureUnsupported;
}

cudaError_t CapturingStream::copy(const Copy& job) {
  add(cudaGraphNodeTypeMemcpy)->copy = job;
  return cudaSuccess;
}

cudaError_t CapturingStream::fill(const Fill& job) {
  add(cudaGraphNodeTypeMemset)->fill = job;
  return cudaSuccess;
}

cudaError_t CapturingStream::launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) {
  Vector<uint8_t> kept;
  const cudaError_t error = kernel.keep_arguments(arguments, &kept);
  if (error != cudaSuccess) return error;
  GraphNode* node = add(cudaGraphNodeTypeKernel);
  node->kernel = &kernel;
  node->shape = shape;
  node->arguments = static_cast<Vector<uint8_t>&&>(kept);
  return cudaSuccess;
}

cudaError_t CapturingStream::call(void (*function)(void*), void* data) {
  GraphNode* node = add(cudaGraphNodeTypeHost);
  node->function = function;
  node->data = data;
  return cudaSuccess;
}

cudaError_t CapturingStream::record(Event& event) {
  captures().note_record(event, *this);
  return cudaSuccess;
}

cudaError_t CapturingStream::wait(Event& event) {
  Capture* capture = nullptr;
  const Vector<GraphNode*>* nodes = captures().recorded(event, &capture);
  if (nodes == nullptr) return cudaErrorStreamCaptureIsolation;
  if (capture != &capture_) return cudaErrorStreamCaptureMerge;
  continue_after(*nodes);
  return cudaSuccess;
}

cudaError_t CapturingStream::allocate(size_t, void**) { return cudaErrorNotSupported; }
cudaError_t CapturingStream::release(void*) { return cudaErrorNotSupported; }

CapturingStream* Captures::find(cudaStream_t stream) {
  if (active_.load(std::memory_order_relaxed) == 0) return nullptr;
  Lock lock(mutex_);
  Owned<CapturingStream>* found = streams_.find(stream);
  return found != nullptr ? found->get() : nullptr;
}

cudaError_t Captures::begin(cudaStream_t handle, Stream& real) {
  Lock lock(mutex_);
  if (streams_.find(handle) != nullptr) return cudaErrorIllegalState;
  Capture& capture = *captures_.push(Owned<Capture>(new Capture));
  capture.id = ++ids_;
  capture.graph.reset(new Graph);
  capture.origin = handle;
  streams_.set(handle, Owned<CapturingStream>(new CapturingStream(real, capture, Vector<GraphNode*>())));
  active_.fetch_add(1);
  return cudaSuccess;
}

cudaError_t Captures::end(cudaStream_t handle, Owned<Graph>* out) {
  Lock lock(mutex_);
  Owned<CapturingStream>* origin = streams_.find(handle);
  if (origin == nullptr) return cudaErrorIllegalState;
  Capture& capture = (*origin)->capture();
  if (capture.origin != handle) return cudaErrorStreamCaptureUnmatched;
  cudaError_t error = capture.broken;
  for (auto& item : streams_) {
    if (&item.value->capture() != &capture) continue;
    for (GraphNode* node : item.value->last()) {
      if (error == cudaSuccess && !reaches((*origin)->last(), node)) error = cudaErrorStreamCaptureUnjoined;
    }
  }
  if (error == cudaSuccess) *out = static_cast<Owned<Graph>&&>(capture.graph);
  forget(capture);
  return error;
}

void Captures::forget(Capture& capture) {
  for (bool again = true; again;) {
    again = false;
    for (auto& item : streams_) {
      if (&item.value->capture() != &capture) continue;
      streams_.erase(item.key);
      again = true;
      break;
    }
  }
  for (bool again = true; again;) {
    again = false;
    for (auto& item : records_) {
      if (item.value->capture != &capture) continue;
      records_.erase(item.key);
      again = true;
      break;
    }
  }
  for (size_t i = 0; i < captures_.size(); ++i) {
    if (captures_[i].get() == &capture) captures_.erase(i);
  }
  active_.fetch_sub(1);
}

void Captures::note_record(Event& event, CapturingStream& stream) {
  Owned<Record> record(new Record);
  record->capture = &stream.capture();
  for (GraphNode* node : stream.last()) record->nodes.push(node);
  Lock lock(mutex_);
  records_.set(&event, static_cast<Owned<Record>&&>(record));
}

const Vector<GraphNode*>* Captures::recorded(Event& event, Capture** capture) {
  if (active_.load(std::memory_order_relaxed) == 0) return nullptr;
  Lock lock(mutex_);
  Owned<Record>* record = records_.find(&event);
  if (record == nullptr) return nullptr;
  *capture = (*record)->capture;
  return &(*record)->nodes;
}

bool Captures::join(cudaStream_t handle, Stream& real, Event& event) {
  Capture* capture = nullptr;
  const Vector<GraphNode*>* nodes = recorded(event, &capture);
  if (nodes == nullptr) return false;
  Lock lock(mutex_);
  streams_.set(handle, Owned<CapturingStream>(new CapturingStream(real, *capture, *nodes)));
  return true;
}

}  // namespace cw
