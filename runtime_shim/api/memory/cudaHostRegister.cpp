#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaHostRegister(void* memory, size_t bytes, unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (memory == nullptr || bytes == 0) return cudaErrorInvalidValue;
    cw::MemoryRange range;
    if (cw::runtime().memory().find(memory, &range)) return cudaErrorHostMemoryAlreadyRegistered;
    const cudaError_t error = device.register_host(memory, bytes, flags);
    if (error == cudaSuccess) cw::runtime().memory().add(memory, bytes, cw::MemoryKind::kRegistered, ordinal, flags);
    return error;
  });
}
