// Waiting for, and writing, values in memory in a stream's order.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

// CUDA_ERROR_INVALID_VALUE: an operation or flag that does not exist, memory that is not known or not aligned.
CUresult check_memory_operation(const CUstreamBatchMemOpParams& operation);
// On the calling thread; waits as long as it takes.
void run_memory_operation(const CUstreamBatchMemOpParams& operation);

}  // namespace cw::driver
