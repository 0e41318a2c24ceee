// Arguments that the compiler adds (LLVM, "User Guide for AMDGPU Backend", kernel argument value kinds).
#pragma once

#include "emulator/launch/dispatch.hpp"

namespace cw::amd {

u16 grid_dimensions(const u32 (&grid)[3], const u32 (&block)[3]);
// False for a kind that is not known.
bool fill_hidden_arguments(Dispatch& dispatch, const cw_amd_launch_request& request, Message& message);

}  // namespace cw::amd
