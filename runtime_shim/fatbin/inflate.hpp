// Decompression of zlib streams (RFC 1950, RFC 1951), so that the runtime needs no library for it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cw::fatbin {

// Fills `out` with exactly `out_size` bytes. False for a damaged stream, a wrong size or a wrong checksum.
bool inflate_zlib(const uint8_t* in, size_t in_size, uint8_t* out, size_t out_size);

}  // namespace cw::fatbin
