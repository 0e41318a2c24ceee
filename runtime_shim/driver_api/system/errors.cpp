// Names and descriptions of results.
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

const char* name_of(CUresult error) {
  switch (error) {
#define CW_RESULT(name) \
  case name:            \
    return #name;
#include "driver_api/system/error_names.inc"
#undef CW_RESULT
  }
  return nullptr;
}

}  // namespace

CUresult cuGetErrorName(CUresult error, const char** text) {
  if (text == nullptr) return CUDA_ERROR_INVALID_VALUE;
  *text = name_of(error);
  return *text != nullptr ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

// The runtime describes the same numbers.
CUresult cuGetErrorString(CUresult error, const char** text) {
  if (text == nullptr) return CUDA_ERROR_INVALID_VALUE;
  *text = name_of(error) != nullptr ? cudaGetErrorString(static_cast<cudaError_t>(error)) : nullptr;
  return *text != nullptr ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}
