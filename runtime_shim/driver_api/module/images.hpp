// Device code as a program hands it over: files, options for a just-in-time compiler.
#pragma once

#include "core/vector.hpp"
#include "driver_api/entry.hpp"

namespace cw::driver {

// The whole file, with an end mark for text. CUDA_ERROR_FILE_NOT_FOUND.
CUresult read_file(const char* path, Vector<char>* out);

inline JitArguments jit_arguments(unsigned count, CUjit_option* options, void** values) {
  return JitArguments{nullptr, count, same_layout<const int>(options), values};
}

}  // namespace cw::driver
