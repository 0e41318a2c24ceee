// NVTX names for objects of the CUDA driver API, without effect.
#ifndef CROSSWARP_NVTX3_NVTOOLSEXTCUDA_H
#define CROSSWARP_NVTX3_NVTOOLSEXTCUDA_H

#include "nvToolsExt.h"

struct CUctx_st;
struct CUstream_st;
struct CUevent_st;

static inline void nvtxNameCuDeviceA(int object, const char* name) { (void)object, (void)name; }
static inline void nvtxNameCuDeviceW(int object, const wchar_t* name) { (void)object, (void)name; }
#define nvtxNameCuDevice nvtxNameCuDeviceA
static inline void nvtxNameCuContextA(struct CUctx_st* object, const char* name) { (void)object, (void)name; }
static inline void nvtxNameCuContextW(struct CUctx_st* object, const wchar_t* name) { (void)object, (void)name; }
#define nvtxNameCuContext nvtxNameCuContextA
static inline void nvtxNameCuStreamA(struct CUstream_st* object, const char* name) { (void)object, (void)name; }
static inline void nvtxNameCuStreamW(struct CUstream_st* object, const wchar_t* name) { (void)object, (void)name; }
#define nvtxNameCuStream nvtxNameCuStreamA
static inline void nvtxNameCuEventA(struct CUevent_st* object, const char* name) { (void)object, (void)name; }
static inline void nvtxNameCuEventW(struct CUevent_st* object, const wchar_t* name) { (void)object, (void)name; }
#define nvtxNameCuEvent nvtxNameCuEventA

#endif
