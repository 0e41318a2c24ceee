#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpyPeer(void* dst, int dst_device, const void* src, int src_device, size_t bytes) {
  return cw::on_stream(
      nullptr, [&](cw::Stream& stream) { return cw::submit_copy_peer(stream, dst, dst_device, src, src_device, bytes, true); });
}
