// The C++ forms of binding texture and surface references (CUDA 11's Runtime API reference, "C++ API Routines").
#ifndef CROSSWARP_API_TEXTURE_REFERENCE_TEMPLATES_H
#define CROSSWARP_API_TEXTURE_REFERENCE_TEMPLATES_H

#define CW_REFERENCE template <class __T, int dim, enum cudaTextureReadMode mode>

CW_REFERENCE CW_INLINE cudaBindTexture(size_t* offset, const struct texture<__T, dim, mode>& tex, const void* devPtr,
                                       const cudaChannelFormatDesc& desc, size_t size = 0xffffffffu) {
  return ::cudaBindTexture(offset, (const textureReference*)&tex, devPtr, &desc, size);
}
CW_REFERENCE CW_INLINE cudaBindTexture(size_t* offset, const struct texture<__T, dim, mode>& tex, const void* devPtr,
                                       size_t size = 0xffffffffu) {
  return ::cudaBindTexture(offset, (const textureReference*)&tex, devPtr, &tex.channelDesc, size);
}
CW_REFERENCE CW_INLINE cudaBindTexture2D(size_t* offset, const struct texture<__T, dim, mode>& tex, const void* devPtr,
                                         const cudaChannelFormatDesc& desc, size_t width, size_t height, size_t pitch) {
  return ::cudaBindTexture2D(offset, (const textureReference*)&tex, devPtr, &desc, width, height, pitch);
}
CW_REFERENCE CW_INLINE cudaBindTexture2D(size_t* offset, const struct texture<__T, dim, mode>& tex, const void* devPtr,
                                         size_t width, size_t height, size_t pitch) {
  return ::cudaBindTexture2D(offset, (const textureReference*)&tex, devPtr, &tex.channelDesc, width, height, pitch);
}
CW_REFERENCE CW_INLINE cudaBindTextureToArray(const struct texture<__T, dim, mode>& tex, cudaArray_const_t array,
                                              const cudaChannelFormatDesc& desc) {
  return ::cudaBindTextureToArray((const textureReference*)&tex, array, &desc);
}
CW_REFERENCE CW_INLINE cudaBindTextureToArray(const struct texture<__T, dim, mode>& tex, cudaArray_const_t array) {
  return ::cudaBindTextureToArray((const textureReference*)&tex, array, &tex.channelDesc);
}
CW_REFERENCE CW_INLINE cudaBindTextureToMipmappedArray(const struct texture<__T, dim, mode>& tex,
                                                       cudaMipmappedArray_const_t mipmappedArray,
                                                       const cudaChannelFormatDesc& desc) {
  return ::cudaBindTextureToMipmappedArray((const textureReference*)&tex, mipmappedArray, &desc);
}
CW_REFERENCE CW_INLINE cudaBindTextureToMipmappedArray(const struct texture<__T, dim, mode>& tex,
                                                       cudaMipmappedArray_const_t mipmappedArray) {
  return ::cudaBindTextureToMipmappedArray((const textureReference*)&tex, mipmappedArray, &tex.channelDesc);
}
CW_REFERENCE CW_INLINE cudaUnbindTexture(const struct texture<__T, dim, mode>& tex) {
  return ::cudaUnbindTexture((const textureReference*)&tex);
}
CW_REFERENCE CW_INLINE cudaGetTextureAlignmentOffset(size_t* offset, const struct texture<__T, dim, mode>& tex) {
  return ::cudaGetTextureAlignmentOffset(offset, (const textureReference*)&tex);
}
CW_REFERENCE CW_INLINE cudaGetTextureReference(const textureReference** texref, const struct texture<__T, dim, mode>& symbol) {
  return ::cudaGetTextureReference(texref, (const void*)&symbol);
}
template <class __T, int dim>
CW_INLINE cudaBindSurfaceToArray(const struct surface<__T, dim>& surf, cudaArray_const_t array, const cudaChannelFormatDesc& desc) {
  return ::cudaBindSurfaceToArray((const surfaceReference*)&surf, array, &desc);
}
template <class __T, int dim>
CW_INLINE cudaBindSurfaceToArray(const struct surface<__T, dim>& surf, cudaArray_const_t array) {
  cudaChannelFormatDesc desc;
  const cudaError_t status = ::cudaGetChannelDesc(&desc, array);
  return status != cudaSuccess ? status : ::cudaBindSurfaceToArray((const surfaceReference*)&surf, array, &desc);
}

#undef CW_REFERENCE

#endif
