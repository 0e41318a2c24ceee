#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaFuncSetAttribute(const void* function, cudaFuncAttribute attribute, int value) {
  return cw::on_kernel(function, [&](cw::Kernel& kernel) {
    switch (attribute) {
      case cudaFuncAttributeMaxDynamicSharedMemorySize:
        return kernel.set_max_dynamic_shared(value);
      case cudaFuncAttributePreferredSharedMemoryCarveout:
        return value < -1 || value > 100 ? cudaErrorInvalidValue : kernel.set_carveout(value);
      default:
        return cudaErrorInvalidValue;
    }
  });
}
