// Memory management (CUDA Runtime API reference, modules 6.10, 6.11, 6.12). Sizes and pitches are bytes unless named otherwise.
#ifndef CROSSWARP_API_MEMORY_API_H
#define CROSSWARP_API_MEMORY_API_H

CW_API cudaMalloc(void** devPtr, size_t size);
CW_API cudaMallocHost(void** ptr, size_t size);
CW_API cudaMallocPitch(void** devPtr, size_t* pitch, size_t width, size_t height);
CW_API cudaMallocArray(cudaArray_t* array, const struct cudaChannelFormatDesc* desc, size_t width, size_t height CW_DEFAULT(0),
                       unsigned int flags CW_DEFAULT(0));
CW_API cudaFree(void* devPtr);
CW_API cudaFreeHost(void* ptr);
CW_API cudaFreeArray(cudaArray_t array);
CW_API cudaFreeMipmappedArray(cudaMipmappedArray_t mipmappedArray);
CW_API cudaHostAlloc(void** pHost, size_t size, unsigned int flags);
CW_API cudaHostRegister(void* ptr, size_t size, unsigned int flags);
CW_API cudaHostUnregister(void* ptr);
CW_API cudaHostGetDevicePointer(void** pDevice, void* pHost, unsigned int flags);
CW_API cudaHostGetFlags(unsigned int* pFlags, void* pHost);
CW_API cudaMallocManaged(void** devPtr, size_t size, unsigned int flags CW_DEFAULT(cudaMemAttachGlobal));
CW_API cudaMalloc3D(struct cudaPitchedPtr* pitchedDevPtr, struct cudaExtent extent);
CW_API cudaMalloc3DArray(cudaArray_t* array, const struct cudaChannelFormatDesc* desc, struct cudaExtent extent,
                         unsigned int flags CW_DEFAULT(0));
CW_API cudaMallocMipmappedArray(cudaMipmappedArray_t* mipmappedArray, const struct cudaChannelFormatDesc* desc,
                                struct cudaExtent extent, unsigned int numLevels, unsigned int flags CW_DEFAULT(0));
CW_API cudaGetMipmappedArrayLevel(cudaArray_t* levelArray, cudaMipmappedArray_const_t mipmappedArray, unsigned int level);
CW_API cudaMemGetInfo(size_t* free, size_t* total);
CW_API cudaArrayGetInfo(struct cudaChannelFormatDesc* desc, struct cudaExtent* extent, unsigned int* flags, cudaArray_t array);
CW_API cudaPointerGetAttributes(struct cudaPointerAttributes* attributes, const void* ptr);

CW_API cudaMemcpy(void* dst, const void* src, size_t count, enum cudaMemcpyKind kind);
CW_API cudaMemcpyPeer(void* dst, int dstDevice, const void* src, int srcDevice, size_t count);
CW_API cudaMemcpy2D(void* dst, size_t dpitch, const void* src, size_t spitch, size_t width, size_t height,
                    enum cudaMemcpyKind kind);
CW_API cudaMemcpy2DToArray(cudaArray_t dst, size_t wOffset, size_t hOffset, const void* src, size_t spitch, size_t width,
                           size_t height, enum cudaMemcpyKind kind);
CW_API cudaMemcpy2DFromArray(void* dst, size_t dpitch, cudaArray_const_t src, size_t wOffset, size_t hOffset, size_t width,
                             size_t height, enum cudaMemcpyKind kind);
CW_API cudaMemcpy2DArrayToArray(cudaArray_t dst, size_t wOffsetDst, size_t hOffsetDst, cudaArray_const_t src, size_t wOffsetSrc,
                                size_t hOffsetSrc, size_t width, size_t height,
                                enum cudaMemcpyKind kind CW_DEFAULT(cudaMemcpyDeviceToDevice));
CW_API cudaMemcpyToArray(cudaArray_t dst, size_t wOffset, size_t hOffset, const void* src, size_t count, enum cudaMemcpyKind kind);
CW_API cudaMemcpyFromArray(void* dst, cudaArray_const_t src, size_t wOffset, size_t hOffset, size_t count,
                           enum cudaMemcpyKind kind);
