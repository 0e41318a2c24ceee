// Memory a program asks for: from the device, and into the map of known ranges.
#pragma once

#include "core/memory_pool.hpp"
#include "core/sizes.hpp"
#include "devices/device.hpp"

namespace cw {

cudaError_t allocate_device(Device& device, int ordinal, size_t bytes, void** out);
cudaError_t allocate_host(Device& device, int ordinal, size_t bytes, unsigned flags, void** out);
cudaError_t allocate_managed(Device& device, int ordinal, size_t bytes, unsigned flags, void** out);

// Device or managed memory, after all work of its device. cudaErrorInvalidValue for a pointer not given out; null is fine.
cudaError_t free_device(void* memory);
cudaError_t free_host(void* memory);

// From a pool, or the current one of the stream's device. Usable by work submitted to the stream from here on; freed when the
// stream gets there.
cudaError_t allocate_in_stream(Stream& stream, const MemoryPool& pool, size_t bytes, void** out);
cudaError_t allocate_in_stream(Stream& stream, size_t bytes, void** out);
cudaError_t free_in_stream(Stream& stream, void* memory);

// Bytes from row to row for rows of `width` bytes.
inline size_t pitch_for(size_t width) { return plus(width, 511) / 512 * 512; }

}  // namespace cw
