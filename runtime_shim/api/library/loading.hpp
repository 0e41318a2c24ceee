// What cudaLibraryLoadData and cudaLibraryLoadFromFile share.
#pragma once

#include "api/entry.hpp"
#include "core/internal_api.hpp"

namespace cw {

inline constexpr unsigned kMostLibraryOptions = 64;  // more than there are: a count that is none

// The program's own list of options, as the runtime's parts take it.
inline JitArguments jit_arguments(const char* name, unsigned count, cudaJitOption* options, void** values) {
  static_assert(sizeof(cudaJitOption) == sizeof(int));
  return JitArguments{name, count, reinterpret_cast<const int*>(options), values};
}

// `kept`: the program keeps `code` where it is.
cudaError_t load_library(cudaLibrary_t* out, const void* code, bool kept, const JitArguments& jit);

}  // namespace cw
