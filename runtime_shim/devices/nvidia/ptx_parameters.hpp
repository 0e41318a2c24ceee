// The kernels of PTX text and their parameters, for drivers without cuFuncGetParamInfo (before 12.4).
#pragma once

#include "devices/gpu/parameters.hpp"

namespace cw::nvidia {

// Adds every `.entry`; their parameters lie at their natural alignment, or where `.align` says, one after the other.
void read_ptx_parameters(const char* ptx, size_t bytes, gpu::ParameterTable* out);

}  // namespace cw::nvidia
