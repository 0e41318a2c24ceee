// Opaque handles, addresses and callbacks. CUDA Driver API reference.
#ifndef CROSSWARP_DRIVER_API_HANDLES_H
#define CROSSWARP_DRIVER_API_HANDLES_H

#include <stddef.h>
#include <stdint.h>

#include "../api/uuid.h"
#include "errors.h"

#if !defined(CUDA_CB)
#define CUDA_CB
#endif

typedef struct CUarray_st* CUarray;

typedef struct CUasyncCallbackEntry_st* CUasyncCallbackHandle;

typedef struct CUctx_st* CUcontext;

typedef struct CUdevResourceDesc_st* CUdevResourceDesc;

typedef int CUdevice_v1;

typedef CUdevice_v1 CUdevice;

typedef unsigned long long CUdeviceptr_v2;

typedef CUdeviceptr_v2 CUdeviceptr;

typedef struct CUevent_st* CUevent;

typedef struct CUextMemory_st* CUexternalMemory;

typedef struct CUextSemaphore_st* CUexternalSemaphore;

typedef struct CUfunc_st* CUfunction;

typedef struct CUgraph_st* CUgraph;

typedef uint64_t cuuint64_t;

typedef cuuint64_t CUgraphConditionalHandle;

typedef struct CUgraphDeviceUpdatableNode_st* CUgraphDeviceNode;

typedef struct CUgraphExec_st* CUgraphExec;

typedef struct CUgraphNode_st* CUgraphNode;

typedef struct CUgraphicsResource_st* CUgraphicsResource;

typedef struct CUgreenCtx_st* CUgreenCtx;

typedef void(CUDA_CB* CUhostFn)(void* userData);

typedef struct CUkern_st* CUkernel;

typedef struct CUlib_st* CUlibrary;

typedef struct CUlinkState_st* CUlinkState;

typedef unsigned int CUlogIterator;

typedef struct CUlogsCallbackEntry_st* CUlogsCallbackHandle;

typedef unsigned long long CUmemGenericAllocationHandle_v1;

typedef CUmemGenericAllocationHandle_v1 CUmemGenericAllocationHandle;

typedef struct CUmemPoolHandle_st* CUmemoryPool;

typedef struct CUmipmappedArray_st* CUmipmappedArray;

typedef struct CUmod_st* CUmodule;

typedef size_t(CUDA_CB* CUoccupancyB2DSize)(int blockSize);

typedef struct CUstream_st* CUstream;

typedef void(CUDA_CB* CUstreamCallback)(CUstream hStream, CUresult status, void* userData);

typedef unsigned long long CUsurfObject_v1;

typedef CUsurfObject_v1 CUsurfObject;

typedef struct CUsurfref_st* CUsurfref;

typedef unsigned long long CUtexObject_v1;

typedef CUtexObject_v1 CUtexObject;

typedef struct CUtexref_st* CUtexref;

typedef struct CUuserObject_st* CUuserObject;

typedef uint32_t cuuint32_t;

#endif
