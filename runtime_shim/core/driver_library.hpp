// Crosswarp's own libcuda.so.1, opened for a program that asks for driver functions at run time.
#pragma once

namespace cw {

// The library, opened once; null when it cannot be found, or when it works on another copy of this runtime (one stderr line).
void* driver_library();

}  // namespace cw
