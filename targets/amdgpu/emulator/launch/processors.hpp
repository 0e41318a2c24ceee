// Processors by the number in a code object's header (LLVM, "User Guide for AMDGPU Backend", ELF header).
#pragma once

#include "emulator/machine/types.hpp"

namespace cw::amd {

// The name by the EF_AMDGPU_MACH field of e_flags, or null.
const char* processor_name(u32 flags);
// The processor that runs code for `name`: itself, or for a generic target its first member; null where none is emulated.
const char* emulated_processor(const char* name);
// Does code for `processor` run on `arch`? Higher is a better fit, negative: no.
int fit(const char* arch, const char* processor);

}  // namespace cw::amd
