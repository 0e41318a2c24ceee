// Names and descriptions of errors.
#pragma once

#include <driver_types.h>

namespace cw {

const char* error_name(cudaError_t error);    // "cudaErrorInvalidValue"; "unrecognized error code" for a number that is none
const char* error_string(cudaError_t error);  // "invalid argument"

}  // namespace cw
