// A fat binary inside PTX text: NVRTC's PTX carries the images for other processors in comments behind the last line.
//
//   //@crosswarp-fatbin 5696 3c8e1f...       (bytes, and the BLAKE2b digest of the text above)
//   //@Q1dGQVRCSU4BAAAAAgAAAEAWAAAAAAAAAAAAAAAAAAA...      (base64)
#pragma once

#include <cstdint>

#include "core/vector.hpp"

namespace cw::fatbin {

// False when the text carries none, or a damaged one, or was changed since: then the text alone counts.
bool read_embedded(const char* ptx, Vector<uint8_t>* out);

// Bytes of the text without what it carries.
size_t text_bytes(const char* ptx);

}  // namespace cw::fatbin
