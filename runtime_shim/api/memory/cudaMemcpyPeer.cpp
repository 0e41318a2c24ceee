#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpyPeer(void* dst, int dst_device, const void* src, int src_device, size_t bytes) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) {
    if (!cw::is_device(dst_device) || !cw::is_device(src_device)) return cudaErrorInvalidDevice;
    return cw::submit_copy(stream, cw::Copy::plain(dst, src, bytes, cudaMemcpyDeviceToDevice), true);
  });
}
