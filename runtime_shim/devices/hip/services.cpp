#include "devices/hip/services.hpp"

#include <stdio.h>
#include <string.h>

#include "core/log.hpp"
#include "devices/printf.hpp"

namespace cw::hip {
namespace {

constexpr size_t kBuffer = 1 << 20;  // CUDA's default size of the printf buffer
constexpr size_t kHeap = 8 << 20;    // CUDA's default size of the device heap
constexpr size_t kLeastBuffer = 4096;
constexpr size_t kLeastHeap = 4096;
constexpr unsigned kMapped = 0x2;  // hipHostMallocMapped
constexpr unsigned kCoherent = 0x40000000;

const char* after(const char* text) { return text + strlen(text) + 1; }

}  // namespace

Services::Services(gpu::Driver& driver) : driver_(driver) {
  void* memory = nullptr;
  if (driver.allocate_host(&memory, sizeof(cw_gpu_services), kMapped | kCoherent) != 0) return;
  memset(memory, 0, sizeof(cw_gpu_services));
  block_ = static_cast<cw_gpu_services*>(memory);
  block_->abi = CW_GPU_SERVICES_ABI;
  block_->size = sizeof(cw_gpu_services);
  make_buffer(kBuffer);  // without it all records are dropped
  make_heap(kHeap);      // without it device malloc returns null
}

cudaError_t Services::make_buffer(size_t bytes) {
  void* memory = nullptr;
  if (driver_.allocate_host(&memory, bytes, kMapped | kCoherent) != 0) return cudaErrorMemoryAllocation;
  memset(memory, 0, bytes);
  if (block_->buffer != nullptr) driver_.release_host(block_->buffer);
  block_->buffer = static_cast<char*>(memory);
  block_->buffer_bytes = bytes;
  return cudaSuccess;
}

cudaError_t Services::make_heap(size_t bytes) {
  void* memory = nullptr;
  if (driver_.allocate(&memory, bytes) != 0) return cudaErrorMemoryAllocation;
  const Fill clear = Fill::bytes(memory, 0, sizeof(cw_gpu_heap));
  if (driver_.fill(clear, nullptr) != 0 || driver_.stream_synchronize(nullptr) != 0) {
    driver_.release(memory);
    return cudaErrorMemoryAllocation;
  }
  if (heap_ != nullptr) driver_.release(heap_);
  heap_ = memory;
  block_->heap = static_cast<cw_gpu_heap*>(memory);
  block_->heap_bytes = bytes;
  return cudaSuccess;
}

cudaError_t Services::resize_buffer(size_t bytes) {
  if (block_ == nullptr) return cudaErrorMemoryAllocation;
  driver_.synchronize();
  drain();
  const cudaError_t error = make_buffer(bytes < kLeastBuffer ? kLeastBuffer : (bytes + 15) / 16 * 16);
  read_ = 0;
  __atomic_store_n(&block_->cursor, 0, __ATOMIC_RELEASE);
  return error;
}

cudaError_t Services::resize_heap(size_t bytes) {
  if (block_ == nullptr) return cudaErrorMemoryAllocation;
  driver_.synchronize();
  uint64_t used = 0;
  if (heap_ != nullptr) {
    const Copy look = Copy::plain(&used, heap_, sizeof used, cudaMemcpyDeviceToHost);
    if (driver_.copy(look, nullptr) != 0 || driver_.stream_synchronize(nullptr) != 0) return cudaErrorUnknown;
  }
  return used != 0 ? cudaErrorInvalidValue : make_heap(bytes < kLeastHeap ? kLeastHeap : bytes);
}

Services::~Services() {
  if (heap_ != nullptr) driver_.release(heap_);
  if (block_ != nullptr && block_->buffer != nullptr) driver_.release_host(block_->buffer);
  if (block_ != nullptr) driver_.release_host(block_);
}

cudaError_t Services::drain() {
  if (block_ == nullptr) return fault_;
  read_records();
  // Past the end: what is not complete now is either dropped or still being written by a kernel of another stream.
  if (__atomic_load_n(&block_->cursor, __ATOMIC_ACQUIRE) > block_->buffer_bytes) {
    driver_.synchronize();
    read_records();
    say_dropped();
    read_ = __atomic_load_n(&block_->cursor, __ATOMIC_ACQUIRE);
  }
  // All read: start over. Where device code reserves a record meanwhile, the exchange fails and the buffer goes on.
  uint64_t seen = read_;
  if (__atomic_compare_exchange_n(&block_->cursor, &seen, 0, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) read_ = 0;
  const uint32_t fault = __atomic_load_n(&block_->fault, __ATOMIC_ACQUIRE);
  if (fault != CW_GPU_FAULT_NONE) fault_ = fault == CW_GPU_FAULT_ASSERT ? cudaErrorAssert : cudaErrorLaunchFailure;
  return fault_;
}

void Services::read_records() {
  while (read_ < __atomic_load_n(&block_->cursor, __ATOMIC_ACQUIRE) && read_ + sizeof(cw_gpu_record) <= block_->buffer_bytes) {
    auto* record = reinterpret_cast<cw_gpu_record*>(block_->buffer + read_);
    if (__atomic_load_n(&record->ready, __ATOMIC_ACQUIRE) == 0) return;
    print(*record);
    const uint32_t size = record->size;
    memset(static_cast<void*>(record), 0, size);
    read_ += size;
  }
}

void Services::say_dropped() {
  const uint64_t dropped = __atomic_load_n(&block_->dropped, __ATOMIC_RELAXED);
  say("%llu device printf calls did not fit the buffer", static_cast<unsigned long long>(dropped - dropped_));
  dropped_ = dropped;
}

void Services::print(const cw_gpu_record& record) {
  const char* base = reinterpret_cast<const char*>(&record);
  const char* text = base + record.format;
  if (record.ready == CW_GPU_RECORD_PRINTF) {
    device_printf(text, PrintfArguments{base + record.arguments, base});
    return;
  }
  const char* file = after(text);
  fprintf(stderr, "%s:%u: %s: block: [%u,%u,%u], thread: [%u,%u,%u] Assertion `%s` failed.\n", file, record.line, after(file),
          record.block[0], record.block[1], record.block[2], record.thread[0], record.thread[1], record.thread[2], text);
}

}  // namespace cw::hip
