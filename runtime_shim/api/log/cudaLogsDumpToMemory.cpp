#include "api/entry.hpp"
#include "core/log_lines.hpp"

CW_ENTRY cudaError_t cudaLogsDumpToMemory(cudaLogIterator* from, char* buffer, size_t* size, unsigned flags) {
  if (buffer == nullptr || size == nullptr || *size == 0 || flags != 0) return cw::record_error(cudaErrorInvalidValue);
  *size = cw::copy_log_lines(from != nullptr ? *from : 0, buffer, *size);
  if (from != nullptr) *from = cw::log_position();
  return cudaSuccess;
}
