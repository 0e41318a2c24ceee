// Memory below 4 GiB for blocks' shared memory: CUDA programs keep shared addresses in 32 bits,
// `static_cast<uint32_t>(__cvta_generic_to_shared(pointer))`, and hand them to inline PTX.
#pragma once

#include <cstddef>

namespace cw::cpu {

// Page-aligned; ends the process with a message when there is no room left below 4 GiB.
void* take_low(size_t bytes);
void give_low(void* memory, size_t bytes);

}  // namespace cw::cpu
