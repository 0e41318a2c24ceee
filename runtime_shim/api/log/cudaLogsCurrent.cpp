#include "api/entry.hpp"
#include "core/log_lines.hpp"

CW_ENTRY cudaError_t cudaLogsCurrent(cudaLogIterator* out, unsigned flags) {
  if (out == nullptr || flags != 0) return cw::record_error(cudaErrorInvalidValue);
  *out = cw::log_position();
  return cudaSuccess;
}