CW_API cudaMemcpyToSymbol(const void* symbol, const void* src, size_t count, size_t offset CW_DEFAULT(0),
                          enum cudaMemcpyKind kind CW_DEFAULT(cudaMemcpyHostToDevice));
CW_API cudaMemcpyFromSymbol(void* dst, const void* symbol, size_t count, size_t offset CW_DEFAULT(0),
                            enum cudaMemcpyKind kind CW_DEFAULT(cudaMemcpyDeviceToHost));
CW_API cudaMemcpyAsync(void* dst, const void* src, size_t count, enum cudaMemcpyKind kind, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpyPeerAsync(void* dst, int dstDevice, const void* src, int srcDevice, size_t count,
                           cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpy2DAsync(void* dst, size_t dpitch, const void* src, size_t spitch, size_t width, size_t height,
                         enum cudaMemcpyKind kind, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpy2DToArrayAsync(cudaArray_t dst, size_t wOffset, size_t hOffset, const void* src, size_t spitch, size_t width,
                                size_t height, enum cudaMemcpyKind kind, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpy2DFromArrayAsync(void* dst, size_t dpitch, cudaArray_const_t src, size_t wOffset, size_t hOffset, size_t width,
                                  size_t height, enum cudaMemcpyKind kind, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpyToSymbolAsync(const void* symbol, const void* src, size_t count, size_t offset, enum cudaMemcpyKind kind,
                               cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpyFromSymbolAsync(void* dst, const void* symbol, size_t count, size_t offset, enum cudaMemcpyKind kind,
                                 cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpy3D(const struct cudaMemcpy3DParms* p);
CW_API cudaMemcpy3DAsync(const struct cudaMemcpy3DParms* p, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpy3DPeer(const struct cudaMemcpy3DPeerParms* p);
CW_API cudaMemcpy3DPeerAsync(const struct cudaMemcpy3DPeerParms* p, cudaStream_t stream CW_DEFAULT(0));

CW_API cudaMemset(void* devPtr, int value, size_t count);
CW_API cudaMemset2D(void* devPtr, size_t pitch, int value, size_t width, size_t height);
CW_API cudaMemset3D(struct cudaPitchedPtr pitchedDevPtr, int value, struct cudaExtent extent);
CW_API cudaMemsetAsync(void* devPtr, int value, size_t count, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemset2DAsync(void* devPtr, size_t pitch, int value, size_t width, size_t height, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemset3DAsync(struct cudaPitchedPtr pitchedDevPtr, int value, struct cudaExtent extent,
                         cudaStream_t stream CW_DEFAULT(0));
CW_API cudaGetSymbolAddress(void** devPtr, const void* symbol);
CW_API cudaGetSymbolSize(size_t* size, const void* symbol);

CW_API cudaMemPrefetchAsync(const void* devPtr, size_t count, int dstDevice, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemPrefetchAsync_v2(const void* devPtr, size_t count, struct cudaMemLocation location, unsigned int flags,
                               cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemAdvise(const void* devPtr, size_t count, enum cudaMemoryAdvise advice, int device);
CW_API cudaMemAdvise_v2(const void* devPtr, size_t count, enum cudaMemoryAdvise advice, struct cudaMemLocation location);
CW_API cudaMemRangeGetAttribute(void* data, size_t dataSize, enum cudaMemRangeAttribute attribute, const void* devPtr,
                                size_t count);
CW_API cudaMemRangeGetAttributes(void** data, size_t* dataSizes, enum cudaMemRangeAttribute* attributes, size_t numAttributes,
                                 const void* devPtr, size_t count);

CW_API cudaMemPrefetchBatchAsync(void** dptrs, size_t* sizes, size_t count, struct cudaMemLocation* prefetchLocs,
                                 size_t* prefetchLocIdxs, size_t numPrefetchLocs, unsigned long long flags, cudaStream_t stream);
CW_API cudaMemDiscardBatchAsync(void** dptrs, size_t* sizes, size_t count, unsigned long long flags, cudaStream_t stream);
CW_API cudaMemDiscardAndPrefetchBatchAsync(void** dptrs, size_t* sizes, size_t count, struct cudaMemLocation* prefetchLocs,
                                           size_t* prefetchLocIdxs, size_t numPrefetchLocs, unsigned long long flags,
                                           cudaStream_t stream);
// The forms of CUDA 12; templates.h has those of 13, without `failIdx`.
CW_API cudaMemcpyBatchAsync(void** dsts, void** srcs, size_t* sizes, size_t count, struct cudaMemcpyAttributes* attrs,
                            size_t* attrsIdxs, size_t numAttrs, size_t* failIdx, cudaStream_t stream);
CW_API cudaMemcpy3DBatchAsync(size_t numOps, struct cudaMemcpy3DBatchOp* opList, size_t* failIdx, unsigned long long flags,
                              cudaStream_t stream);

CW_API cudaMallocAsync(void** devPtr, size_t size, cudaStream_t hStream);
CW_API cudaFreeAsync(void* devPtr, cudaStream_t hStream);
CW_API cudaMallocFromPoolAsync(void** ptr, size_t size, cudaMemPool_t memPool, cudaStream_t stream);
CW_API cudaMemPoolCreate(cudaMemPool_t* memPool, const struct cudaMemPoolProps* poolProps);
CW_API cudaMemPoolDestroy(cudaMemPool_t memPool);
CW_API cudaMemPoolTrimTo(cudaMemPool_t memPool, size_t minBytesToKeep);
CW_API cudaMemPoolSetAttribute(cudaMemPool_t memPool, enum cudaMemPoolAttr attr, void* value);
CW_API cudaMemPoolGetAttribute(cudaMemPool_t memPool, enum cudaMemPoolAttr attr, void* value);
CW_API cudaMemGetDefaultMemPool(cudaMemPool_t* memPool, struct cudaMemLocation* location, enum cudaMemAllocationType type);
CW_API cudaMemGetMemPool(cudaMemPool_t* memPool, struct cudaMemLocation* location, enum cudaMemAllocationType type);
CW_API cudaMemSetMemPool(struct cudaMemLocation* location, enum cudaMemAllocationType type, cudaMemPool_t memPool);
CW_API cudaMemPoolSetAccess(cudaMemPool_t memPool, const struct cudaMemAccessDesc* descList, size_t count);
CW_API cudaMemPoolGetAccess(enum cudaMemAccessFlags* flags, cudaMemPool_t memPool, struct cudaMemLocation* location);
CW_API cudaMemPoolExportToShareableHandle(void* shareableHandle, cudaMemPool_t memPool, enum cudaMemAllocationHandleType handleType,
                                          unsigned int flags);
CW_API cudaMemPoolImportFromShareableHandle(cudaMemPool_t* memPool, void* shareableHandle,
                                            enum cudaMemAllocationHandleType handleType, unsigned int flags);
CW_API cudaMemPoolExportPointer(struct cudaMemPoolPtrExportData* exportData, void* ptr);
CW_API cudaMemPoolImportPointer(void** ptr, cudaMemPool_t memPool, struct cudaMemPoolPtrExportData* exportData);

CW_API cudaGetChannelDesc(struct cudaChannelFormatDesc* desc, cudaArray_const_t array);
CW_API_OF(struct cudaChannelFormatDesc) cudaCreateChannelDesc(int x, int y, int z, int w, enum cudaChannelFormatKind f);
CW_API cudaCreateTextureObject(cudaTextureObject_t* pTexObject, const struct cudaResourceDesc* pResDesc,
                               const struct cudaTextureDesc* pTexDesc, const struct cudaResourceViewDesc* pResViewDesc);
CW_API cudaDestroyTextureObject(cudaTextureObject_t texObject);
CW_API cudaGetTextureObjectResourceDesc(struct cudaResourceDesc* pResDesc, cudaTextureObject_t texObject);
CW_API cudaGetTextureObjectTextureDesc(struct cudaTextureDesc* pTexDesc, cudaTextureObject_t texObject);
CW_API cudaGetTextureObjectResourceViewDesc(struct cudaResourceViewDesc* pResViewDesc, cudaTextureObject_t texObject);
CW_API cudaCreateSurfaceObject(cudaSurfaceObject_t* pSurfObject, const struct cudaResourceDesc* pResDesc);
CW_API cudaDestroySurfaceObject(cudaSurfaceObject_t surfObject);
CW_API cudaGetSurfaceObjectResourceDesc(struct cudaResourceDesc* pResDesc, cudaSurfaceObject_t surfObject);

#endif
