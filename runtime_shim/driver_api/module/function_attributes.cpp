#include "driver_api/module/function_attributes.hpp"

namespace cw::driver {

CUresult function_attribute(int* value, CUfunction_attribute attribute, const void* stub) {
  if (value == nullptr) return CUDA_ERROR_INVALID_VALUE;
  cudaFuncAttributes known;
  const CUresult error = result(cudaFuncGetAttributes(&known, stub));
  if (error != CUDA_SUCCESS) return error;
  const int values[] = {known.maxThreadsPerBlock,
                        static_cast<int>(known.sharedSizeBytes),
                        static_cast<int>(known.constSizeBytes),
                        static_cast<int>(known.localSizeBytes),
                        known.numRegs,
                        known.ptxVersion,
                        known.binaryVersion,
                        known.cacheModeCA,
                        known.maxDynamicSharedSizeBytes,
                        known.preferredShmemCarveout,
                        known.clusterDimMustBeSet,
                        known.requiredClusterWidth,
                        known.requiredClusterHeight,
                        known.requiredClusterDepth,
                        known.nonPortableClusterSizeAllowed,
                        known.clusterSchedulingPolicyPreference};
  if (attribute < 0 || attribute >= static_cast<int>(sizeof values / sizeof values[0])) return CUDA_ERROR_INVALID_VALUE;
  *value = values[attribute];
  return CUDA_SUCCESS;
}

}  // namespace cw::driver
