// Clang's offload bundles: several code objects in one file.
#pragma once

#include "emulator/launch/bytes.hpp"
#include "emulator/launch/message.hpp"

namespace cw::amd {

// The code object in `file` for a device `arch` (null: any that is emulated): the file itself where it is no bundle.
bool choose_code_object(const Bytes& file, const char* arch, Bytes* out, Message& message);

}  // namespace cw::amd
