// The command `crosswarp` of the installation that this library came from.
#pragma once

#include "compiler/folder.hpp"

namespace cw::compiler {

// CROSSWARP_COMMAND, else `bin/crosswarp` in a folder above this library, above libcuda or libnvrtc, or above a folder of
// LD_LIBRARY_PATH (a toolkit, or the environment that the package is installed in), else the PATH's. The bare word where there is
// none.
void find_command(char out[kPath]);

}  // namespace cw::compiler
