#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaHostGetFlags(unsigned* flags, void* host) {
  return cw::on_device([&](cw::Device&, int) {
    cw::MemoryRange range;
    if (flags == nullptr || !cw::runtime().memory().find(host, &range) || range.kind != cw::MemoryKind::kHost) {
      return cudaErrorInvalidValue;
    }
    *flags = range.flags;
    return cudaSuccess;
  });
}
