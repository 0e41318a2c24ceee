// What atomics a device can do on memory that is not its own.
#pragma once

#include "devices/device.hpp"

namespace cw {

// For each operation what is native where caches are shared with the memory's owner; 0 where they are not.
// cudaErrorInvalidValue for an operation that CUDA does not have.
cudaError_t atomic_capabilities(bool coherent, const cudaAtomicOperation* operations, unsigned count, unsigned* out);

}  // namespace cw
