// The metadata of an AMD code object: an ELF note with the layout of each kernel's arguments (LLVM, "User Guide for AMDGPU
// Backend").
#pragma once

#include "devices/gpu/parameters.hpp"

namespace cw::hip {

// Adds every kernel of the code object with its explicit parameters. Adds nothing where `code` is none.
void read_parameters(const Vector<uint8_t>& code, gpu::ParameterTable* out);

}  // namespace cw::hip
