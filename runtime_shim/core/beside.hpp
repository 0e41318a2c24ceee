// Libraries of the installation that this runtime came from.
#pragma once

namespace cw {

// Opens a library in the folder of the shared library, or the program, that holds this code. Null where it is not there.
void* open_beside_this_library(const char* name);

}  // namespace cw
