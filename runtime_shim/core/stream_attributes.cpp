#include "core/stream_attributes.hpp"

#include "core/launch_attributes.hpp"

namespace cw {
namespace {

constexpr cudaLaunchAttributeID kOfStreams[] = {cudaLaunchAttributeAccessPolicyWindow, cudaLaunchAttributeSynchronizationPolicy,
                                                cudaLaunchAttributePriority, cudaLaunchAttributeMemSyncDomainMap,
                                                cudaLaunchAttributeMemSyncDomain};

bool is_of_streams(cudaLaunchAttributeID id) {
  for (const cudaLaunchAttributeID known : kOfStreams) {
    if (known == id) return true;
  }
  return false;
}

}  // namespace

cudaError_t set_stream_attribute(Stream& stream, cudaLaunchAttributeID id, const cudaLaunchAttributeValue& value) {
  if (!is_of_streams(id)) return cudaErrorInvalidValue;
  const cudaError_t error = check_launch_attribute(id, value);
  if (error != cudaSuccess) return error;
  if (id == cudaLaunchAttributePriority) {
    stream.set_priority(clamp_priority(stream.device(), value.priority));
    return stream.apply_attribute(id, value);
  }
  stream.attributes().set(id, value);
  return stream.apply_attribute(id, value);
}

cudaError_t get_stream_attribute(Stream& stream, cudaLaunchAttributeID id, cudaLaunchAttributeValue* out) {
  if (!is_of_streams(id)) return cudaErrorInvalidValue;
  if (id == cudaLaunchAttributePriority) {
    *out = cudaLaunchAttributeValue{};
    out->priority = stream.priority();
    return cudaSuccess;
  }
  *out = stream.attributes().get(id);
  return cudaSuccess;
}

cudaError_t copy_stream_attributes(Stream& to, Stream& from) {
  for (const cudaLaunchAttributeID id : kOfStreams) {
    cudaLaunchAttributeValue value;
    cudaError_t error = get_stream_attribute(from, id, &value);
    if (error == cudaSuccess) error = set_stream_attribute(to, id, value);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}

}  // namespace cw
