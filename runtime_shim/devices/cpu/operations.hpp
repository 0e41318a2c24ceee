// What a CPU stream can be asked to do, one class each.
#pragma once

#include "devices/cpu/queue.hpp"
#include "devices/cpu/stream.hpp"
#include "devices/cpu/worker_pool.hpp"
#include "devices/device.hpp"

namespace cw::cpu {

// A copy between two memories of this process. A bad address becomes cudaErrorIllegalAddress.
class CopyOperation final : public Operation {
 public:
  explicit CopyOperation(const Copy& job) : job_(job) {}
  cudaError_t run(BlockMemory& memory) override;

 private:
  Copy job_;
};

class FillOperation final : public Operation {
 public:
  explicit FillOperation(const Fill& job) : job_(job) {}
  cudaError_t run(BlockMemory& memory) override;

 private:
  Fill job_;
};

class LaunchOperation final : public Operation {
 public:
  // `params` holds the kernel's parameters, packed.
  LaunchOperation(WorkerPool& pool, const CpuKernel& kernel, const LaunchShape& shape, Vector<uint8_t> params)
      : pool_(pool), kernel_(kernel), shape_(shape), params_(static_cast<Vector<uint8_t>&&>(params)) {}
  cudaError_t run(BlockMemory& memory) override;

 private:
  WorkerPool& pool_;
  const CpuKernel& kernel_;
  LaunchShape shape_;
  Vector<uint8_t> params_;
};

class CallOperation final : public Operation {
 public:
  CallOperation(void (*function)(void*), void* data) : function_(function), data_(data) {}
  cudaError_t run(BlockMemory& memory) override;
  bool runs_after_fault() const override { return true; }

 private:
  void (*function_)(void*);
  void* data_;
};

class StampOperation final : public Operation {
 public:
  explicit StampOperation(Ref<Stamp> stamp) : stamp_(static_cast<Ref<Stamp>&&>(stamp)) {}
  cudaError_t run(BlockMemory& memory) override;
  bool runs_after_fault() const override { return true; }

 private:
  Ref<Stamp> stamp_;
};

// Does nothing by itself: its dependencies do.
class WaitOperation final : public Operation {
 public:
  cudaError_t run(BlockMemory&) override { return cudaSuccess; }
};

// Waits for what was recorded when it was made, in whatever process.
class SharedWaitOperation final : public Operation {
 public:
  explicit SharedWaitOperation(const Ref<SharedRecord>& record) : record_(record), number_(record->recorded()) {}
  cudaError_t run(BlockMemory&) override {
    record_->wait(number_);
    return cudaSuccess;
  }

 private:
  Ref<SharedRecord> record_;
  uint64_t number_;
};

class ReleaseOperation final : public Operation {
 public:
  explicit ReleaseOperation(void* memory) : memory_(memory) {}
  cudaError_t run(BlockMemory& memory) override;
  bool runs_after_fault() const override { return true; }

 private:
  void* memory_;
};

class UnmapOperation final : public Operation {
 public:
  UnmapOperation(void* memory, size_t bytes) : memory_(memory), bytes_(bytes) {}
  cudaError_t run(BlockMemory& memory) override;
  bool runs_after_fault() const override { return true; }

 private:
  void* memory_;
  size_t bytes_;
};

}  // namespace cw::cpu
