#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetSymbolAddress(void** out, const void* symbol) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    size_t bytes = 0;
    return out == nullptr ? cudaErrorInvalidValue : cw::runtime().registry().variable(symbol, device, ordinal, out, &bytes);
  });
}
