// Access from one context to the memory of another device's.
#include "driver_api/context/contexts.hpp"

using namespace cw::driver;

CUresult cuCtxEnablePeerAccess(CUcontext peer, unsigned flags) {
  return in_context([&] {
    Context* context = find_context(peer);
    if (context == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
    return result(cudaDeviceEnablePeerAccess(context->device, flags));
  });
}

CUresult cuCtxDisablePeerAccess(CUcontext peer) {
  return in_context([&] {
    Context* context = find_context(peer);
    return context == nullptr ? CUDA_ERROR_INVALID_CONTEXT : result(cudaDeviceDisablePeerAccess(context->device));
  });
}
