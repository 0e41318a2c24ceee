#include <stdio.h>

#include "api/library/loading.hpp"

namespace {

// The whole file with an end mark after it, as PTX text needs. False when it cannot be read.
bool read_file(const char* name, cw::Vector<uint64_t>* out, size_t* bytes) {
  FILE* file = fopen(name, "rbe");
  if (file == nullptr) return false;
  const long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  *bytes = end > 0 ? static_cast<size_t>(end) : 0;
  out->resize(*bytes / sizeof(uint64_t) + 1);
  const bool whole = *bytes != 0 && fseek(file, 0, SEEK_SET) == 0 && fread(out->data(), 1, *bytes, file) == *bytes;
  fclose(file);
  return whole;
}

}  // namespace

CW_ENTRY cudaError_t cudaLibraryLoadFromFile(cudaLibrary_t* out, const char* name, cudaJitOption* jit_options, void** jit_values,
                                             unsigned jit_count, cudaLibraryOption* options, void**, unsigned count) {
  if (out == nullptr || name == nullptr || (count != 0 && options == nullptr) || count > cw::kMostLibraryOptions ||
      jit_count > cw::kMostLibraryOptions)
    return cw::record_error(cudaErrorInvalidValue);
  for (unsigned i = 0; i < count; ++i) {
    // The file's bytes are ours: there is nothing that the program could keep.
    if (options[i] == cudaLibraryBinaryIsPreserved) return cw::record_error(cudaErrorInvalidValue);
  }
  cw::Vector<uint64_t> content;
  size_t bytes = 0;
  if (!read_file(name, &content, &bytes)) return cw::record_error(cudaErrorFileNotFound);
  return cw::load_library(out, content.data(), false, cw::jit_arguments(name, jit_count, jit_options, jit_values));
}
