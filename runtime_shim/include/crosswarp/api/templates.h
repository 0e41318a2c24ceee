// The runtime API's C++ forms: typed pointers, symbols and kernels (CUDA Runtime API reference, "C++ API Routines").
#ifndef CROSSWARP_API_TEMPLATES_H
#define CROSSWARP_API_TEMPLATES_H

#include "../../cuda_runtime_api.h"

#define CW_INLINE inline __host__ cudaError_t

// Memory.
template <class __T>
CW_INLINE cudaMalloc(__T** devPtr, size_t size) {
  return ::cudaMalloc((void**)(void*)devPtr, size);
}
template <class __T>
CW_INLINE cudaMallocHost(__T** ptr, size_t size, unsigned int flags = 0) {
  return ::cudaHostAlloc((void**)(void*)ptr, size, flags);
}
CW_INLINE cudaMallocHost(void** ptr, size_t size, unsigned int flags) { return ::cudaHostAlloc(ptr, size, flags); }
template <class __T>
CW_INLINE cudaHostAlloc(__T** ptr, size_t size, unsigned int flags) {
  return ::cudaHostAlloc((void**)(void*)ptr, size, flags);
}
template <class __T>
CW_INLINE cudaHostGetDevicePointer(__T** pDevice, void* pHost, unsigned int flags) {
  return ::cudaHostGetDevicePointer((void**)(void*)pDevice, pHost, flags);
}
template <class __T>
CW_INLINE cudaMallocManaged(__T** devPtr, size_t size, unsigned int flags = cudaMemAttachGlobal) {
  return ::cudaMallocManaged((void**)(void*)devPtr, size, flags);
}
template <class __T>
CW_INLINE cudaMallocPitch(__T** devPtr, size_t* pitch, size_t width, size_t height) {
  return ::cudaMallocPitch((void**)(void*)devPtr, pitch, width, height);
}
template <class __T>
CW_INLINE cudaMallocAsync(__T** ptr, size_t size, cudaStream_t stream) {
  return ::cudaMallocAsync((void**)(void*)ptr, size, stream);
}
CW_INLINE cudaMallocAsync(void** ptr, size_t size, cudaMemPool_t memPool, cudaStream_t stream) {
  return ::cudaMallocFromPoolAsync(ptr, size, memPool, stream);
}
template <class __T>
CW_INLINE cudaMallocAsync(__T** ptr, size_t size, cudaMemPool_t memPool, cudaStream_t stream) {
  return ::cudaMallocFromPoolAsync((void**)(void*)ptr, size, memPool, stream);
}
template <class __T>
CW_INLINE cudaMallocFromPoolAsync(__T** ptr, size_t size, cudaMemPool_t memPool, cudaStream_t stream) {
  return ::cudaMallocFromPoolAsync((void**)(void*)ptr, size, memPool, stream);
}
template <class __T>
CW_INLINE cudaStreamAttachMemAsync(cudaStream_t stream, __T* devPtr, size_t length = 0, unsigned int flags = cudaMemAttachSingle) {
  return ::cudaStreamAttachMemAsync(stream, (void*)devPtr, length, flags);
}

