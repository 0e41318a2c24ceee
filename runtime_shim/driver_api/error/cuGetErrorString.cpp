#include "driver_api/entry.hpp"
#include "driver_api/error_names.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuGetErrorString(CUresult error, const char** text) {
  if (text == nullptr) return kInvalidValue;
  *text = driver_error_name(error) != nullptr ? cudaGetErrorString(static_cast<cudaError_t>(error)) : nullptr;
  return *text != nullptr ? kSuccess : kInvalidValue;
}
