#include "api/entry.hpp"
#include "core/library.hpp"

CW_ENTRY cudaError_t cudaLibraryEnumerateKernels(cudaKernel_t* kernels, unsigned most, cudaLibrary_t library) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (kernels == nullptr || most == 0) return cudaErrorInvalidValue;
    auto** handles = reinterpret_cast<cw::LibraryKernel**>(kernels);
    return cw::libraries().kernel_handles(library, device, ordinal, handles, most);
  });
}
