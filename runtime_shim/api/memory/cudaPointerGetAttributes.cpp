#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaPointerGetAttributes(cudaPointerAttributes* attributes, const void* pointer) {
  return cw::on_device([&](cw::Device& device, int) {
    if (attributes == nullptr) return cudaErrorInvalidValue;
    void* address = const_cast<void*>(pointer);
    *attributes = cudaPointerAttributes{};
    attributes->device = -2;  // not CUDA memory
    attributes->hostPointer = address;
    cw::MemoryRange range;
    if (!cw::runtime().memory().find(pointer, &range)) return cudaSuccess;
    attributes->device = range.device;
    switch (range.kind) {
      case cw::MemoryKind::kDevice:
      case cw::MemoryKind::kVariable:
      case cw::MemoryKind::kMapped:
      case cw::MemoryKind::kImported:
        attributes->type = cudaMemoryTypeDevice;
        attributes->hostPointer = nullptr;
        attributes->devicePointer = address;
        return cudaSuccess;
      case cw::MemoryKind::kManaged:
      case cw::MemoryKind::kManagedVariable:
        attributes->type = cudaMemoryTypeManaged;
        attributes->devicePointer = address;
        return cudaSuccess;
      default:
        attributes->type = cudaMemoryTypeHost;
        return device.device_pointer(address, &attributes->devicePointer);
    }
  });
}
