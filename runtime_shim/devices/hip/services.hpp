// The host side of include/crosswarp/gpu_services.h: memory that device code writes printf and assert records to, and its heap.
#pragma once

#include <crosswarp/gpu_services.h>

#include "devices/gpu/driver.hpp"

namespace cw::hip {

class Services : public Allocated {
 public:
  explicit Services(gpu::Driver& driver);
  ~Services();
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  // The structure as the device sees it; null when there was no memory for it.
  void* address() const { return block_; }
  // Prints what is complete and reports the fault that device code raised, if any.
  cudaError_t drain();
  cudaError_t fault() const { return fault_; }

  // Bytes of the record buffer and of the device heap; changed only while the device is idle. cudaErrorInvalidValue for a heap that
  // device code has taken memory from.
  size_t buffer_bytes() const { return block_ != nullptr ? block_->buffer_bytes : 0; }
  size_t heap_bytes() const { return block_ != nullptr ? block_->heap_bytes : 0; }
  cudaError_t resize_buffer(size_t bytes);
  cudaError_t resize_heap(size_t bytes);

 private:
  cudaError_t make_buffer(size_t bytes);
  cudaError_t make_heap(size_t bytes);
  void read_records();
  void say_dropped();
  void print(const cw_gpu_record& record);

  gpu::Driver& driver_;
  cw_gpu_services* block_ = nullptr;  // pinned, coherent, and so is its record buffer
  void* heap_ = nullptr;
  uint64_t read_ = 0;  // bytes of the buffer already printed
  uint64_t dropped_ = 0;
  cudaError_t fault_ = cudaSuccess;
};

}  // namespace cw::hip
