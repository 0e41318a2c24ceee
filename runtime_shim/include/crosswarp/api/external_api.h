// Memory and semaphores of other APIs, graphics resources: all answer cudaErrorNotSupported (docs/runtime.md).
#ifndef CROSSWARP_API_EXTERNAL_API_H
#define CROSSWARP_API_EXTERNAL_API_H

CW_API cudaImportExternalMemory(cudaExternalMemory_t* extMem_out, const struct cudaExternalMemoryHandleDesc* memHandleDesc);
CW_API cudaExternalMemoryGetMappedBuffer(void** devPtr, cudaExternalMemory_t extMem,
                                         const struct cudaExternalMemoryBufferDesc* bufferDesc);
CW_API cudaExternalMemoryGetMappedMipmappedArray(cudaMipmappedArray_t* mipmap, cudaExternalMemory_t extMem,
                                                 const struct cudaExternalMemoryMipmappedArrayDesc* mipmapDesc);
CW_API cudaDestroyExternalMemory(cudaExternalMemory_t extMem);
CW_API cudaImportExternalSemaphore(cudaExternalSemaphore_t* extSem_out,
                                   const struct cudaExternalSemaphoreHandleDesc* semHandleDesc);
CW_API cudaSignalExternalSemaphoresAsync(const cudaExternalSemaphore_t* extSemArray,
                                         const struct cudaExternalSemaphoreSignalParams* paramsArray, unsigned int numExtSems,
                                         cudaStream_t stream CW_DEFAULT(0));
CW_API cudaWaitExternalSemaphoresAsync(const cudaExternalSemaphore_t* extSemArray,
                                       const struct cudaExternalSemaphoreWaitParams* paramsArray, unsigned int numExtSems,
                                       cudaStream_t stream CW_DEFAULT(0));
CW_API cudaDestroyExternalSemaphore(cudaExternalSemaphore_t extSem);
CW_API cudaDeviceGetNvSciSyncAttributes(void* nvSciSyncAttrList, int device, int flags);

CW_API cudaGraphicsUnregisterResource(cudaGraphicsResource_t resource);
CW_API cudaGraphicsResourceSetMapFlags(cudaGraphicsResource_t resource, unsigned int flags);
CW_API cudaGraphicsMapResources(int count, cudaGraphicsResource_t* resources, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaGraphicsUnmapResources(int count, cudaGraphicsResource_t* resources, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaGraphicsResourceGetMappedPointer(void** devPtr, size_t* size, cudaGraphicsResource_t resource);
CW_API cudaGraphicsSubResourceGetMappedArray(cudaArray_t* array, cudaGraphicsResource_t resource, unsigned int arrayIndex,
                                             unsigned int mipLevel);
CW_API cudaGraphicsResourceGetMappedMipmappedArray(cudaMipmappedArray_t* mipmappedArray, cudaGraphicsResource_t resource);

#endif
