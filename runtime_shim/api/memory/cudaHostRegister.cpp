#include "api/entry.hpp"
#include "core/sizes.hpp"

CW_ENTRY cudaError_t cudaHostRegister(void* memory, size_t bytes, unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    constexpr size_t kAddresses = size_t{1} << 56;  // more than a process has
    constexpr unsigned known =
        cudaHostRegisterPortable | cudaHostRegisterMapped | cudaHostRegisterIoMemory | cudaHostRegisterReadOnly;
    if (memory == nullptr || bytes == 0 || (flags & ~known) != 0) return cudaErrorInvalidValue;
    if (cw::plus(reinterpret_cast<size_t>(memory), bytes) > kAddresses) return cudaErrorInvalidValue;
    if (cw::runtime().memory().overlaps(memory, bytes)) return cudaErrorHostMemoryAlreadyRegistered;
    const cudaError_t error = device.register_host(memory, bytes, flags);
    if (error == cudaSuccess) cw::runtime().memory().add(memory, bytes, cw::MemoryKind::kRegistered, ordinal, flags);
    return error;
  });
}