// CUDA 13's forms of entries that CUDA 12 declares with other parameters.
CW_INLINE cudaMemPrefetchAsync(const void* devPtr, size_t count, cudaMemLocation location, unsigned int flags,
                               cudaStream_t stream = 0) {
  return ::cudaMemPrefetchAsync_v2(devPtr, count, location, flags, stream);
}
CW_INLINE cudaMemAdvise(const void* devPtr, size_t count, cudaMemoryAdvise advice, cudaMemLocation location) {
  return ::cudaMemAdvise_v2(devPtr, count, advice, location);
}
CW_INLINE cudaMemcpyBatchAsync(void* const* dsts, const void* const* srcs, const size_t* sizes, size_t count,
                               cudaMemcpyAttributes* attrs, size_t* attrsIdxs, size_t numAttrs, cudaStream_t stream) {
  return ::cudaMemcpyBatchAsync((void**)dsts, (void**)(void*)srcs, (size_t*)sizes, count, attrs, attrsIdxs, numAttrs, (size_t*)0,
                                stream);
}
CW_INLINE cudaMemcpyBatchAsync(void* const* dsts, const void* const* srcs, const size_t* sizes, size_t count,
                               cudaMemcpyAttributes attr, cudaStream_t stream) {
  size_t first = 0;
  return ::cudaMemcpyBatchAsync((void**)dsts, (void**)(void*)srcs, (size_t*)sizes, count, &attr, &first, 1, (size_t*)0, stream);
}
CW_INLINE cudaMemcpyBatchAsync(void** dsts, void** srcs, size_t* sizes, size_t count, cudaMemcpyAttributes attr, size_t* failIdx,
                               cudaStream_t stream) {
  size_t first = 0;
  return ::cudaMemcpyBatchAsync(dsts, srcs, sizes, count, &attr, &first, 1, failIdx, stream);
}
CW_INLINE cudaMemcpy3DBatchAsync(size_t numOps, cudaMemcpy3DBatchOp* opList, unsigned long long flags, cudaStream_t stream) {
  return ::cudaMemcpy3DBatchAsync(numOps, opList, (size_t*)0, flags, stream);
}
CW_INLINE cudaMemPrefetchBatchAsync(void** dptrs, size_t* sizes, size_t count, cudaMemLocation location, unsigned long long flags,
                                    cudaStream_t stream) {
  size_t first = 0;
  return ::cudaMemPrefetchBatchAsync(dptrs, sizes, count, &location, &first, 1, flags, stream);
}
CW_INLINE cudaMemDiscardAndPrefetchBatchAsync(void** dptrs, size_t* sizes, size_t count, cudaMemLocation location,
                                              unsigned long long flags, cudaStream_t stream) {
  size_t first = 0;
  return ::cudaMemDiscardAndPrefetchBatchAsync(dptrs, sizes, count, &location, &first, 1, flags, stream);
}

// Symbols: a device variable is named by the address of its host shadow.
template <class __T>
CW_INLINE cudaMemcpyToSymbol(const __T& symbol, const void* src, size_t count, size_t offset = 0,
                             cudaMemcpyKind kind = cudaMemcpyHostToDevice) {
  return ::cudaMemcpyToSymbol((const void*)&symbol, src, count, offset, kind);
}
template <class __T>
CW_INLINE cudaMemcpyFromSymbol(void* dst, const __T& symbol, size_t count, size_t offset = 0,
                               cudaMemcpyKind kind = cudaMemcpyDeviceToHost) {
  return ::cudaMemcpyFromSymbol(dst, (const void*)&symbol, count, offset, kind);
}
template <class __T>
CW_INLINE cudaMemcpyToSymbolAsync(const __T& symbol, const void* src, size_t count, size_t offset = 0,
                                  cudaMemcpyKind kind = cudaMemcpyHostToDevice, cudaStream_t stream = 0) {
  return ::cudaMemcpyToSymbolAsync((const void*)&symbol, src, count, offset, kind, stream);
}
template <class __T>
CW_INLINE cudaMemcpyFromSymbolAsync(void* dst, const __T& symbol, size_t count, size_t offset = 0,
                                    cudaMemcpyKind kind = cudaMemcpyDeviceToHost, cudaStream_t stream = 0) {
  return ::cudaMemcpyFromSymbolAsync(dst, (const void*)&symbol, count, offset, kind, stream);
}
template <class __T>
CW_INLINE cudaGetSymbolAddress(void** devPtr, const __T& symbol) {
  return ::cudaGetSymbolAddress(devPtr, (const void*)&symbol);
}
template <class __T>
CW_INLINE cudaGetSymbolSize(size_t* size, const __T& symbol) {
  return ::cudaGetSymbolSize(size, (const void*)&symbol);
}

