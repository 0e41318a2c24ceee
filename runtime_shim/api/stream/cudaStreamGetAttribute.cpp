#include "api/entry.hpp"
#include "core/stream_attributes.hpp"

CW_ENTRY cudaError_t cudaStreamGetAttribute(cudaStream_t handle, cudaLaunchAttributeID id, cudaLaunchAttributeValue* out) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    return out == nullptr ? cudaErrorInvalidValue : cw::get_stream_attribute(stream, id, out);
  });
}
