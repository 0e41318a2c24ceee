#include "api/entry.hpp"

// Makes what other devices wrote over the bus visible: the devices here that take such writes at all order them by themselves.
CW_ENTRY cudaError_t cudaDeviceFlushGPUDirectRDMAWrites(cudaFlushGPUDirectRDMAWritesTarget target,
                                                        cudaFlushGPUDirectRDMAWritesScope scope) {
  return cw::on_device([&](cw::Device& device, int) {
    const bool known = scope == cudaFlushGPUDirectRDMAWritesToOwner || scope == cudaFlushGPUDirectRDMAWritesToAllDevices;
    if (target != cudaFlushGPUDirectRDMAWritesTargetCurrentDevice || !known) return cudaErrorInvalidValue;
    return device.flush_remote_writes(static_cast<int>(target), static_cast<int>(scope));
  });
}
