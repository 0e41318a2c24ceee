#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaHostUnregister(void* memory) {
  return cw::on_device([&](cw::Device& device, int) {
    cw::MemoryRange range;
    constexpr auto kind = cw::MemoryKind::kRegistered;
    if (!cw::runtime().memory().remove(memory, kind, kind, &range)) return cudaErrorHostMemoryNotRegistered;
    return device.unregister_host(memory);
  });
}
