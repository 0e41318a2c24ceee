#include "api/entry.hpp"
#include "core/log_lines.hpp"

CW_ENTRY cudaError_t cudaLogsUnregisterCallback(cudaLogsCallbackHandle handle) {
  return cw::remove_log_listener(handle) ? cudaSuccess : cw::record_error(cudaErrorInvalidValue);
}
