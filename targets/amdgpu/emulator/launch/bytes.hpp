// A file in memory that may be damaged: every read is checked.
#pragma once

#include <string.h>

#include "emulator/machine/types.hpp"

namespace cw::amd {

struct Bytes {
  const u8* data = nullptr;
  u64 size = 0;

  bool holds(u64 offset, u64 count) const { return offset <= size && count <= size - offset; }
  Bytes part(u64 offset, u64 count) const { return holds(offset, count) ? Bytes{data + offset, count} : Bytes{}; }
  template <typename T>
  bool read(u64 offset, T* out) const {
    if (!holds(offset, sizeof(T))) return false;
    memcpy(out, data + offset, sizeof(T));
    return true;
  }
  // A string with its end mark, or null.
  const char* string(u64 offset) const {
    if (offset >= size || memchr(data + offset, 0, size - offset) == nullptr) return nullptr;
    return reinterpret_cast<const char*>(data + offset);
  }
};

}  // namespace cw::amd
