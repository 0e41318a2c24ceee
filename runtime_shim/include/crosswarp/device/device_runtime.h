// The runtime API in device code (CUDA C++ Programming Guide, "CUDA Dynamic Parallelism"): launches, copies, streams, events.
//
// clang turns `kernel<<<...>>>` in device code into cudaGetParameterBuffer and cudaLaunchDevice. What a block submits runs in the
// order of submission, so that streams and events, which ask for no more than that, have nothing to do.
#ifndef CROSSWARP_DEVICE_DEVICE_RUNTIME_H
#define CROSSWARP_DEVICE_DEVICE_RUNTIME_H
#pragma GCC system_header

#include "../operations.h"
#include "qualifiers.h"

#define cudaStreamTailLaunch ((cudaStream_t)0x3)
#define cudaStreamFireAndForget ((cudaStream_t)0x4)

// Of external linkage, as the host's are: a template that takes the address of one has the same name on both sides.
#define CW_DEVICE_API __device__ __inline__ __attribute__((always_inline))
extern "C" {
CW_DEVICE_API void* cudaGetParameterBuffer(size_t alignment, size_t size) { return __cw_child_parameters(alignment, size); }
CW_DEVICE_API cudaError_t cudaLaunchDevice(void* func, void* parameterBuffer, dim3 gridDimension, dim3 blockDimension,
                                           unsigned sharedMemSize, cudaStream_t stream) {
  return (cudaError_t)__cw_child_launch(func, parameterBuffer, gridDimension.x, gridDimension.y, gridDimension.z, blockDimension.x,
                                        blockDimension.y, blockDimension.z, sharedMemSize, (unsigned long long)stream);
}

CW_DEVICE_API cudaError_t cudaDeviceSynchronize() { return (cudaError_t)__cw_child_wait(); }
CW_DEVICE_API cudaError_t __cudaDeviceSynchronizeDeprecationAvoidance() { return (cudaError_t)__cw_child_wait(); }
CW_DEVICE_API cudaError_t cudaGetLastError() { return (cudaError_t)__cw_child_error(1); }
CW_DEVICE_API cudaError_t cudaPeekAtLastError() { return (cudaError_t)__cw_child_error(0); }

CW_DEVICE_API const char* cudaGetErrorName(cudaError_t error) {
  switch (error) {
#define CW_ERROR(name, text) \
  case name:                 \
    return #name;
#include "../errors.inc"
#undef CW_ERROR
  }
  return "unrecognized error code";
}
CW_DEVICE_API const char* cudaGetErrorString(cudaError_t error) {
  switch (error) {
#define CW_ERROR(name, text) \
  case name:                 \
    return text;
#include "../errors.inc"
#undef CW_ERROR
  }
  return "unrecognized error code";
}

CW_DEVICE_API cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned flags) {
  if (flags != cudaStreamNonBlocking) return cudaErrorInvalidValue;  // the only kind that device code may make
  *stream = (cudaStream_t)0x100;
  return cudaSuccess;
}
CW_DEVICE_API cudaError_t cudaStreamDestroy(cudaStream_t) { return cudaSuccess; }
CW_DEVICE_API cudaError_t cudaStreamWaitEvent(cudaStream_t, cudaEvent_t, unsigned = 0) { return cudaSuccess; }
CW_DEVICE_API cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned flags) {
  if (flags != cudaEventDisableTiming) return cudaErrorInvalidValue;
  *event = (cudaEvent_t)0x100;
  return cudaSuccess;
}
CW_DEVICE_API cudaError_t cudaEventRecord(cudaEvent_t, cudaStream_t = 0) { return cudaSuccess; }
CW_DEVICE_API cudaError_t cudaEventDestroy(cudaEvent_t) { return cudaSuccess; }

CW_DEVICE_API cudaError_t cudaMalloc(void** pointer, size_t size) {
  *pointer = size != 0 ? __cw_malloc(size) : nullptr;
  return size != 0 && *pointer == nullptr ? cudaErrorMemoryAllocation : cudaSuccess;
}
CW_DEVICE_API cudaError_t cudaFree(void* pointer) {
  __cw_free(pointer);
  return cudaSuccess;
}
CW_DEVICE_API cudaError_t cudaMemcpyAsync(void* to, const void* from, size_t count, enum cudaMemcpyKind, cudaStream_t = 0) {
  return (cudaError_t)__cw_child_copy(to, from, count, count, count, 1);
}
CW_DEVICE_API cudaError_t cudaMemcpy2DAsync(void* to, size_t to_pitch, const void* from, size_t from_pitch, size_t width,
                                            size_t height, enum cudaMemcpyKind, cudaStream_t = 0) {
  return (cudaError_t)__cw_child_copy(to, from, to_pitch, from_pitch, width, height);
}
CW_DEVICE_API cudaError_t cudaMemsetAsync(void* to, int value, size_t count, cudaStream_t = 0) {
  return (cudaError_t)__cw_child_fill(to, value, count, count, 1);
}
CW_DEVICE_API cudaError_t cudaMemset2DAsync(void* to, size_t pitch, int value, size_t width, size_t height, cudaStream_t = 0) {
  return (cudaError_t)__cw_child_fill(to, value, pitch, width, height);
}

CW_DEVICE_API cudaError_t cudaRuntimeGetVersion(int* version) {
  *version = CUDART_VERSION;
  return cudaSuccess;
}
}
#undef CW_DEVICE_API

// The typed form of C++ programs.
template <typename __T>
CW_DEVICE cudaError_t cudaMalloc(__T** pointer, size_t size) {
  return cudaMalloc((void**)(void*)pointer, size);
}

#endif
