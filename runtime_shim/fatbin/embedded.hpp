// A fat binary inside PTX text: NVRTC's PTX carries the images for other processors in comments behind the last line.
//
//   //@crosswarp-fatbin 5696
//   //@Q1dGQVRCSU4BAAAAAgAAAEAWAAAAAAAAAAAAAAAAAAA...      (base64)
#pragma once

#include <cstdint>

#include "core/vector.hpp"

namespace cw::fatbin {

// False when the text carries none, or a damaged one.
bool read_embedded(const char* ptx, Vector<uint8_t>* out);

}  // namespace cw::fatbin
