#include "api/entry.hpp"
#include "core/library.hpp"

// A function that host and device may both call by one address: no device here has them (unifiedFunctionPointers is 0), and then
// CUDA finds none either.
CW_ENTRY cudaError_t cudaLibraryGetUnifiedFunction(void** address, cudaLibrary_t library, const char* name) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    unsigned count = 0;
    if (address == nullptr || name == nullptr) return cudaErrorInvalidValue;
    const cudaError_t error = cw::libraries().kernel_count(library, device, ordinal, &count);
    return error == cudaErrorInvalidResourceHandle ? error : cudaErrorSymbolNotFound;
  });
}
