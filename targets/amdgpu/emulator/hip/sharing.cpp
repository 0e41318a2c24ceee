// Peers; and what needs several processes, which the emulator does not do.
#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"

namespace cw::amdhip {
namespace {

struct Handle {
  char bytes[64];
};

Error find_peer(int peer, uint64_t* bit) {
  Device* device = current_device();
  if (device == nullptr || device_at(peer) == nullptr || device->index() == peer) return hipErrorInvalidDevice;
  *bit = uint64_t{1} << peer % 64;
  return hipSuccess;
}

}  // namespace

HIP_API int hipDeviceCanAccessPeer(int* can, int device, int peer) {
  return answer([&] {
    if (can == nullptr) return hipErrorInvalidValue;
    if (device_at(device) == nullptr || device_at(peer) == nullptr) return hipErrorInvalidDevice;
    *can = device != peer;
    return hipSuccess;
  });
}
HIP_API int hipDeviceEnablePeerAccess(int peer, unsigned flags) {
  return answer([&] {
    uint64_t bit = 0;
    const Error error = flags != 0 ? hipErrorInvalidValue : find_peer(peer, &bit);
    if (error != hipSuccess) return error;
    return (current_device()->peers().fetch_or(bit) & bit) != 0 ? hipErrorPeerAccessAlreadyEnabled : hipSuccess;
  });
}
HIP_API int hipDeviceDisablePeerAccess(int peer) {
  return answer([&] {
    uint64_t bit = 0;
    const Error error = find_peer(peer, &bit);
    if (error != hipSuccess) return error;
    return (current_device()->peers().fetch_and(~bit) & bit) != 0 ? hipSuccess : hipErrorPeerAccessNotEnabled;
  });
}
// hipDeviceP2PAttr: rank, access, native atomics, arrays. Every link is the process' own memory.
HIP_API int hipDeviceGetP2PAttribute(int* value, int attribute, int device, int peer) {
  return answer([&] {
    if (value == nullptr || attribute < 0 || attribute > 3) return hipErrorInvalidValue;
    if (device == peer || device_at(device) == nullptr || device_at(peer) == nullptr) return hipErrorInvalidDevice;
    *value = attribute != 0;
    return hipSuccess;
  });
}

HIP_API int hipIpcGetMemHandle(Handle*, void*) { return remember(hipErrorNotSupported); }
HIP_API int hipIpcOpenMemHandle(void**, Handle, unsigned) { return remember(hipErrorNotSupported); }
HIP_API int hipIpcCloseMemHandle(void*) { return remember(hipErrorNotSupported); }
HIP_API int hipIpcGetEventHandle(Handle*, void*) { return remember(hipErrorNotSupported); }
HIP_API int hipIpcOpenEventHandle(void**, Handle) { return remember(hipErrorNotSupported); }
HIP_API int hipMemPoolExportToShareableHandle(void*, void*, int, unsigned) { return remember(hipErrorNotSupported); }
HIP_API int hipMemPoolImportFromShareableHandle(void**, void*, int, unsigned) { return remember(hipErrorNotSupported); }
HIP_API int hipMemPoolExportPointer(void*, void*) { return remember(hipErrorNotSupported); }
HIP_API int hipMemPoolImportPointer(void**, void*, void*) { return remember(hipErrorNotSupported); }

}  // namespace cw::amdhip
