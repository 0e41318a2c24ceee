#include "devices/attributes.hpp"

namespace cw {

cudaError_t attribute_of(const cudaDeviceProp& properties, cudaDeviceAttr attribute, int* value) {
  switch (static_cast<int>(attribute)) {
#define CW_ATTRIBUTE(name, member)                \
  case name:                                      \
    *value = static_cast<int>(properties.member); \
    return cudaSuccess;
#include "devices/attributes.inc"
#undef CW_ATTRIBUTE
    case cudaDevAttrNumaConfig:
    case cudaDevAttrHostNumaMemoryPoolsSupported:
    case cudaDevAttrHostNumaMultinodeIpcSupported:
      *value = 0;
      return cudaSuccess;
    default:
      return cudaErrorInvalidValue;
  }
}

}  // namespace cw
