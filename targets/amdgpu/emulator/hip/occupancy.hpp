// How many blocks of a kernel a multiprocessor holds.
#pragma once

#include <cstddef>

#include "emulator/api.h"
#include "emulator/hip/facts.hpp"

namespace cw::amdhip {

// 0 where a block does not fit at all.
int blocks_per_multiprocessor(const Facts& facts, const cw_amd_kernel_info& kernel, unsigned threads, size_t dynamic_lds);

}  // namespace cw::amdhip
