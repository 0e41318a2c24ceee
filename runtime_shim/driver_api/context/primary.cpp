// The primary context of a device, which the runtime API uses. Releasing the last reference leaves it as it is: the runtime may
// still use it.
#include "driver_api/context/contexts.hpp"

using namespace cw::driver;

CUresult cuDevicePrimaryCtxRetain(CUcontext* out, CUdevice device) {
  return when_initialized([&] {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    Context* context = primary_context(device);
    if (context == nullptr) return CUDA_ERROR_INVALID_DEVICE;
    retain_primary(device);
    *out = handle_of(context);
    return CUDA_SUCCESS;
  });
}

CUresult cuDevicePrimaryCtxRelease(CUdevice device) {
  return when_initialized([&] {
    if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
    return release_primary(device) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_CONTEXT;
  });
}

CUresult cuDevicePrimaryCtxSetFlags(CUdevice device, unsigned flags) {
  return when_initialized([&] {
    Context* context = primary_context(device);
    if (context == nullptr) return CUDA_ERROR_INVALID_DEVICE;
    if (!are_context_flags(flags)) return CUDA_ERROR_INVALID_VALUE;
    context->flags = flags;
    return CUDA_SUCCESS;
  });
}

CUresult cuDevicePrimaryCtxGetState(CUdevice device, unsigned* flags, int* active) {
  return when_initialized([&] {
    Context* context = primary_context(device);
    if (context == nullptr) return CUDA_ERROR_INVALID_DEVICE;
    if (flags == nullptr || active == nullptr) return CUDA_ERROR_INVALID_VALUE;
    Context* current = nullptr;
    current_context(&current);
    *flags = context->flags;
    *active = primary_references(device) > 0 || current == context ? 1 : 0;
    return CUDA_SUCCESS;
  });
}

CUresult cuDevicePrimaryCtxReset(CUdevice device) {
  Context* context = is_initialized() ? primary_context(device) : nullptr;
  if (context == nullptr) return is_initialized() ? CUDA_ERROR_INVALID_DEVICE : CUDA_ERROR_NOT_INITIALIZED;
  return in_other_context(handle_of(context), [] { return cudaDeviceReset(); });
}
