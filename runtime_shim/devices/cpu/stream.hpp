// Streams and events of the CPU device.
#pragma once

#include "devices/cpu/queue.hpp"
#include "devices/device.hpp"

namespace cw::cpu {

class CpuDevice;

// When and where an event was recorded. Shared by the event and the operation that stamps it.
struct Stamp : Counted {
  Ref<Queue> queue;
  uint64_t number = 0;
  uint64_t time_ns = 0;  // valid once the queue has reached `number`
};

class CpuEvent final : public Event {
 public:
  explicit CpuEvent(unsigned flags) : flags_(flags) {}
  cudaError_t query() override;
  cudaError_t synchronize() override;
  cudaError_t elapsed(Event& end, float* milliseconds) override;

  Ref<Stamp> stamp();
  void set_stamp(Ref<Stamp> stamp);

 private:
  unsigned flags_;
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

 private:
  uint64_t submit(Owned<Operation> operation);
  cudaError_t run_now(Owned<Operation> operation);
  void depend_on_default_streams(Operation& operation);

  CpuDevice& cpu_;
  Ref<Queue> queue_;
};

}  // namespace cw::cpu
