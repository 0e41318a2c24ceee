#include "api/entry.hpp"
#include "core/library.hpp"

CW_ENTRY cudaError_t cudaLibraryGetKernel(cudaKernel_t* out, cudaLibrary_t library, const char* name) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (out == nullptr || name == nullptr) return cudaErrorInvalidValue;
    cw::LibraryKernel* kernel = nullptr;
    const cudaError_t error = cw::libraries().kernel_handle(library, name, device, ordinal, &kernel);
    if (error == cudaSuccess) *out = reinterpret_cast<cudaKernel_t>(kernel);
    return error;
  });
}
