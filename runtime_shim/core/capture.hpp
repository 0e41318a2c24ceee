// Stream capture: between cudaStreamBeginCapture and cudaStreamEndCapture the work given to a stream becomes nodes of a graph.
// A stream that waits for an event recorded in a capturing stream joins the capture.
#pragma once

#include <atomic>

#include "core/flat_map.hpp"
#include "core/graph.hpp"
#include "core/sync.hpp"

namespace cw {

struct Capture : Allocated {
  unsigned long long id = 0;
  Owned<Graph> graph;
  cudaStream_t origin = nullptr;
  cudaError_t broken = cudaSuccess;  // the first call that a capture does not allow
};

// Stands in for a stream that captures.
class CapturingStream final : public Stream {
 public:
  CapturingStream(Stream& real, Capture& capture, const Vector<GraphNode*>& after);
  cudaError_t copy(const Copy& job) override;
  cudaError_t fill(const Fill& job) override;
  cudaError_t launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) override;
  cudaError_t call(void (*function)(void*), void* data) override;
  cudaError_t record(Event& event) override;
  cudaError_t wait(Event& event) override;
  cudaError_t query() override { return refuse(); }
  cudaError_t synchronize() override { return refuse(); }
  cudaError_t allocate(size_t bytes, void** out) override;
  cudaError_t release(void* memory) override;
  cudaError_t allocate_from(Pool&, size_t bytes, void** out) override { return allocate(bytes, out); }
  cudaError_t release_to(Pool&, void* memory) override { return release(memory); }

  Capture& capture() { return capture_; }
  const Vector<GraphNode*>& last() const { return last_; }
  void continue_after(const Vector<GraphNode*>& nodes);

 private:
  GraphNode* add(cudaGraphNodeType type);
  cudaError_t refuse();

  Capture& capture_;
  Vector<GraphNode*> last_;  // what the next node comes after
};

// All captures of the process. Every member may be called from any thread.
class Captures {
 public:
  // Null where the stream does not capture: the case that must cost nothing.
  CapturingStream* find(cudaStream_t stream);
  cudaError_t begin(cudaStream_t handle, Stream& real);
  cudaError_t end(cudaStream_t handle, Owned<Graph>* out);
  void note_record(Event& event, CapturingStream& stream);
  // The nodes an event stands for, or null when it was not recorded in a capture.
  const Vector<GraphNode*>* recorded(Event& event, Capture** capture);
  // Makes a stream part of the capture in which `event` was recorded; false when it was not.
  bool join(cudaStream_t handle, Stream& real, Event& event);

 private:
  struct Record : Allocated {
    Capture* capture;
    Vector<GraphNode*> nodes;
  };
  void forget(Capture& capture);

  Mutex mutex_;
  std::atomic<int> active_{0};
  unsigned long long ids_ = 0;
  Vector<Owned<Capture>> captures_;
  FlatMap<cudaStream_t, Owned<CapturingStream>> streams_;
  FlatMap<Event*, Owned<Record>> records_;
};

Captures& captures();

}  // namespace cw
