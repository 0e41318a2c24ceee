#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetGraphMemAttribute(int ordinal, cudaGraphMemAttributeType attribute, void* value) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    if (value == nullptr) return cudaErrorInvalidValue;
    return cw::graph_memory_attribute(ordinal, attribute, static_cast<uint64_t*>(value));
  });
}
