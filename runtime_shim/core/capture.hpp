// Stream capture: between cudaStreamBeginCapture and cudaStreamEndCapture the work given to a stream becomes nodes of a graph.
// A stream that waits for an event recorded in a capturing stream joins the capture.
#pragma once

#include <pthread.h>

#include <atomic>

#include "core/flat_map.hpp"
#include "core/graph.hpp"

namespace cw {

struct Capture : Allocated {
  unsigned long long id = 0;
  Graph* graph = nullptr;
  Owned<Graph> own;  // the same, where the capture made it
  Stream* origin = nullptr;
  pthread_t thread{};
  cudaStreamCaptureMode mode = cudaStreamCaptureModeGlobal;
  bool invalid = false;        // a call was made that a capture does not allow
  Vector<GraphNode*> orphans;  // the last nodes of streams that were destroyed meanwhile

  cudaStreamCaptureStatus status() const { return invalid ? cudaStreamCaptureStatusInvalidated : cudaStreamCaptureStatusActive; }
};

// Stands in for a stream that captures.
class CapturingStream final : public Stream {
 public:
  CapturingStream(Stream& real, Capture& capture, const Vector<GraphEdge>& after);
  cudaError_t copy(const Copy& job) override;
  cudaError_t fill(const Fill& job) override;
  cudaError_t launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) override;
  cudaError_t call(void (*function)(void*), void* data) override;
  cudaError_t record(Event& event) override;
  cudaError_t wait(Event& event) override;
  cudaError_t query() override { return refuse(); }
  cudaError_t synchronize() override { return refuse(); }
  cudaError_t copy_now(const Copy&) override { return refuse(); }
  cudaError_t fill_now(const Fill&) override { return refuse(); }
  // A memory allocation node, a memory free node (of memory from an allocation node, else cudaErrorInvalidValue).
  cudaError_t allocate(size_t bytes, void** out) override;
  cudaError_t release(void* memory) override;
  cudaError_t allocate_from(Pool&, size_t bytes, void** out) override { return allocate(bytes, out); }
  cudaError_t release_to(Pool&, void* memory) override { return release(memory); }
  bool capturing() const override { return true; }

  // A child graph node, an event record or wait node, or any other kind.
  cudaError_t add_graph(const Graph& graph);
  cudaError_t add_event(cudaGraphNodeType type, cudaEvent_t event);
  cudaError_t add(Owned<GraphWork> work);
  // Invalidates the capture.
  cudaError_t refuse(cudaError_t error = cudaErrorStreamCaptureUnsupported);

  Capture& capture() { return capture_; }
  const Vector<GraphEdge>& last() const { return last_; }
  // What the next node comes after, besides (add) or instead of (set) what it is.
  void continue_after(const Vector<GraphEdge>& nodes);
  void set_dependencies(const Vector<GraphEdge>& nodes);
  // The same as arrays that last until the next call on this stream.
  const cudaGraphNode_t* dependency_handles();
  const cudaGraphEdgeData* dependency_data();

 private:
  Capture& capture_;
  Vector<GraphEdge> last_;
  Vector<cudaGraphNode_t> handles_;
  Vector<cudaGraphEdgeData> data_;
};

// All captures of the process. Every member may be called from any thread; while nothing captures they cost one load.
class Captures {
 public:
  // What stands in for a stream: the capturing one, one that refuses everything (the legacy stream while a stream that synchronises
  // with it captures), or null.
  Stream* find(Stream& real);
  // `graph`: where the nodes go, null for a new one; `after`: what the first node comes after. cudaErrorIllegalState: captures
  // already.
  cudaError_t begin(Stream& real, cudaStreamCaptureMode mode, Graph* graph, const Vector<GraphEdge>& after);
  // `out` takes the graph; it is empty after a capture into a given one, which `graph` says.
  cudaError_t end(CapturingStream& stream, Owned<Graph>* out, Graph** graph);
  // Makes a stream part of the capture in which `event` was last recorded; false when it was in none.
  bool join(Stream& real, Event& event);
  // The real stream is destroyed. Its capture goes on, but for one that began there, which ends.
  void forget(Stream& real);

  void note_record(Event& event, CapturingStream& stream);
  // The event is destroyed or recorded elsewhere.
  void forget(Event& event);
  // True for an event that was last recorded in a stream that still captures: it cannot be asked or waited for.
  bool is_captured(Event& event);
  bool recorded(Event& event, Capture** capture, Vector<GraphEdge>* nodes);

  // For calls that a capture may not see, as cudaMalloc and cudaDeviceSynchronize: cudaErrorStreamCaptureUnsupported, and the
  // captures invalid, where the modes of the captures and of the calling thread forbid it.
  cudaError_t unsafe_call();
  // True while the legacy stream may not be used.
  bool legacy_is_barred();

 private:
  struct Record : Allocated {
    Capture* capture;
    Vector<GraphEdge> nodes;
  };
  void forget(Capture& capture);
  void set_stream(Stream& real, Capture& capture, const Vector<GraphEdge>& after);
  bool is_joined(CapturingStream& origin);

  Mutex mutex_;
  std::atomic<int> active_{0};
  unsigned long long ids_ = 0;
  Vector<Owned<Capture>> captures_;
  FlatMap<Stream*, Owned<CapturingStream>> streams_;
  FlatMap<Event*, Owned<Record>> records_;
  FlatMap<Stream*, Owned<Stream>> refusing_;  // for each device's legacy stream
};

Captures& captures();

// Captures::begin after the checks of the entries: cudaErrorStreamCaptureUnsupported for the legacy stream, cudaErrorIllegalState
// for a stream that captures, cudaErrorInvalidValue for an unknown mode.
cudaError_t begin_capture(Stream& stream, cudaStreamCaptureMode mode, Graph* graph, const Vector<GraphEdge>& after);

// The calling thread's mode for unsafe calls; returns what it was.
cudaStreamCaptureMode exchange_capture_mode(cudaStreamCaptureMode mode);

}  // namespace cw
