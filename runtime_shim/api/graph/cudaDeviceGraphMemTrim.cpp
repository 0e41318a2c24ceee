#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGraphMemTrim(int ordinal) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    return cw::trim_graph_memory(cw::runtime().device(ordinal), ordinal);
  });
}
