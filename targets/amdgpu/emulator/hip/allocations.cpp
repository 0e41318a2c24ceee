// hipMalloc and its kin.
#include <cstring>

#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"
#include "emulator/hip/memory.hpp"

namespace cw::amdhip {
namespace {

constexpr size_t kPitchAlign = 256;
constexpr unsigned kRegisterIoMemory = 4;

Error allocate(MemoryType type, size_t bytes, unsigned flags, void** out) {
  Device* device = current_device();
  if (device == nullptr) return hipErrorNoDevice;
  if (out == nullptr) return hipErrorInvalidValue;
  *out = nullptr;
  if (device->error() != hipSuccess) return device->error();
  if (bytes == 0) return hipSuccess;
  Allocation like;
  like.type = type;
  like.device = device->index();
  like.flags = flags;
  return memory().allocate(bytes, like, out);
}

// Nothing may use the memory any more, as HIP does it: all work of its device ends first.
Error release(void* address, bool host) {
  if (address == nullptr) return hipSuccess;
  Allocation found;
  if (!memory().find(address, &found) || (found.type == kHost) != host || found.registered) return hipErrorInvalidValue;
  Device* device = device_at(found.device);
  if (device != nullptr) device->synchronize(true);
  return memory().release(address, [](const Allocation&) { return true; });
}

size_t pitch_of(size_t width) { return (width + kPitchAlign - 1) / kPitchAlign * kPitchAlign; }

}  // namespace

HIP_API int hipMalloc(void** out, size_t bytes) {
  return answer([&] { return allocate(kDevice, bytes, 0, out); });
}
HIP_API int hipExtMallocWithFlags(void** out, size_t bytes, unsigned flags) {
  return answer([&] { return allocate(kDevice, bytes, flags, out); });
}
HIP_API int hipFree(void* address) {
  return answer([&] { return release(address, false); });
}
HIP_API int hipHostMalloc(void** out, size_t bytes, unsigned flags) {
  return answer([&] { return allocate(kHost, bytes, flags, out); });
}
HIP_API int hipHostAlloc(void** out, size_t bytes, unsigned flags) { return hipHostMalloc(out, bytes, flags); }
HIP_API int hipMallocHost(void** out, size_t bytes) { return hipHostMalloc(out, bytes, 0); }
HIP_API int hipMemAllocHost(void** out, size_t bytes) { return hipHostMalloc(out, bytes, 0); }
HIP_API int hipHostFree(void* address) {
  return answer([&] { return release(address, true); });
}
HIP_API int hipFreeHost(void* address) { return hipHostFree(address); }

HIP_API int hipMallocManaged(void** out, size_t bytes, unsigned flags) {
  return answer([&] {
    const bool known = flags == 1 || flags == 2;  // global, host
    return known ? allocate(kManaged, bytes, flags, out) : hipErrorInvalidValue;
  });
}

HIP_API int hipMallocPitch(void** out, size_t* pitch, size_t width, size_t height) {
  return answer([&] {
    if (pitch == nullptr) return hipErrorInvalidValue;
    *pitch = pitch_of(width);
    return allocate(kDevice, *pitch * height, 0, out);
  });
}
HIP_API int hipMemAllocPitch(void** out, size_t* pitch, size_t width, size_t height, unsigned) {
  return hipMallocPitch(out, pitch, width, height);
}

HIP_API int hipHostRegister(void* address, size_t bytes, unsigned flags) {
  return answer([&] {
    Device* device = current_device();
    if (device == nullptr) return hipErrorNoDevice;
    if (address == nullptr || bytes == 0) return hipErrorInvalidValue;
    if ((flags & kRegisterIoMemory) != 0) return hipErrorNotSupported;
    return memory().add_registered(address, bytes, flags, device->index());
  });
}
HIP_API int hipHostUnregister(void* address) {
  return answer([&] {
    const Error error = memory().release(address, [](const Allocation& one) { return one.registered; });
    return error == hipSuccess ? hipSuccess : hipErrorHostMemoryNotRegistered;
  });
}

HIP_API int hipHostGetDevicePointer(void** out, void* host, unsigned flags) {
  return answer([&] {
    Allocation found;
    if (out == nullptr || flags != 0 || !memory().find(host, &found) || found.type == kDevice) return hipErrorInvalidValue;
    *out = host;
    return hipSuccess;
  });
}
HIP_API int hipHostGetFlags(unsigned* flags, void* host) {
  return answer([&] {
    Allocation found;
    if (flags == nullptr || !memory().find(host, &found) || found.type != kHost) return hipErrorInvalidValue;
    *flags = found.flags;
    return hipSuccess;
  });
}

HIP_API int hipMemGetInfo(size_t* free_bytes, size_t* total_bytes) {
  return answer([&] {
    size_t unused[2];
    memory().info(free_bytes != nullptr ? free_bytes : &unused[0], total_bytes != nullptr ? total_bytes : &unused[1]);
    return current_device() != nullptr ? hipSuccess : hipErrorNoDevice;
  });
}

HIP_API int hipMemGetAddressRange(void** base, size_t* bytes, void* address) {
  return answer([&] {
    Allocation found;
    if (!memory().find(address, &found)) return hipErrorNotFound;
    if (base != nullptr) *base = reinterpret_cast<void*>(found.base);
    if (bytes != nullptr) *bytes = found.bytes;
    return hipSuccess;
  });
}
HIP_API int hipMemPtrGetInfo(void* address, size_t* bytes) {
  return answer([&] {
    Allocation found;
    if (bytes == nullptr || !memory().find(address, &found)) return hipErrorInvalidValue;
    *bytes = found.bytes;
    return hipSuccess;
  });
}

// hipPointerAttribute_t.
struct PointerAttributes {
  int type;
  int device;
  void* device_pointer;
  void* host_pointer;
  int is_managed;
  unsigned flags;
};

HIP_API int hipPointerGetAttributes(PointerAttributes* out, const void* address) {
  return answer([&] {
    if (out == nullptr || address == nullptr) return hipErrorInvalidValue;
    *out = PointerAttributes{};
    Allocation found;
    if (!memory().find(address, &found)) return hipSuccess;  // unregistered, as of ROCm 6
    void* here = const_cast<void*>(address);
    *out = PointerAttributes{found.type, found.device, here, found.type == kDevice ? nullptr : here, found.type == kManaged,
                             found.flags};
    return hipSuccess;
  });
}

// Hints about managed memory: all of it is memory of this process.
HIP_API int hipMemAdvise(const void*, size_t, int, int device) {
  return answer([&] { return device >= -1 && device < device_count() ? hipSuccess : hipErrorInvalidDevice; });
}
HIP_API int hipMemPrefetchAsync(const void*, size_t, int device, void* stream) {
  return answer([&] {
    if (device < -1 || device >= device_count()) return hipErrorInvalidDevice;
    return find_stream(stream) != nullptr ? hipSuccess : hipErrorInvalidHandle;
  });
}

}  // namespace cw::amdhip
