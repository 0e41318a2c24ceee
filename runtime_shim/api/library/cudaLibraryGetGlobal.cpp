#include "api/entry.hpp"
#include "core/library.hpp"

CW_ENTRY cudaError_t cudaLibraryGetGlobal(void** address, size_t* bytes, cudaLibrary_t library, const char* name) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (name == nullptr || (address == nullptr && bytes == nullptr)) return cudaErrorInvalidValue;
    void* found = nullptr;
    size_t size = 0;
    const cudaError_t error = cw::libraries().variable(library, name, false, device, ordinal, &found, &size);
    if (error != cudaSuccess) return error;
    if (address != nullptr) *address = found;
    if (bytes != nullptr) *bytes = size;
    return cudaSuccess;
  });
}
