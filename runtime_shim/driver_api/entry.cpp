#include "driver_api/entry.hpp"

#include <atomic>
#include <cstdlib>

#include "core/log.hpp"

namespace cw::driver {
namespace {

constexpr int kMostDevices = 64;
constexpr int kMostNested = 64;

std::atomic<bool> initialized{false};
char contexts[kMostDevices];  // their addresses are the handles

thread_local CUcontext stack[kMostNested];
thread_local int depth = 0;

}  // namespace

const InternalApi& internal() {
  const InternalApi* api = __cw_internal_api();
  if (api->version == kInternalVersion) return *api;
  say("libcuda.so.1 and libcudart.so.12 are of different installations");
  std::abort();
}

CUresult result(cudaError_t error) {
  if (error == cudaSuccess) return kSuccess;
  cudaGetLastError();
  switch (error) {
    case cudaErrorInvalidConfiguration:
    case cudaErrorInvalidPitchValue:
    case cudaErrorInvalidMemcpyDirection:
      return kInvalidValue;
    case cudaErrorInvalidSymbol:
    case cudaErrorInvalidDeviceFunction:
      return kNotFound;
    default:
      return static_cast<CUresult>(error);  // the numbers are the same
  }
}

CUresult ready() {
  if (!is_initialized()) return kNotInitialized;
  return current_context() != nullptr ? kSuccess : kInvalidContext;
}

void set_initialized() { initialized.store(true); }
bool is_initialized() { return initialized.load(); }

CUcontext primary_context(CUdevice device) {
  int count = 0;
  if (cudaGetDeviceCount(&count) != cudaSuccess || device < 0 || device >= count || device >= kMostDevices) return nullptr;
  return reinterpret_cast<CUcontext>(&contexts[device]);
}

CUdevice device_of(CUcontext context) { return static_cast<CUdevice>(reinterpret_cast<char*>(context) - contexts); }

CUcontext current_context() { return depth > 0 ? stack[depth - 1] : nullptr; }

CUresult set_current_context(CUcontext context) {
  if (context != nullptr && (device_of(context) < 0 || device_of(context) >= kMostDevices)) return kInvalidContext;
  if (context == nullptr) {
    if (depth > 0) --depth;
    return kSuccess;
  }
  if (depth == 0) depth = 1;
  stack[depth - 1] = context;
  return result(cudaSetDevice(device_of(context)));
}

CUresult push_context(CUcontext context) {
  if (context == nullptr || depth == kMostNested) return kInvalidValue;
  stack[depth++] = nullptr;
  const CUresult error = set_current_context(context);
  if (error != kSuccess) --depth;
  return error;
}

CUresult pop_context(CUcontext* out) {
  if (depth == 0) return kInvalidContext;
  const CUcontext top = stack[--depth];
  if (out != nullptr) *out = top;
  return depth > 0 ? result(cudaSetDevice(device_of(stack[depth - 1]))) : kSuccess;
}

}  // namespace cw::driver
