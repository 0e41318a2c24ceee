#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetDeviceProperties_v2(cudaDeviceProp* properties, int ordinal) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    const cudaDeviceProp* known = nullptr;
    const cudaError_t error = properties == nullptr ? cudaErrorInvalidValue : cw::runtime().properties(ordinal, &known);
    if (error == cudaSuccess) *properties = *known;
    return error;
  });
}
