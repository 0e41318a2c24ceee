// Arrays beyond memory_api.h (CUDA Runtime API reference, "Memory Management", and its deprecated part).
#ifndef CROSSWARP_API_TEXTURE_API_H
#define CROSSWARP_API_TEXTURE_API_H

CW_API cudaArrayGetPlane(cudaArray_t* pPlaneArray, cudaArray_t hArray, unsigned int planeIdx);
CW_API cudaArrayGetMemoryRequirements(struct cudaArrayMemoryRequirements* memoryRequirements, cudaArray_t array, int device);
CW_API cudaMipmappedArrayGetMemoryRequirements(struct cudaArrayMemoryRequirements* memoryRequirements, cudaMipmappedArray_t mipmap,
                                               int device);
CW_API cudaArrayGetSparseProperties(struct cudaArraySparseProperties* sparseProperties, cudaArray_t array);
CW_API cudaMipmappedArrayGetSparseProperties(struct cudaArraySparseProperties* sparseProperties, cudaMipmappedArray_t mipmap);
CW_API cudaMemcpyToArrayAsync(cudaArray_t dst, size_t wOffset, size_t hOffset, const void* src, size_t count,
                              enum cudaMemcpyKind kind, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpyFromArrayAsync(void* dst, cudaArray_const_t src, size_t wOffset, size_t hOffset, size_t count,
                                enum cudaMemcpyKind kind, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaMemcpyArrayToArray(cudaArray_t dst, size_t wOffsetDst, size_t hOffsetDst, cudaArray_const_t src, size_t wOffsetSrc,
                              size_t hOffsetSrc, size_t count, enum cudaMemcpyKind kind CW_DEFAULT(cudaMemcpyDeviceToDevice));

// Texture and surface references (CUDA 11's Runtime API reference, "Texture Reference Management").
CW_API cudaBindTexture(size_t* offset, const struct textureReference* texref, const void* devPtr,
                       const struct cudaChannelFormatDesc* desc, size_t size CW_DEFAULT(0xffffffffu));
CW_API cudaBindTexture2D(size_t* offset, const struct textureReference* texref, const void* devPtr,
                         const struct cudaChannelFormatDesc* desc, size_t width, size_t height, size_t pitch);
CW_API cudaBindTextureToArray(const struct textureReference* texref, cudaArray_const_t array,
                              const struct cudaChannelFormatDesc* desc);
CW_API cudaBindTextureToMipmappedArray(const struct textureReference* texref, cudaMipmappedArray_const_t mipmappedArray,
                                       const struct cudaChannelFormatDesc* desc);
CW_API cudaUnbindTexture(const struct textureReference* texref);
CW_API cudaGetTextureAlignmentOffset(size_t* offset, const struct textureReference* texref);
CW_API cudaGetTextureReference(const struct textureReference** texref, const void* symbol);
CW_API cudaBindSurfaceToArray(const struct surfaceReference* surfref, cudaArray_const_t array,
                              const struct cudaChannelFormatDesc* desc);
CW_API cudaGetSurfaceReference(const struct surfaceReference** surfref, const void* symbol);

#endif
