#include <stdio.h>

#include "api/entry.hpp"
#include "core/log_lines.hpp"

// Appends to the file.
CW_ENTRY cudaError_t cudaLogsDumpToFile(cudaLogIterator* from, const char* path, unsigned flags) {
  if (path == nullptr || flags != 0) return cw::record_error(cudaErrorInvalidValue);
  cw::Vector<char> text;
  text.resize(cw::kKeptLines * cw::kLongestLine + 1);
  const size_t bytes = cw::copy_log_lines(from != nullptr ? *from : 0, text.data(), text.size());
  FILE* file = fopen(path, "ae");
  if (file == nullptr) return cw::record_error(cudaErrorInvalidValue);
  const bool written = fwrite(text.data(), 1, bytes, file) == bytes;
  if (fclose(file) != 0 || !written) return cw::record_error(cudaErrorOperatingSystem);
  if (from != nullptr) *from = cw::log_position();
  return cudaSuccess;
}
