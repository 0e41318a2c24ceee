// Copies between any memories by the threads of a group: asynchronous where they go from global to shared memory.
#ifndef CROSSWARP_DEVICE_ASYNC_COPY_H
#define CROSSWARP_DEVICE_ASYNC_COPY_H

#include "../../cuda_pipeline_primitives.h"

namespace __cw {
template <unsigned piece>
CW_DEVICE void copy_pieces(char* to, const char* from, size_t bytes, size_t rank, size_t threads) {
  for (size_t at = rank * piece; at < bytes; at += threads * piece) __pipeline_memcpy_async(to + at, from + at, piece);
}
// Thread `rank` of `threads` does its share. Pieces are as large as the alignment of both ends and the size allow.
CW_DEVICE void copy_async(void* to, const void* from, size_t bytes, size_t rank, size_t threads) {
  char* target = (char*)to;
  const char* source = (const char*)from;
  const bool asynchronous = __isShared(to) && __isGlobal(from);
  const size_t alignment = (size_t)to | (size_t)from | bytes;
  if (!asynchronous || alignment % 4 != 0) {
    for (size_t at = rank; at < bytes; at += threads) target[at] = source[at];
  } else if (alignment % 16 == 0) {
    copy_pieces<16>(target, source, bytes, rank, threads);
  } else if (alignment % 8 == 0) {
    copy_pieces<8>(target, source, bytes, rank, threads);
  } else {
    copy_pieces<4>(target, source, bytes, rank, threads);
  }
}
}  // namespace __cw

#endif
