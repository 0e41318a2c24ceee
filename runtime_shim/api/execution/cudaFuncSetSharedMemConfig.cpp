#include "api/entry.hpp"
#include "core/enumerators.hpp"

// A hint about shared-memory banks; ignored, as by every recent GPU.
CW_ENTRY cudaError_t cudaFuncSetSharedMemConfig(const void* function, cudaSharedMemConfig config) {
  return cw::on_kernel(function, [&](cw::Kernel&) { return cw::is_bank_size(config) ? cudaSuccess : cudaErrorInvalidValue; });
}
