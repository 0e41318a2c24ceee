#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpyPeerAsync(void* dst, int dst_device, const void* src, int src_device, size_t bytes,
                                         cudaStream_t handle) {
  return cw::on_stream(
      handle, [&](cw::Stream& stream) { return cw::submit_copy_peer(stream, dst, dst_device, src, src_device, bytes, false); });
}
