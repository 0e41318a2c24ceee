// The registers that a wave starts with (LLVM, "User Guide for AMDGPU Backend", initial kernel execution state).
#pragma once

#include "emulator/launch/dispatch.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

// `wave` has its memory, its number and its place in the code; `group` is the workgroup's number along each axis.
void start_wave(Wave& wave, const Dispatch& dispatch, const u32 (&group)[3]);

}  // namespace cw::amd
