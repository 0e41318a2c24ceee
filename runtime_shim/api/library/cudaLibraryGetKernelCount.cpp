#include "api/entry.hpp"
#include "core/library.hpp"

CW_ENTRY cudaError_t cudaLibraryGetKernelCount(unsigned* count, cudaLibrary_t library) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    return count == nullptr ? cudaErrorInvalidValue : cw::libraries().kernel_count(library, device, ordinal, count);
  });
}
