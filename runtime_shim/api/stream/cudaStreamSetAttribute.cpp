#include "api/entry.hpp"
#include "core/stream_attributes.hpp"

CW_ENTRY cudaError_t cudaStreamSetAttribute(cudaStream_t handle, cudaLaunchAttributeID id, const cudaLaunchAttributeValue* value) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    return value == nullptr ? cudaErrorInvalidValue : cw::set_stream_attribute(stream, id, *value);
  });
}
