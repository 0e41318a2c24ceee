// Streams.
#include "driver_api/context/contexts.hpp"

using namespace cw::driver;

CUresult cuStreamCreate(CUstream* out, unsigned flags) {
  return in_context([&] { return cudaStreamCreateWithFlags(out, flags); });
}

CUresult cuStreamCreateWithPriority(CUstream* out, unsigned flags, int priority) {
  return in_context([&] { return cudaStreamCreateWithPriority(out, flags, priority); });
}

CUresult cuStreamDestroy(CUstream stream) {
  return in_context([&] { return cudaStreamDestroy(stream); });
}

CUresult cuStreamSynchronize(CUstream stream) {
  return in_context([&] { return cudaStreamSynchronize(stream); });
}

CUresult cuStreamQuery(CUstream stream) {
  return in_context([&] { return cudaStreamQuery(stream); });
}

CUresult cuStreamWaitEvent(CUstream stream, CUevent event, unsigned flags) {
  return in_context([&] { return cudaStreamWaitEvent(stream, event, flags); });
}

// The status that the callback gets has the same numbers in both APIs.
CUresult cuStreamAddCallback(CUstream stream, CUstreamCallback function, void* data, unsigned flags) {
  return in_context([&] {
    return cudaStreamAddCallback(stream, reinterpret_cast<cudaStreamCallback_t>(reinterpret_cast<void*>(function)), data, flags);
  });
}

CUresult cuStreamAttachMemAsync(CUstream stream, CUdeviceptr memory, size_t bytes, unsigned flags) {
  return in_context([&] { return cudaStreamAttachMemAsync(stream, pointer(memory), bytes, flags); });
}

CUresult cuStreamGetPriority(CUstream stream, int* priority) {
  return in_context([&] { return cudaStreamGetPriority(stream, priority); });
}

CUresult cuStreamGetFlags(CUstream stream, unsigned* flags) {
  return in_context([&] { return cudaStreamGetFlags(stream, flags); });
}

CUresult cuStreamGetId(CUstream stream, unsigned long long* id) {
  return in_context([&] { return cudaStreamGetId(stream, id); });
}

CUresult cuStreamGetDevice(CUstream stream, CUdevice* device) {
  return in_context([&] { return cudaStreamGetDevice(stream, device); });
}

// The current context where the stream is of its device, else that device's primary one.
CUresult cuStreamGetCtx(CUstream stream, CUcontext* out) {
  return in_context([&] {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    int device = 0;
    Context* current = nullptr;
    CUresult error = result(cudaStreamGetDevice(stream, &device));
    if (error == CUDA_SUCCESS) error = current_context(&current);
    if (error != CUDA_SUCCESS) return error;
    *out = handle_of(current->device == device ? current : primary_context(device));
    return CUDA_SUCCESS;
  });
}

CUresult cuStreamGetCtx_v2(CUstream stream, CUcontext* out, CUgreenCtx* green) {
  if (green != nullptr) *green = nullptr;
  return cuStreamGetCtx(stream, out);
}

CUresult cuStreamCopyAttributes(CUstream to, CUstream from) {
  return in_context([&] { return cudaStreamCopyAttributes(to, from); });
}

CUresult cuStreamGetAttribute(CUstream stream, CUstreamAttrID attribute, CUstreamAttrValue* out) {
  return in_context([&] {
    return cudaStreamGetAttribute(stream, static_cast<cudaLaunchAttributeID>(attribute),
                                  same_layout<cudaLaunchAttributeValue>(out));
  });
}

CUresult cuStreamSetAttribute(CUstream stream, CUstreamAttrID attribute, const CUstreamAttrValue* value) {
  return in_context([&] {
    const auto* form = same_layout<const cudaLaunchAttributeValue>(value);
    return cudaStreamSetAttribute(stream, static_cast<cudaLaunchAttributeID>(attribute), form);
  });
}
