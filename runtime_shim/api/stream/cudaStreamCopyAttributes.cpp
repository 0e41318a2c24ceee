#include "api/entry.hpp"
#include "core/stream_attributes.hpp"

CW_ENTRY cudaError_t cudaStreamCopyAttributes(cudaStream_t to_handle, cudaStream_t from_handle) {
  return cw::on_stream(to_handle, [&](cw::Stream& to) {
    cw::Stream* from = cw::find_stream(to.device(), from_handle);
    return from == nullptr ? cudaErrorInvalidResourceHandle : cw::copy_stream_attributes(to, *from);
  });
}
