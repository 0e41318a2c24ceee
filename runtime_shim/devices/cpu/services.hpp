// The table of host functions that device code calls (cw_cpu_services), and the device heap behind it.
#pragma once

#include <crosswarp/cpu_abi.h>

#include <cstddef>

namespace cw::cpu {

extern const cw_cpu_services kServices;

size_t heap_limit();
void set_heap_limit(size_t bytes);

}  // namespace cw::cpu
