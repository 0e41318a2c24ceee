// The driver API's own names of errors.
#pragma once

namespace cw::driver {

// "CUDA_ERROR_INVALID_VALUE"; null for a number that is none.
const char* driver_error_name(int error);

}  // namespace cw::driver
