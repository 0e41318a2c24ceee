#include "driver_api/entry.hpp"

#include <atomic>
#include <cstdlib>

#include "core/log.hpp"
#include "driver_api/context/contexts.hpp"

namespace cw::driver {
namespace {

std::atomic<bool> initialized{false};

}  // namespace

const InternalApi& internal() {
  const InternalApi* api = __cw_internal_api();
  if (api->version == kInternalVersion) return *api;
  say("libcuda.so.1 and libcudart.so.12 are of different installations");
  std::abort();
}

// Most numbers are the same in both APIs; the runtime has some finer errors of its own.
CUresult result(cudaError_t error) {
  switch (error) {
    case cudaErrorInvalidConfiguration:
    case cudaErrorInvalidPitchValue:
    case cudaErrorInvalidHostPointer:
    case cudaErrorInvalidDevicePointer:
    case cudaErrorInvalidTexture:
    case cudaErrorInvalidTextureBinding:
    case cudaErrorInvalidChannelDescriptor:
    case cudaErrorInvalidMemcpyDirection:
    case cudaErrorInvalidFilterSetting:
    case cudaErrorInvalidNormSetting:
      return CUDA_ERROR_INVALID_VALUE;
    case cudaErrorInvalidSymbol:
      return CUDA_ERROR_NOT_FOUND;
    case cudaErrorInvalidDeviceFunction:
      return CUDA_ERROR_INVALID_HANDLE;
    default:
      return static_cast<CUresult>(error);
  }
}

CUresult ready() {
  if (!is_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  Context* context = nullptr;
  return current_context(&context);
}

void set_initialized() { initialized.store(true); }
// A runtime call that needs the driver initialises it.
bool is_initialized() {
  if (!initialized.load() && internal().is_used()) set_initialized();
  return initialized.load();
}

}  // namespace cw::driver
