// Memory pools of the CPU device. Memory freed in a stream is used again by later work of that stream at once, and by other
// streams when the free was reached, or when they come after it by events.
#pragma once

#include "devices/cpu/pool_blocks.hpp"
#include "devices/device.hpp"

namespace cw::cpu {

class CpuDevice;
class CpuStream;

class CpuPool final : public Pool {
 public:
  // `file`: a memory file behind the pool, for pools that other processes may import; -1: none. Owned.
  CpuPool(CpuDevice& device, size_t most_bytes, int file);
  ~CpuPool() override;
  cudaError_t allocate(Stream& stream, size_t bytes, void** out) override;
  cudaError_t free_in(Stream& stream, void* memory) override;
  cudaError_t free_now(void* memory) override;
  cudaError_t trim(size_t keep) override;
  cudaError_t set(cudaMemPoolAttr attribute, const void* value) override;
  cudaError_t get(cudaMemPoolAttr attribute, void* value) override;
  cudaError_t set_access(const Device& peer, cudaMemAccessFlags flags) override;
  cudaError_t get_access(const Device& peer, cudaMemAccessFlags* flags) override;
  cudaError_t export_handle(cudaMemAllocationHandleType type, void* handle) override;
  cudaError_t export_pointer(void* memory, cudaMemPoolPtrExportData* data) override;
  cudaError_t import_pointer(const cudaMemPoolPtrExportData& data, void** memory, size_t* bytes) override;

  // Gives back what exceeds the release threshold; called when the host has waited for work.
  void after_wait();

 private:
  struct Amount {
    uint64_t current = 0;
    uint64_t high = 0;
    void add(size_t bytes) {
      current += bytes;
      if (current > high) high = current;
    }
  };
  bool take(CpuStream& stream, size_t bytes, uintptr_t* out);
  bool take_waiting(CpuStream& stream, size_t bytes, uintptr_t* out);
  bool grow(size_t bytes);
  void drop(const PoolChunk& chunk);
  void give_back(void* memory, const Dependency& free_after);
  void trim_locked(size_t keep);
  bool allows(cudaMemPoolAttr reuse) const { return reuse_[reuse - cudaMemPoolReuseFollowEventDependencies] != 0; }
  Amount* amount(cudaMemPoolAttr attribute);

  CpuDevice& device_;
  const size_t most_bytes_;  // 0: no limit
  const int file_;
  Mutex mutex_;
  PoolBlocks blocks_;
  size_t file_end_ = 0;
  Amount reserved_;
  Amount used_;
  uint64_t threshold_ = 0;
  int reuse_[3] = {1, 1, 1};
  uint64_t peers_read_ = 0;  // a bit for each device that may read, and write
  uint64_t peers_write_ = 0;
};

// A pool of another process: the pointers that process exported, mapped here until they are freed here.
class ImportedPool final : public Pool {
 public:
  explicit ImportedPool(int file) : file_(file) {}  // owned
  ~ImportedPool() override;
  cudaError_t allocate(Stream&, size_t, void**) override { return cudaErrorInvalidValue; }
  cudaError_t free_in(Stream& stream, void* memory) override;
  cudaError_t free_now(void* memory) override;
  cudaError_t trim(size_t) override { return cudaErrorInvalidValue; }
  cudaError_t set(cudaMemPoolAttr, const void*) override { return cudaErrorInvalidValue; }
  cudaError_t get(cudaMemPoolAttr, void*) override { return cudaErrorInvalidValue; }
  cudaError_t set_access(const Device&, cudaMemAccessFlags) override { return cudaSuccess; }
  cudaError_t get_access(const Device& peer, cudaMemAccessFlags* flags) override;
  cudaError_t export_handle(cudaMemAllocationHandleType, void*) override { return cudaErrorInvalidValue; }
  cudaError_t export_pointer(void*, cudaMemPoolPtrExportData*) override { return cudaErrorInvalidValue; }
  cudaError_t import_pointer(const cudaMemPoolPtrExportData& data, void** memory, size_t* bytes) override;

 private:
  bool forget(void* memory, size_t* bytes);

  const int file_;
  Mutex mutex_;
  FlatMap<uintptr_t, size_t> mapped_;
};

inline constexpr char kPoolPointer[8] = {'c', 'w', '-', 'p', 'o', 'o', 'l', '1'};

}  // namespace cw::cpu
