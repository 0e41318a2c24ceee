// The descriptions of memory that virtual memory management takes.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

// Memory of a device, pinned there, that can be handed over as a file descriptor at most. CUDA_ERROR_INVALID_VALUE,
// CUDA_ERROR_INVALID_DEVICE, CUDA_ERROR_NOT_SUPPORTED (memory of the host, other kinds of handles).
CUresult check_properties(const CUmemAllocationProp* properties);

}  // namespace cw::driver
