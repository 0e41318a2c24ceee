// Devices and their links to each other and to the host.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuDeviceCanAccessPeer(int* can, CUdevice device, CUdevice peer) {
  return when_initialized([&] { return cudaDeviceCanAccessPeer(can, device, peer); });
}

CUresult cuDeviceGetP2PAttribute(int* value, CUdevice_P2PAttribute attribute, CUdevice source, CUdevice destination) {
  return when_initialized(
      [&] { return cudaDeviceGetP2PAttribute(value, static_cast<cudaDeviceP2PAttr>(attribute), source, destination); });
}

CUresult cuDeviceGetHostAtomicCapabilities(unsigned* capabilities, const CUatomicOperation* operations, unsigned count,
                                           CUdevice device) {
  return when_initialized([&] {
    return cudaDeviceGetHostAtomicCapabilities(capabilities, same_layout<const cudaAtomicOperation>(operations), count, device);
  });
}

CUresult cuDeviceGetP2PAtomicCapabilities(unsigned* capabilities, const CUatomicOperation* operations, unsigned count,
                                          CUdevice source, CUdevice destination) {
  return when_initialized([&] {
    const auto* asked = same_layout<const cudaAtomicOperation>(operations);
    return cudaDeviceGetP2PAtomicCapabilities(capabilities, asked, count, source, destination);
  });
}

CUresult cuFlushGPUDirectRDMAWrites(CUflushGPUDirectRDMAWritesTarget target, CUflushGPUDirectRDMAWritesScope scope) {
  return in_context([&] {
    return cudaDeviceFlushGPUDirectRDMAWrites(static_cast<cudaFlushGPUDirectRDMAWritesTarget>(target),
                                              static_cast<cudaFlushGPUDirectRDMAWritesScope>(scope));
  });
}
