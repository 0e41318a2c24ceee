// Files that this process and the compiler exchange: a folder of one's own below TMPDIR.
#pragma once

#include "compiler/bytes.hpp"

namespace cw::compiler {

inline constexpr size_t kPath = 4096;

// The whole file; false when it cannot be read.
bool read_file(const char* path, Bytes* out);

// Writes a whole file, so that readers and other writers see the old or the new one. Folders above it are made.
bool replace_file(const char* path, const Bytes& bytes);

class Folder {
 public:
  Folder();
  // Removes it with all that is in it.
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  bool exists() const { return path_[0] != '\0'; }
  const char* path() const { return path_; }
  // `name` may have folders in it, which are made.
  bool write(const char* name, const Bytes& bytes) const;
  bool read(const char* name, Bytes* out) const;

 private:
  char path_[kPath];
};

}  // namespace cw::compiler
