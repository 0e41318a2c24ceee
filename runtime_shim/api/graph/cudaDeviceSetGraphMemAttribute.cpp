#include "api/graph/graph_entry.hpp"

// High marks only, and only to 0.
CW_ENTRY cudaError_t cudaDeviceSetGraphMemAttribute(int ordinal, cudaGraphMemAttributeType attribute, void* value) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    if (value == nullptr) return cudaErrorInvalidValue;
    return cw::reset_graph_memory_attribute(ordinal, attribute, *static_cast<const uint64_t*>(value));
  });
}
