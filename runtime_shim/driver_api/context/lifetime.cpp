// Contexts made and destroyed, and which of them is current.
#include "driver_api/context/contexts.hpp"

using namespace cw::driver;

namespace {

CUresult create(CUcontext* out, unsigned flags, CUdevice device) {
  return when_initialized([&] {
    if (out == nullptr || !are_context_flags(flags)) return CUDA_ERROR_INVALID_VALUE;
    if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
    Context* context = create_context(device, flags);
    *out = handle_of(context);
    return push_context(context);
  });
}

CUresult destroy(CUcontext handle) {
  return when_initialized([&] {
    Context* context = find_context(handle);
    if (context == nullptr || context->primary) return CUDA_ERROR_INVALID_CONTEXT;
    const CUresult error = in_other_context(handle, [] { return cudaDeviceSynchronize(); });
    destroy_context(context);
    return error;
  });
}

}  // namespace

CUresult cuCtxCreate(CUcontext* out, unsigned flags, CUdevice device) { return create(out, flags, device); }

// Limits on processors are accepted where the whole device is asked for; a part of one is CUDA_ERROR_UNSUPPORTED_EXEC_AFFINITY.
CUresult cuCtxCreate_v3(CUcontext* out, CUexecAffinityParam* parameters, int count, unsigned flags, CUdevice device) {
  if (count != 0) return parameters == nullptr ? CUDA_ERROR_INVALID_VALUE : CUDA_ERROR_UNSUPPORTED_EXEC_AFFINITY;
  return create(out, flags, device);
}

CUresult cuCtxCreate_v4(CUcontext* out, CUctxCreateParams* parameters, unsigned flags, CUdevice device) {
  if (parameters == nullptr) return create(out, flags, device);
  if (parameters->cigParams != nullptr) return CUDA_ERROR_NOT_SUPPORTED;
  return cuCtxCreate_v3(out, parameters->execAffinityParams, parameters->numExecAffinityParams, flags, device);
}

CUresult cuCtxDestroy(CUcontext context) { return destroy(context); }

// A use more; each is over with cuCtxDetach, or with the context.
CUresult cuCtxAttach(CUcontext* out, unsigned flags) {
  return in_context([&] {
    if (out == nullptr || flags != 0) return CUDA_ERROR_INVALID_VALUE;
    Context* context = nullptr;
    const CUresult error = current_context(&context);
    if (context != nullptr) context->attached.fetch_add(1);
    *out = handle_of(context);
    return error;
  });
}

CUresult cuCtxDetach(CUcontext handle) {
  Context* context = find_context(handle);
  unsigned uses = context != nullptr ? context->attached.load() : 0;
  while (uses != 0 && !context->attached.compare_exchange_weak(uses, uses - 1)) {
  }
  return uses != 0 ? CUDA_SUCCESS : destroy(handle);
}

CUresult cuCtxPushCurrent(CUcontext handle) {
  if (!is_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  Context* context = find_context(handle);
  return context != nullptr ? push_context(context) : CUDA_ERROR_INVALID_CONTEXT;
}

CUresult cuCtxPopCurrent(CUcontext* out) { return is_initialized() ? pop_context(out) : CUDA_ERROR_NOT_INITIALIZED; }

CUresult cuCtxSetCurrent(CUcontext context) { return is_initialized() ? set_current_context(context) : CUDA_ERROR_NOT_INITIALIZED; }

CUresult cuCtxGetCurrent(CUcontext* out) {
  if (!is_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
  Context* context = nullptr;
  current_context(&context);
  *out = handle_of(context);
  return CUDA_SUCCESS;
}
