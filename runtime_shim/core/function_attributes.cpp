#include "core/function_attributes.hpp"

namespace cw {

// Clusters run as one block each where a device has none (docs/runtime.md): their size and order need no preparation.
cudaError_t set_function_attribute(Kernel& kernel, cudaFuncAttribute attribute, int value) {
  switch (attribute) {
    case cudaFuncAttributeMaxDynamicSharedMemorySize:
      return kernel.set_max_dynamic_shared(value);
    case cudaFuncAttributePreferredSharedMemoryCarveout:
      return value < -1 || value > 100 ? cudaErrorInvalidValue : kernel.set_carveout(value);
    case cudaFuncAttributeRequiredClusterWidth:
    case cudaFuncAttributeRequiredClusterHeight:
    case cudaFuncAttributeRequiredClusterDepth:
      return value < 0 ? cudaErrorInvalidValue : kernel.set_attribute(attribute, value);
    case cudaFuncAttributeNonPortableClusterSizeAllowed:
      return value != 0 && value != 1 ? cudaErrorInvalidValue : kernel.set_attribute(attribute, value);
    case cudaFuncAttributeClusterSchedulingPolicyPreference:
      return value < cudaClusterSchedulingPolicyDefault || value > cudaClusterSchedulingPolicyLoadBalancing
                 ? cudaErrorInvalidValue
                 : kernel.set_attribute(attribute, value);
    default:
      return cudaErrorInvalidValue;  // ClusterDimMustBeSet is the compiler's
  }
}

}  // namespace cw
