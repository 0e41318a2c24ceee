// cudaFuncSetAttribute, for a kernel however it was named.
#pragma once

#include "devices/device.hpp"

namespace cw {

// cudaErrorInvalidValue for an attribute that cannot be set, or a value out of its range.
cudaError_t set_function_attribute(Kernel& kernel, cudaFuncAttribute attribute, int value);

}  // namespace cw
