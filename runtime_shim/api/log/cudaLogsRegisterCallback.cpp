#include "api/entry.hpp"
#include "core/log_lines.hpp"

CW_ENTRY cudaError_t cudaLogsRegisterCallback(cudaLogsCallback_t function, void* data, cudaLogsCallbackHandle* out) {
  if (function == nullptr) return cw::record_error(cudaErrorInvalidValue);
  cw::LogListener* listener = cw::add_log_listener(function, data);
  if (out != nullptr) *out = reinterpret_cast<cudaLogsCallbackHandle>(listener);
  return cudaSuccess;
}
