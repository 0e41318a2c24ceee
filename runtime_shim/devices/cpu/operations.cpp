#include "devices/cpu/operations.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>

#include "core/log.hpp"
#include "devices/cpu/fault.hpp"
#include "devices/cpu/memory.hpp"

namespace cw::cpu {
namespace {

void copy_box(void* raw) {
  const Copy& job = *static_cast<const Copy*>(raw);
  if (job.is_plain()) {
    std::memmove(job.dst, job.src, job.width);
    return;
  }
  for (size_t z = 0; z < job.depth; ++z) {
    const char* from = static_cast<const char*>(job.src) + z * job.src_slice;
    char* to = static_cast<char*>(job.dst) + z * job.dst_slice;
    for (size_t y = 0; y < job.height; ++y) std::memmove(to + y * job.dst_pitch, from + y * job.src_pitch, job.width);
  }
}

void fill_row(char* row, const Fill& job) {
  if (job.value_bytes == 1) {
    std::memset(row, static_cast<int>(job.value), job.width);
    return;
  }
  for (size_t x = 0; x < job.width; ++x) std::memcpy(row + x * job.value_bytes, &job.value, job.value_bytes);
}

void fill_box(void* raw) {
  const Fill& job = *static_cast<const Fill*>(raw);
  for (size_t z = 0; z < job.depth; ++z) {
    char* slice = static_cast<char*>(job.dst) + z * job.slice;
    for (size_t y = 0; y < job.height; ++y) fill_row(slice + y * job.pitch, job);
  }
}

cudaError_t guarded(void (*body)(void*), void* job, const char* what) {
  Fault fault;
  if (run_guarded(body, job, &fault)) return cudaSuccess;
  say("%s: illegal address %p", what, fault.address);
  return fault.error;
}

}  // namespace

cudaError_t CopyOperation::run(BlockMemory&) { return guarded(copy_box, &job_, "copy"); }

cudaError_t FillOperation::run(BlockMemory&) { return guarded(fill_box, &job_, "memset"); }

cudaError_t LaunchOperation::run(BlockMemory& memory) {
  Grid grid(kernel_, shape_, params_.data(), pool_.threads());
  pool_.run(grid, memory);
  if (grid.fault().error != cudaSuccess) grid.report();
  return grid.fault().error;
}

cudaError_t CallOperation::run(BlockMemory&) {
  function_(data_);
  return cudaSuccess;
}

cudaError_t StampOperation::run(BlockMemory&) {
  stamp_->time_ns = now_ns();
  if (stamp_->shared) stamp_->shared->reach(stamp_->shared_number);
  return cudaSuccess;
}

cudaError_t ReleaseOperation::run(BlockMemory&) {
  device_memory().release(memory_);
  return cudaSuccess;
}

cudaError_t UnmapOperation::run(BlockMemory&) {
  munmap(memory_, bytes_);
  return cudaSuccess;
}

}  // namespace cw::cpu
