#include "api/library/loading.hpp"
#include "core/jit_entry.hpp"
#include "core/library.hpp"

namespace cw {

cudaError_t load_library(cudaLibrary_t* out, const void* code, bool kept, const JitArguments& arguments) {
  return with_jit(arguments, [&](Jit& jit, Device& device, int ordinal) {
    if (out == nullptr || code == nullptr) return cudaErrorInvalidValue;
    Library* library = nullptr;
    const cudaError_t error = libraries().load(code, kept, jit, device, ordinal, &library);
    if (error == cudaSuccess) *out = reinterpret_cast<cudaLibrary_t>(library);
    return error;
  });
}

}  // namespace cw

CW_ENTRY cudaError_t cudaLibraryLoadData(cudaLibrary_t* out, const void* code, cudaJitOption* jit_options, void** jit_values,
                                         unsigned jit_count, cudaLibraryOption* options, void** values, unsigned count) {
  if (jit_count > cw::kMostLibraryOptions || count > cw::kMostLibraryOptions) return cw::record_error(cudaErrorInvalidValue);
  if (count != 0 && (options == nullptr || values == nullptr)) return cw::record_error(cudaErrorInvalidValue);
  bool kept = false;
  for (unsigned i = 0; i < count; ++i) kept = kept || (options[i] == cudaLibraryBinaryIsPreserved && values[i] != nullptr);
  return cw::load_library(out, code, kept, cw::jit_arguments(nullptr, jit_count, jit_options, jit_values));
}
