#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaFreeAsync(void* memory, cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) { return cw::free_in_stream(stream, memory); });
}
