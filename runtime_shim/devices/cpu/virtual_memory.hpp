// Virtual memory management on the host's own: physical memory is a file in memory, mapped where the program wants it.
#pragma once

#include "devices/device.hpp"

namespace cw::cpu {

inline constexpr size_t kMemoryGranularity = size_t{2} << 20;  // a large page of x86-64

cudaError_t reserve_addresses(size_t bytes, size_t alignment, void* wish, void** out);
cudaError_t free_addresses(void* base, size_t bytes);
cudaError_t create_memory(size_t bytes, Ref<PhysicalMemory>* out);
cudaError_t import_memory(int file, Ref<PhysicalMemory>* out);
cudaError_t unmap_memory(void* address, size_t bytes);
cudaError_t set_memory_access(void* address, size_t bytes, unsigned access);

}  // namespace cw::cpu
