// Attributes of functions and kernels.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

// `stub`: a function, a kernel, or a host stub. CUDA_ERROR_INVALID_VALUE for an attribute that does not exist.
CUresult function_attribute(int* value, CUfunction_attribute attribute, const void* stub);

}  // namespace cw::driver
