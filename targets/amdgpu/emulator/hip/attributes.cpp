// Attributes and limits of devices; settings that are hints on every AMD GPU.
#include <climits>

#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"
#include "emulator/hip/properties.hpp"

namespace cw::amdhip {
namespace {

template <typename Value>
int clamped(Value value) {
  return value > static_cast<Value>(INT_MAX) ? INT_MAX : static_cast<int>(value);
}

Error attribute_of(const Properties& p, int attribute, int* value) {
  switch (attribute) {
#define HIP_ATTRIBUTE(number, member) \
  case number:                        \
    *value = clamped(member);         \
    return hipSuccess;
#include "emulator/hip/attributes.inc"
#undef HIP_ATTRIBUTE
    default:
      return hipErrorInvalidValue;
  }
}

}  // namespace

HIP_API int hipDeviceGetAttribute(int* value, int attribute, int index) {
  return answer([&] {
    if (value == nullptr) return hipErrorInvalidValue;
    if (device_at(index) == nullptr) return hipErrorInvalidDevice;
    return attribute_of(properties_of(*device_at(index)), attribute, value);
  });
}

HIP_API int hipDeviceGetLimit(size_t* value, int limit) {
  return answer([&] {
    if (current_device() == nullptr) return hipErrorNoDevice;
    if (value == nullptr) return hipErrorInvalidValue;
    if (limit < 0 || limit > 2) return hipErrorUnsupportedLimit;
    *value = current_device()->limit(static_cast<unsigned>(limit));
    return hipSuccess;
  });
}
HIP_API int hipDeviceSetLimit(int limit, size_t value) {
  return answer([&] {
    if (current_device() == nullptr) return hipErrorNoDevice;
    if (limit < 0 || limit > 2) return hipErrorUnsupportedLimit;
    current_device()->limit(static_cast<unsigned>(limit)) = value;
    return hipSuccess;
  });
}

HIP_API int hipDeviceSetCacheConfig(int) { return hipSuccess; }
HIP_API int hipDeviceGetCacheConfig(int* config) {
  return answer([&] { return *config = 0, hipSuccess; });
}
HIP_API int hipDeviceSetSharedMemConfig(int) { return hipSuccess; }
HIP_API int hipDeviceGetSharedMemConfig(int* config) {
  return answer([&] { return *config = 0, hipSuccess; });
}
HIP_API int hipSetDeviceFlags(unsigned) { return hipSuccess; }
HIP_API int hipGetDeviceFlags(unsigned* flags) {
  return answer([&] { return *flags = 0, hipSuccess; });
}

}  // namespace cw::amdhip
