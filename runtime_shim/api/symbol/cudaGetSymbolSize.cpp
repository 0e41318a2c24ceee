#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetSymbolSize(size_t* out, const void* symbol) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    void* address = nullptr;
    return out == nullptr ? cudaErrorInvalidValue : cw::runtime().registry().variable(symbol, device, ordinal, &address, out);
  });
}
