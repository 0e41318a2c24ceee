#include "api/entry.hpp"
#include "core/library.hpp"

namespace {

constexpr unsigned kMostOptions = 64;  // more than there are: a count that is none

}  // namespace

// Options for NVIDIA's just-in-time compiler are hints about PTX; of the library options one says that the program keeps `code`.
CW_ENTRY cudaError_t cudaLibraryLoadData(cudaLibrary_t* out, const void* code, cudaJitOption* jit_options, void** jit_values,
                                         unsigned jit_count, cudaLibraryOption* options, void** values, unsigned count) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (out == nullptr || code == nullptr) return cudaErrorInvalidValue;
    if (jit_count > kMostOptions || count > kMostOptions) return cudaErrorInvalidValue;
    if (jit_count != 0 && (jit_options == nullptr || jit_values == nullptr)) return cudaErrorInvalidValue;
    if (count != 0 && (options == nullptr || values == nullptr)) return cudaErrorInvalidValue;
    bool kept = false;
    for (unsigned i = 0; i < count; ++i) kept = kept || (options[i] == cudaLibraryBinaryIsPreserved && values[i] != nullptr);
    cw::Library* library = nullptr;
    const cudaError_t error = cw::libraries().load(code, kept, device, ordinal, &library);
    if (error == cudaSuccess) *out = reinterpret_cast<cudaLibrary_t>(library);
    return error;
  });
}
