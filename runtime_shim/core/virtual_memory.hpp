// Virtual memory management: address ranges that a program reserves, physical memory that it creates, maps there and makes
// accessible. What is accessible is known memory (core/memory_map.hpp), as if it were one allocation.
#pragma once

#include "core/internal_api.hpp"

namespace cw {

extern const InternalVirtualMemory kVirtualMemory;

// Unmaps and releases all physical memory of a device; reserved addresses stay.
void forget_virtual_memory(int device);

}  // namespace cw
