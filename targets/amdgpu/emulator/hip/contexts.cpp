// Contexts, as far as HIP still has them: a device has one, its primary context, and it is the device.
#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"

extern "C" int hipSetDevice(int index);

namespace cw::amdhip {
namespace {

// The handle of a context is its device; null is none.
Device* find(void* context) {
  for (int i = 0; i < device_count(); ++i) {
    if (device_at(i) == context) return device_at(i);
  }
  return nullptr;
}

}  // namespace

HIP_API int hipDevicePrimaryCtxRetain(void** out, int index) {
  return answer([&] {
    if (out == nullptr) return hipErrorInvalidValue;
    *out = device_at(index);
    return *out != nullptr ? hipSuccess : hipErrorInvalidDevice;
  });
}
HIP_API int hipCtxCreate(void** out, unsigned, int index) {
  const int error = hipDevicePrimaryCtxRetain(out, index);
  return error == hipSuccess ? hipSetDevice(index) : error;
}
HIP_API int hipDevicePrimaryCtxRelease(int index) {
  return answer([&] { return device_at(index) != nullptr ? hipSuccess : hipErrorInvalidDevice; });
}
HIP_API int hipCtxDestroy(void* context) {
  return answer([&] { return find(context) != nullptr ? hipSuccess : hipErrorInvalidValue; });
}
HIP_API int hipCtxSetCurrent(void* context) {
  Device* device = find(context);
  return device != nullptr ? hipSetDevice(device->index()) : remember(hipErrorInvalidContext);
}
HIP_API int hipCtxGetCurrent(void** out) {
  return answer([&] {
    if (out == nullptr) return hipErrorInvalidValue;
    *out = current_device();
    return hipSuccess;
  });
}
HIP_API int hipCtxGetDevice(int* index) {
  return answer([&] {
    if (index == nullptr) return hipErrorInvalidValue;
    if (current_device() == nullptr) return hipErrorNoDevice;
    *index = current_device()->index();
    return hipSuccess;
  });
}
HIP_API int hipCtxSynchronize() {
  return answer([] { return current_device() != nullptr ? current_device()->synchronize(true) : hipErrorNoDevice; });
}

}  // namespace cw::amdhip
