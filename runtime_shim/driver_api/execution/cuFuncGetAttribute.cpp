#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuFuncGetAttribute(int* value, int attribute, CUfunction function) {
  cudaFuncAttributes known;
  const CUresult error = in_context([&] { return internal().kernel_attributes(kernel_of(function), &known); });
  if (error != kSuccess || value == nullptr) return error != kSuccess ? error : kInvalidValue;
  const int values[] = {known.maxThreadsPerBlock,
                        static_cast<int>(known.sharedSizeBytes),
                        static_cast<int>(known.constSizeBytes),
                        static_cast<int>(known.localSizeBytes),
                        known.numRegs,
                        known.ptxVersion,
                        known.binaryVersion,
                        known.cacheModeCA,
                        known.maxDynamicSharedSizeBytes,
                        known.preferredShmemCarveout};
  if (attribute < 0 || attribute >= static_cast<int>(sizeof values / sizeof values[0])) return kInvalidValue;
  *value = values[attribute];
  return kSuccess;
}
