// What is said of a launch that was stopped.
#pragma once

#include "emulator/launch/group.hpp"

namespace cw::amd {

// Of the wave that ran last.
void report(const Dispatch& dispatch, Group& group, cw_amd_fault* out);

}  // namespace cw::amd