// Events and graphs.
CW_INLINE cudaEventCreate(cudaEvent_t* event, unsigned int flags) { return ::cudaEventCreateWithFlags(event, flags); }
#include "graph_templates.h"

// Kernels by their type.
template <class __T>
CW_INLINE cudaLaunchKernel(__T* func, dim3 gridDim, dim3 blockDim, void** args, size_t sharedMem = 0, cudaStream_t stream = 0) {
  return ::cudaLaunchKernel((const void*)func, gridDim, blockDim, args, sharedMem, stream);
}
template <class __T>
CW_INLINE cudaLaunchCooperativeKernel(__T* func, dim3 gridDim, dim3 blockDim, void** args, size_t sharedMem = 0,
                                      cudaStream_t stream = 0) {
  return ::cudaLaunchCooperativeKernel((const void*)func, gridDim, blockDim, args, sharedMem, stream);
}
template <class __T>
CW_INLINE cudaFuncSetCacheConfig(__T* func, cudaFuncCache cacheConfig) {
  return ::cudaFuncSetCacheConfig((const void*)func, cacheConfig);
}
template <class __T>
CW_INLINE cudaFuncSetSharedMemConfig(__T* func, cudaSharedMemConfig config) {
  return ::cudaFuncSetSharedMemConfig((const void*)func, config);
}
template <class __T>
CW_INLINE cudaFuncGetAttributes(cudaFuncAttributes* attr, __T* entry) {
  return ::cudaFuncGetAttributes(attr, (const void*)entry);
}
template <class __T>
CW_INLINE cudaFuncSetAttribute(__T* func, cudaFuncAttribute attr, int value) {
  return ::cudaFuncSetAttribute((const void*)func, attr, value);
}
template <class __T>
CW_INLINE cudaFuncGetName(const char** name, __T* func) {
  return ::cudaFuncGetName(name, (const void*)func);
}
template <class __T>
CW_INLINE cudaGetFuncBySymbol(cudaFunction_t* functionPtr, __T* symbolPtr) {
  return ::cudaGetFuncBySymbol(functionPtr, (const void*)symbolPtr);
}
template <class __T>
CW_INLINE cudaGetKernel(cudaKernel_t* kernelPtr, __T* entryFuncAddr) {
  return ::cudaGetKernel(kernelPtr, (const void*)entryFuncAddr);
}

// Libraries.
template <class __T>
CW_INLINE cudaLibraryGetGlobal(__T** dptr, size_t* bytes, cudaLibrary_t library, const char* name) {
  return ::cudaLibraryGetGlobal((void**)(void*)dptr, bytes, library, name);
}
template <class __T>
CW_INLINE cudaLibraryGetManaged(__T** dptr, size_t* bytes, cudaLibrary_t library, const char* name) {
  return ::cudaLibraryGetManaged((void**)(void*)dptr, bytes, library, name);
}
template <class __T>
CW_INLINE cudaLibraryGetUnifiedFunction(__T** fptr, cudaLibrary_t library, const char* symbol) {
  return ::cudaLibraryGetUnifiedFunction((void**)(void*)fptr, library, symbol);
}

#if __cplusplus >= 201103L
// Parameters are converted to the kernel's own types first: the launch copies them by address.
template <class... Parameters, class... Arguments>
CW_INLINE cudaLaunchKernelEx(const cudaLaunchConfig_t* config, void (*kernel)(Parameters...), Arguments&&... arguments) {
  return [&](Parameters... converted) {
    void* addresses[] = {(void*)__builtin_addressof(converted)..., 0};
    return ::cudaLaunchKernelExC(config, (const void*)kernel, addresses);
  }(static_cast<Arguments&&>(arguments)...);
}
#endif

#include "occupancy_templates.h"
#if defined(__CROSSWARP_TEXTURE_REFERENCES__) && defined(__CUDACC__)
#include "texture_reference_templates.h"
#endif

#undef CW_INLINE

#endif
