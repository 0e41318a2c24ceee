// The CPU device: the reference implementation of every member, always present.
#pragma once

#include <atomic>

#include "devices/cpu/stream.hpp"
#include "devices/cpu/virtual_memory.hpp"
#include "devices/cpu/worker_pool.hpp"
#include "devices/device.hpp"

namespace cw::cpu {

class CpuPool;

class CpuDevice final : public Device {
 public:
  // `index`: which of the process's CPU devices this is.
  explicit CpuDevice(int index);
  const char* kind() const override { return "cpu"; }
  int rank(const fatbin::Image& image) const override;
  bool code_architecture(char* out, size_t size) override;
  cudaError_t load(const fatbin::Image& image, const Vector<uint8_t>& bytes, Owned<Module>* out) override;
  cudaError_t properties(cudaDeviceProp* out) override;
  cudaError_t memory_info(size_t* free_bytes, size_t* total_bytes) override;
  cudaError_t allocate(size_t bytes, void** out) override;
  cudaError_t release(void* memory) override;
  cudaError_t allocate_host(size_t bytes, unsigned flags, void** out) override;
  cudaError_t release_host(void* memory) override;
  cudaError_t allocate_managed(size_t bytes, unsigned flags, void** out) override;
  cudaError_t release_managed(void* memory) override;
  cudaError_t register_host(void* memory, size_t bytes, unsigned flags) override;
  cudaError_t unregister_host(void* memory) override;
  cudaError_t default_pool(Ref<Pool>* out) override;
  cudaError_t create_pool(const cudaMemPoolProps& properties, Ref<Pool>* out) override;
  cudaError_t import_pool(void* handle, cudaMemAllocationHandleType type, Ref<Pool>* out) override;
  cudaError_t share_memory(void* memory, cudaIpcMemHandle_t* out) override;
  cudaError_t open_memory(const cudaIpcMemHandle_t& handle, unsigned flags, void** out, size_t* bytes) override;
  cudaError_t close_memory(void* memory, size_t bytes) override;
  cudaError_t share_event(Event& event, cudaIpcEventHandle_t* out) override;
  cudaError_t open_event(const cudaIpcEventHandle_t& handle, Owned<Event>* out) override;
  Stream& legacy_stream() override { return *legacy_; }
  Stream& thread_stream() override;
  cudaError_t create_stream(unsigned flags, int priority, Owned<Stream>* out) override;
  cudaError_t create_event(unsigned flags, Owned<Event>* out) override;
  cudaError_t synchronize() override;
  cudaError_t sticky_error() const override { return error_.load(); }
  cudaError_t reset() override;
  cudaError_t limit(cudaLimit limit, size_t* value) override;
  cudaError_t set_limit(cudaLimit limit, size_t value) override;
  void priority_range(int* least, int* greatest) const override;
  bool can_access_peer(const Device& peer) const override { return &peer != this; }
  cudaError_t enable_peer(Device& peer) override;
  cudaError_t disable_peer(Device& peer) override;
  cudaError_t peer_attribute(const Device& peer, cudaDeviceP2PAttr attribute, int* value) const override;
  bool calls_may_submit() const override { return true; }
  bool discard(void* memory, size_t bytes) override;
  bool checks_pointers() const override { return true; }
  bool has_clusters() const override { return true; }
  bool shares_memory() const override { return true; }
  size_t memory_granularity() const override { return kMemoryGranularity; }
  cudaError_t reserve_addresses(size_t bytes, size_t alignment, void* wish, void** out) override {
    return cpu::reserve_addresses(bytes, alignment, wish, out);
  }
  cudaError_t free_addresses(void* base, size_t bytes) override { return cpu::free_addresses(base, bytes); }
  cudaError_t create_memory(size_t bytes, bool shareable, Ref<PhysicalMemory>* out) override;
  cudaError_t import_memory(int file, Ref<PhysicalMemory>* out) override { return cpu::import_memory(file, out); }
  cudaError_t unmap_memory(void* address, size_t bytes) override { return cpu::unmap_memory(address, bytes); }
  cudaError_t set_memory_access(void* address, size_t bytes, unsigned access) override {
    return cpu::set_memory_access(address, bytes, access);
  }

  int index() const { return index_; }
  // For streams.
  std::atomic<cudaError_t>& error_state() { return error_; }
  WorkerPool& pool() { return pool_; }
  // Guards the order of submissions over all streams: a submission sees the others' numbers as they are at that moment.
  Mutex& order() { return order_; }
  void add_queue(const Ref<Queue>& queue);
  // Pools give back memory when the host waits for work.
  void add_pool(CpuPool& pool);
  void remove_pool(CpuPool& pool);
  void trim_pools();
  // The queues of all streams, destroyed streams with unfinished work included. The caller holds order().
  const Vector<Ref<Queue>>& queues() const { return queues_; }
  // Waits for what is in the chosen queues now.
  template <typename Chosen>
  cudaError_t wait_for(Chosen chosen) {
    Vector<Dependency> pending;
    {
      Lock lock(order_);
      for (const Ref<Queue>& queue : queues_) {
        if (chosen(*queue)) pending.push(Dependency{queue, queue->submitted()});
      }
    }
    for (Dependency& dependency : pending) dependency.queue->wait(dependency.number);
    trim_pools();
    return sticky_error();
  }

 private:
  const int index_;
  std::atomic<uint64_t> peers_{0};  // a bit for each device whose memory this one may use
  std::atomic<cudaError_t> error_{cudaSuccess};
  Mutex order_;
  Vector<Ref<Queue>> queues_;
  WorkerPool pool_;
  size_t limits_[8] = {};
  Owned<CpuStream> legacy_;
  Mutex pools_mutex_;
  Vector<CpuPool*> pools_;
};

}  // namespace cw::cpu
