#include "core/capture.hpp"

#include "core/immortal.hpp"
#include "core/refusing_stream.hpp"

namespace cw {
namespace {

constinit Immortal<Captures> storage;
thread_local cudaStreamCaptureMode thread_mode = cudaStreamCaptureModeGlobal;

bool comes_after(const Vector<GraphEdge>& last, const GraphNode* node) {
  for (const GraphEdge& edge : last) {
    if (edge.node == node || edge.node->comes_after(node)) return true;
  }
  return false;
}

// Whether an active capture forbids the calling thread's unsafe calls.
bool forbids(const Capture& capture) {
  if (capture.mode == cudaStreamCaptureModeRelaxed || thread_mode == cudaStreamCaptureModeRelaxed) return false;
  if (pthread_equal(capture.thread, pthread_self()) != 0) return true;
  return capture.mode == cudaStreamCaptureModeGlobal && thread_mode == cudaStreamCaptureModeGlobal;
}

}  // namespace

Captures& captures() { return storage.value; }

cudaStreamCaptureMode exchange_capture_mode(cudaStreamCaptureMode mode) {
  const cudaStreamCaptureMode before = thread_mode;
  thread_mode = mode;
  return before;
}

cudaError_t begin_capture(Stream& stream, cudaStreamCaptureMode mode, Graph* graph, const Vector<GraphEdge>& after) {
  if (mode < cudaStreamCaptureModeGlobal || mode > cudaStreamCaptureModeRelaxed) return cudaErrorInvalidValue;
  if (stream.capturing()) return cudaErrorIllegalState;
  const bool legacy = &stream == &stream.device().legacy_stream() || stream.refusal() != cudaSuccess;
  return legacy ? cudaErrorStreamCaptureUnsupported : captures().begin(stream, mode, graph, after);
}

bool Captures::legacy_is_barred() {
  if (active_.load(std::memory_order_relaxed) == 0) return false;
  Lock lock(mutex_);
  for (auto& item : streams_) {
    if ((item.key->flags() & cudaStreamNonBlocking) == 0) return true;
  }
  return false;
}

Stream* Captures::find(Stream& real) {
  if (active_.load(std::memory_order_relaxed) == 0) return nullptr;
  const bool barred = &real == &real.device().legacy_stream() && legacy_is_barred();
  Lock lock(mutex_);
  if (!barred) {
    Owned<CapturingStream>* found = streams_.find(&real);
    return found != nullptr ? found->get() : nullptr;
  }
  Owned<Stream>* refusing = refusing_.find(&real);
  if (refusing != nullptr) return refusing->get();
  auto* made = new RefusingStream(real, cudaErrorStreamCaptureImplicit);
  refusing_.set(&real, Owned<Stream>(made));
  return made;
}

void Captures::set_stream(Stream& real, Capture& capture, const Vector<GraphEdge>& after) {
  streams_.set(&real, Owned<CapturingStream>(new CapturingStream(real, capture, after)));
}

cudaError_t Captures::begin(Stream& real, cudaStreamCaptureMode mode, Graph* graph, const Vector<GraphEdge>& after) {
  Lock lock(mutex_);
  if (streams_.find(&real) != nullptr) return cudaErrorIllegalState;
  Capture& capture = *captures_.push(Owned<Capture>(new Capture));
  capture.id = ++ids_;
  if (graph == nullptr) capture.own.reset(new Graph);
  capture.graph = graph != nullptr ? graph : capture.own.get();
  capture.origin = &real;
  capture.thread = pthread_self();
  capture.mode = mode;
  set_stream(real, capture, after);
  active_.fetch_add(1);
  return cudaSuccess;
}

// Every node of the capture's streams must come before the end of the stream it began in.
bool Captures::is_joined(CapturingStream& origin) {
  for (const GraphNode* node : origin.capture().orphans) {
    if (!comes_after(origin.last(), node)) return false;
  }
  for (auto& item : streams_) {
    if (&item.value->capture() != &origin.capture()) continue;
    for (const GraphEdge& edge : item.value->last()) {
      if (!comes_after(origin.last(), edge.node)) return false;
    }
  }
  return true;
}

cudaError_t Captures::end(CapturingStream& stream, Owned<Graph>* out, Graph** graph) {
  Lock lock(mutex_);
  Capture& capture = stream.capture();
  const Owned<CapturingStream>* origin = streams_.find(capture.origin);
  if (origin == nullptr || origin->get() != &stream) return cudaErrorStreamCaptureUnmatched;
  const bool same_thread = pthread_equal(capture.thread, pthread_self()) != 0;
  if (capture.mode != cudaStreamCaptureModeRelaxed && !same_thread) return cudaErrorStreamCaptureWrongThread;
  cudaError_t error = capture.invalid ? cudaErrorStreamCaptureInvalidated : cudaSuccess;
  if (error == cudaSuccess && !is_joined(stream)) error = cudaErrorStreamCaptureUnjoined;
  if (error == cudaSuccess) {
    *graph = capture.graph;
    *out = static_cast<Owned<Graph>&&>(capture.own);
  }
  forget(capture);
  return error;
}

void Captures::forget(Capture& capture) {
  Vector<Stream*> streams;
  for (auto& item : streams_) {
    if (&item.value->capture() == &capture) streams.push(item.key);
  }
  Vector<Event*> events;
  for (auto& item : records_) {
    if (item.value->capture == &capture) events.push(item.key);
  }
  for (Stream* stream : streams) streams_.erase(stream);
  for (Event* event : events) records_.erase(event);
  for (size_t i = 0; i < captures_.size(); ++i) {
    if (captures_[i].get() != &capture) continue;
    captures_.erase(i);
    break;
  }
  active_.fetch_sub(1);
}

void Captures::forget(Stream& real) {
  if (active_.load(std::memory_order_relaxed) == 0) return;
  Lock lock(mutex_);
  Owned<CapturingStream>* found = streams_.find(&real);
  if (found == nullptr) return;
  Capture& capture = (*found)->capture();
  for (const GraphEdge& edge : (*found)->last()) capture.orphans.push(edge.node);
  streams_.erase(&real);
  if (capture.origin == &real) forget(capture);
}

void Captures::note_record(Event& event, CapturingStream& stream) {
  Owned<Record> record(new Record);
  record->capture = &stream.capture();
  for (const GraphEdge& edge : stream.last()) record->nodes.push(edge);
  Lock lock(mutex_);
  records_.set(&event, static_cast<Owned<Record>&&>(record));
}

void Captures::forget(Event& event) {
  if (active_.load(std::memory_order_relaxed) == 0) return;
  Lock lock(mutex_);
  records_.erase(&event);
}

bool Captures::is_captured(Event& event) {
  Capture* capture = nullptr;
  Vector<GraphEdge> unused;
  return recorded(event, &capture, &unused);
}

bool Captures::recorded(Event& event, Capture** capture, Vector<GraphEdge>* nodes) {
  if (active_.load(std::memory_order_relaxed) == 0) return false;
  Lock lock(mutex_);
  Owned<Record>* record = records_.find(&event);
  if (record == nullptr) return false;
  *capture = (*record)->capture;
  for (const GraphEdge& edge : (*record)->nodes) nodes->push(edge);
  return true;
}

bool Captures::join(Stream& real, Event& event) {
  Capture* capture = nullptr;
  Vector<GraphEdge> nodes;
  if (!recorded(event, &capture, &nodes)) return false;
  Lock lock(mutex_);
  set_stream(real, *capture, nodes);
  return true;
}

cudaError_t Captures::unsafe_call() {
  if (active_.load(std::memory_order_relaxed) == 0) return cudaSuccess;
  Lock lock(mutex_);
  cudaError_t error = cudaSuccess;
  for (Owned<Capture>& capture : captures_) {
    if (!forbids(*capture)) continue;
    capture->invalid = true;
    error = cudaErrorStreamCaptureUnsupported;
  }
  return error;
}

}  // namespace cw
