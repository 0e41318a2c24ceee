// NVTX names for objects of the CUDA runtime API, without effect.
#ifndef CROSSWARP_NVTX3_NVTOOLSEXTCUDART_H
#define CROSSWARP_NVTX3_NVTOOLSEXTCUDART_H

#include "../driver_types.h"
#include "nvToolsExt.h"

static inline void nvtxNameCudaDeviceA(int object, const char* name) { (void)object, (void)name; }
static inline void nvtxNameCudaDeviceW(int object, const wchar_t* name) { (void)object, (void)name; }
#define nvtxNameCudaDevice nvtxNameCudaDeviceA
static inline void nvtxNameCudaStreamA(struct CUstream_st* object, const char* name) { (void)object, (void)name; }
static inline void nvtxNameCudaStreamW(struct CUstream_st* object, const wchar_t* name) { (void)object, (void)name; }
#define nvtxNameCudaStream nvtxNameCudaStreamA
static inline void nvtxNameCudaEventA(struct CUevent_st* object, const char* name) { (void)object, (void)name; }
static inline void nvtxNameCudaEventW(struct CUevent_st* object, const wchar_t* name) { (void)object, (void)name; }
#define nvtxNameCudaEvent nvtxNameCudaEventA

#endif
