// What a context says about itself and its device.
#include "driver_api/context/contexts.hpp"

using namespace cw::driver;

namespace {

// Runs `body(Context&)` on the context of `handle`, on the current one where it is null.
template <typename Body>
CUresult on_context(CUcontext handle, Body body) {
  return when_initialized([&]() -> CUresult {
    Context* context = handle != nullptr ? find_context(handle) : nullptr;
    if (handle != nullptr) return context != nullptr ? body(*context) : CUDA_ERROR_INVALID_CONTEXT;
    const CUresult state = current_context(&context);
    return state == CUDA_SUCCESS ? body(*context) : state;
  });
}

template <typename T>
CUresult give(T* out, T value) {
  if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
  *out = value;
  return CUDA_SUCCESS;
}

}  // namespace

CUresult cuCtxGetDevice(CUdevice* device) {
  return on_context(nullptr, [&](Context& context) { return give(device, context.device); });
}

CUresult cuCtxGetDevice_v2(CUdevice* device, CUcontext handle) {
  return on_context(handle, [&](Context& context) { return give(device, context.device); });
}

CUresult cuCtxGetFlags(unsigned* flags) {
  return on_context(nullptr, [&](Context& context) { return give(flags, context.flags); });
}

CUresult cuCtxSetFlags(unsigned flags) {
  return on_context(nullptr, [&](Context& context) {
    if (!are_context_flags(flags)) return CUDA_ERROR_INVALID_VALUE;
    context.flags = flags;
    return CUDA_SUCCESS;
  });
}

CUresult cuCtxGetId(CUcontext handle, unsigned long long* id) {
  return on_context(handle, [&](Context& context) { return give(id, context.id); });
}

CUresult cuCtxGetApiVersion(CUcontext handle, unsigned* version) {
  constexpr unsigned kSecondForm = 3020;  // of cuCtxCreate_v2
  return on_context(handle, [&](Context&) { return give(version, kSecondForm); });
}

CUresult cuCtxSynchronize() {
  return in_context([] { return cudaDeviceSynchronize(); });
}

CUresult cuCtxSynchronize_v2(CUcontext handle) {
  if (handle == nullptr) return cuCtxSynchronize();
  return in_other_context(handle, [] { return cudaDeviceSynchronize(); });
}

CUresult cuCtxGetLimit(size_t* value, CUlimit limit) {
  return in_context([&] { return cudaDeviceGetLimit(value, static_cast<cudaLimit>(limit)); });
}

CUresult cuCtxSetLimit(CUlimit limit, size_t value) {
  return in_context([&] { return cudaDeviceSetLimit(static_cast<cudaLimit>(limit), value); });
}

CUresult cuCtxGetCacheConfig(CUfunc_cache* config) {
  return in_context([&] { return cudaDeviceGetCacheConfig(same_layout<cudaFuncCache>(config)); });
}

CUresult cuCtxSetCacheConfig(CUfunc_cache config) {
  return in_context([&] { return cudaDeviceSetCacheConfig(static_cast<cudaFuncCache>(config)); });
}

CUresult cuCtxGetSharedMemConfig(CUsharedconfig* config) {
  return in_context([&] { return cudaDeviceGetSharedMemConfig(same_layout<cudaSharedMemConfig>(config)); });
}

CUresult cuCtxSetSharedMemConfig(CUsharedconfig config) {
  return in_context([&] { return cudaDeviceSetSharedMemConfig(static_cast<cudaSharedMemConfig>(config)); });
}

CUresult cuCtxGetStreamPriorityRange(int* least, int* greatest) {
  return in_context([&] { return cudaDeviceGetStreamPriorityRange(least, greatest); });
}

CUresult cuCtxResetPersistingL2Cache() {
  return in_context([] { return cudaCtxResetPersistingL2Cache(); });
}

// A context has all processors of its device.
CUresult cuCtxGetExecAffinity(CUexecAffinityParam* out, CUexecAffinityType type) {
  return on_context(nullptr, [&](Context& context) {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    if (type != CU_EXEC_AFFINITY_TYPE_SM_COUNT) return CUDA_ERROR_UNSUPPORTED_EXEC_AFFINITY;
    int processors = 0;
    const cudaError_t error = cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, context.device);
    out->type = type;
    out->param.smCount.val = static_cast<unsigned>(processors);
    return result(error);
  });
}
