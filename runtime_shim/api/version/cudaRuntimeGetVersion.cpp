#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaRuntimeGetVersion(int* version) {
  if (version == nullptr) return cw::record_error(cudaErrorInvalidValue);
  *version = CUDART_VERSION;
  return cudaSuccess;
}
