// Copies and fills of boxes of bytes.
#pragma once

#include "emulator/hip/stream.hpp"

namespace cw::amdhip {

// Rows and slices of rows; pitches count from row to row and from slice to slice.
struct Copy {
  void* dst;
  size_t dst_pitch, dst_slice;
  const void* src;
  size_t src_pitch, src_slice;
  size_t width, height, depth;

  static Copy plain(void* dst, const void* src, size_t bytes) { return Copy{dst, bytes, bytes, src, bytes, bytes, bytes, 1, 1}; }
};

struct Fill {
  void* dst;
  size_t pitch, slice;
  uint32_t value;
  uint32_t value_bytes;  // 1, 2 or 4
  size_t width;          // values
  size_t height, depth;
};

// Puts the work in the stream. `now`: waits for it; copies from or to memory of the program that HIP does not know wait always, as
// HIP stages them.
Error copy(const Copy& job, int kind, void* stream, bool now);
Error fill(const Fill& job, void* stream, bool now);

}  // namespace cw::amdhip
