// Which lane of a wave it was that touched memory that is not there.
#pragma once

#include "emulator/machine/wave.hpp"

namespace cw::amd {

// -1 where that is not known: scalar loads, and registers that the instruction had already changed.
i32 find_fault_lane(Wave& wave);

}  // namespace cw::amd
