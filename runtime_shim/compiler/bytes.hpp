// Contents of files and texts.
#pragma once

#include <cstring>

#include "core/vector.hpp"

namespace cw::compiler {

using Bytes = Vector<char>;  // without a NUL at the end, unless it is part of the contents

inline void append(Bytes* bytes, const void* more, size_t size) {
  const size_t before = bytes->size();
  bytes->resize(before + size);
  if (size != 0) std::memcpy(bytes->data() + before, more, size);
}

inline Bytes bytes_of(const char* text) {
  Bytes bytes;
  append(&bytes, text, std::strlen(text));
  return bytes;
}

// A word of a list: the words of such a file each have a NUL behind them.
inline void append_word(Bytes* list, const char* word) { append(list, word, std::strlen(word) + 1); }

}  // namespace cw::compiler
