// Memory that begins as zeros, as GPUs' drivers give it: programs that add what they never wrote get the same sums in each run.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

namespace cw {

struct Zeroed {
  void* block;  // for free(); null: there is no memory left
  uintptr_t base;
};

inline Zeroed zeroed(size_t bytes, size_t align) {
  void* const block = calloc(1, bytes + align);
  return {block, (reinterpret_cast<uintptr_t>(block) + align - 1) / align * align};
}

}  // namespace cw
