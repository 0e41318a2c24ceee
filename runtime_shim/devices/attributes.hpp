// cudaDeviceGetAttribute's answers, taken from a filled cudaDeviceProp.
#pragma once

#include <driver_types.h>

namespace cw {

// cudaErrorInvalidValue for an attribute that does not exist.
cudaError_t attribute_of(const cudaDeviceProp& properties, cudaDeviceAttr attribute, int* value);

}  // namespace cw
