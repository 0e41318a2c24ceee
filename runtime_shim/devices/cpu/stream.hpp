// Streams and events of the CPU device.
#pragma once

#include "devices/cpu/queue.hpp"
#include "devices/cpu/shared_event.hpp"
#include "devices/device.hpp"

namespace cw::cpu {

class CpuDevice;

// When and where an event was recorded. Shared by the event and the operation that stamps it.
struct Stamp : Counted {
  Ref<Queue> queue;
  uint64_t number = 0;
  uint64_t time_ns = 0;      // valid once the queue has reached `number`
  Ref<SharedRecord> shared;  // events of several processes, with the number of this record there
  uint64_t shared_number = 0;
};

class CpuEvent final : public Event {
 public:
  // `shared`: for events that several processes use, else null.
  CpuEvent(CpuDevice& device, unsigned flags, const Ref<SharedRecord>& shared = Ref<SharedRecord>())
      : device_(device), flags_(flags), shared_(shared) {}
  cudaError_t query() override;
  cudaError_t synchronize() override;
  cudaError_t elapsed(Event& end, float* milliseconds) override;

  Ref<Stamp> stamp();
  void set_stamp(Ref<Stamp> stamp);
  const Ref<SharedRecord>& shared() const { return shared_; }

 private:
  CpuDevice& device_;
  unsigned flags_;
  const Ref<SharedRecord> shared_;
  Mutex mutex_;
  Ref<Stamp> stamp_;  // null: never recorded
};

class CpuStream final : public Stream {
 public:
  CpuStream(CpuDevice& device, unsigned flags, int priority, Queue::Order order);
  ~CpuStream() override;
  cudaError_t copy(const Copy& job) override;
  cudaError_t fill(const Fill& job) override;
  cudaError_t copy_now(const Copy& job) override;
  cudaError_t fill_now(const Fill& job) override;
  cudaError_t launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) override;
  cudaError_t call(void (*function)(void*), void* data) override;
  cudaError_t record(Event& event) override;
  cudaError_t wait(Event& event) override;
  cudaError_t query() override;
  cudaError_t synchronize() override;
  cudaError_t release(void* memory) override;

  // For memory pools.
  bool is(const Queue& queue) const { return queue_.get() == &queue; }
  // This point of the stream.
  Dependency mark();
  // Makes later work of the stream wait.
  void wait_for(const Dependency& dependency);
  // True when everything submitted from here on comes after it: the stream has waited for an event of it, or both synchronise
  // through the legacy default stream.
  bool comes_after(const Dependency& dependency);
  void unmap(void* memory, size_t bytes);

 private:
  uint64_t submit(Owned<Operation> operation);
  cudaError_t run_now(Owned<Operation> operation);
  void depend_on_default_streams(Operation& operation);

  CpuDevice& cpu_;
  Ref<Queue> queue_;
  Vector<Dependency> waited_;  // one a queue: the latest work of it that this stream waits for. Guarded by the device's order().
};

}  // namespace cw::cpu
