#ifndef CROSSWARP_CUDA_RUNTIME_H
#define CROSSWARP_CUDA_RUNTIME_H
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "host_defines.h"
#include "vector_functions.h"
#include "cuda_runtime_api.h"
#ifdef __cplusplus
template <class T> inline cudaError_t cudaMalloc(T **p, size_t n) { return cudaMalloc((void **)(void *)p, n); }
template <class T> inline cudaError_t cudaMallocHost(T **p, size_t n) { return cudaMallocHost((void **)(void *)p, n); }
template <class T> inline cudaError_t cudaMallocManaged(T **p, size_t n, unsigned f = 1) { return cudaMallocManaged((void **)(void *)p, n, f); }
template <class T> inline cudaError_t cudaMemcpyToSymbol(const T &s, const void *p, size_t n, size_t o = 0, cudaMemcpyKind k = cudaMemcpyHostToDevice) { return cudaMemcpyToSymbol((const void *)&s, p, n, o, k); }
template <class T> inline cudaError_t cudaMemcpyFromSymbol(void *p, const T &s, size_t n, size_t o = 0, cudaMemcpyKind k = cudaMemcpyDeviceToHost) { return cudaMemcpyFromSymbol(p, (const void *)&s, n, o, k); }
template <class T> inline cudaError_t cudaGetSymbolAddress(void **p, const T &s) { return cudaGetSymbolAddress(p, (const void *)&s); }
template <class T> inline cudaError_t cudaGetSymbolSize(size_t *p, const T &s) { return cudaGetSymbolSize(p, (const void *)&s); }
template <class T> inline cudaError_t cudaFuncSetAttribute(T *f, cudaFuncAttribute a, int v) { return cudaFuncSetAttribute((const void *)f, a, v); }
template <class T> inline cudaError_t cudaFuncGetAttributes(cudaFuncAttributes *a, T *f) { return cudaFuncGetAttributes(a, (const void *)f); }
#endif
#if defined(__CUDACC__)
#include "crosswarp/stopgap.h"
#endif
#endif
