// Memory of devices, of the host, and of both.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuMemGetInfo(size_t* free_bytes, size_t* total_bytes) {
  return in_context([&] { return cudaMemGetInfo(free_bytes, total_bytes); });
}

// Unlike the runtime's, these refuse to allocate nothing.
CUresult cuMemAlloc(CUdeviceptr* out, size_t bytes) {
  return in_context([&] { return bytes == 0 ? cudaErrorInvalidValue : cudaMalloc(pointer_out(out), bytes); });
}

CUresult cuMemAllocPitch(CUdeviceptr* out, size_t* pitch, size_t width, size_t height, unsigned element_bytes) {
  return in_context([&] {
    const bool access = element_bytes == 4 || element_bytes == 8 || element_bytes == 16;
    if (width == 0 || height == 0 || !access) return cudaErrorInvalidValue;
    return cudaMallocPitch(pointer_out(out), pitch, width, height);
  });
}

CUresult cuMemAllocManaged(CUdeviceptr* out, size_t bytes, unsigned flags) {
  return in_context([&] { return bytes == 0 ? cudaErrorInvalidValue : cudaMallocManaged(pointer_out(out), bytes, flags); });
}

CUresult cuMemFree(CUdeviceptr memory) {
  return in_context([&] { return cudaFree(pointer(memory)); });
}

CUresult cuMemGetAddressRange(CUdeviceptr* base, size_t* bytes, CUdeviceptr memory) {
  return in_context([&] {
    cw::InternalRange range;
    if (!internal().memory.range(pointer(memory), &range)) return CUDA_ERROR_NOT_FOUND;
    if (base != nullptr) *base = range.base;
    if (bytes != nullptr) *bytes = range.bytes;
    return CUDA_SUCCESS;
  });
}

CUresult cuMemAllocHost(void** out, size_t bytes) {
  return in_context([&] { return bytes == 0 ? cudaErrorInvalidValue : cudaMallocHost(out, bytes); });
}

CUresult cuMemHostAlloc(void** out, size_t bytes, unsigned flags) {
  return in_context([&] { return bytes == 0 ? cudaErrorInvalidValue : cudaHostAlloc(out, bytes, flags); });
}

CUresult cuMemFreeHost(void* memory) {
  return in_context([&] { return cudaFreeHost(memory); });
}

CUresult cuMemHostGetDevicePointer(CUdeviceptr* out, void* memory, unsigned flags) {
  return in_context([&] { return cudaHostGetDevicePointer(pointer_out(out), memory, flags); });
}

CUresult cuMemHostGetFlags(unsigned* flags, void* memory) {
  return in_context([&] { return cudaHostGetFlags(flags, memory); });
}

CUresult cuMemHostRegister(void* memory, size_t bytes, unsigned flags) {
  return in_context([&] { return cudaHostRegister(memory, bytes, flags); });
}

CUresult cuMemHostUnregister(void* memory) {
  return in_context([&] { return cudaHostUnregister(memory); });
}
