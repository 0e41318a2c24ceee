// Reads of texture objects: tex1Dfetch, tex2D, tex2DLod, ... (CUDA Programming Guide, "Texture Object API").
//
// The sparse forms, which tell whether memory backs the elements read, say yes: sparse arrays cannot be made
// (cudaErrorNotSupported).
#ifndef CROSSWARP_DEVICE_TEXTURES_H
#define CROSSWARP_DEVICE_TEXTURES_H
#pragma GCC system_header

#include "../api/texture_types.h"
#include "texels.h"

#define CW_PLAIN(...) __VA_ARGS__
#define CW_TEXTURE_FUNCTION(name, dimension, operation, parameters, arguments)                                           \
  template <class __T>                                                                                                   \
  CW_DEVICE __T name(cudaTextureObject_t object, CW_PLAIN parameters) {                                                  \
    return __cw::texel<__T>::from(__cw::operation(typename __cw::texel<__T>::results(), object, CW_PLAIN arguments));    \
  }                                                                                                                      \
  template <class __T>                                                                                                   \
  CW_DEVICE void name(__T* result, cudaTextureObject_t object, CW_PLAIN parameters) {                                    \
    *result = __cw::texel<__T>::from(__cw::operation(typename __cw::texel<__T>::results(), object, CW_PLAIN arguments)); \
  }
#include "texture_functions.inc"
CW_TEXTURE_FUNCTION(tex1Dfetch, 1D, tex_fetch, (int x), (x))
CW_TEXTURE_FUNCTION(tex2Dgather, 2D, tex_gather, (float x, float y, int comp = 0), (x, y, comp))
#undef CW_TEXTURE_FUNCTION

#define CW_SPARSE(name, parameters, arguments)                                            \
  template <class __T>                                                                    \
  CW_DEVICE __T name(cudaTextureObject_t object, CW_PLAIN parameters, bool* isResident) { \
    *isResident = true;                                                                   \
    return name<__T>(object, CW_PLAIN arguments);                                         \
  }
CW_SPARSE(tex2D, (float x, float y), (x, y))
CW_SPARSE(tex3D, (float x, float y, float z), (x, y, z))
CW_SPARSE(tex2DLayered, (float x, float y, int layer), (x, y, layer))
CW_SPARSE(tex2DLod, (float x, float y, float level), (x, y, level))
CW_SPARSE(tex3DLod, (float x, float y, float z, float level), (x, y, z, level))
CW_SPARSE(tex2DLayeredLod, (float x, float y, int layer, float level), (x, y, layer, level))
CW_SPARSE(tex2DGrad, (float x, float y, float2 dPdx, float2 dPdy), (x, y, dPdx, dPdy))
CW_SPARSE(tex3DGrad, (float x, float y, float z, float4 dPdx, float4 dPdy), (x, y, z, dPdx, dPdy))
CW_SPARSE(tex2DLayeredGrad, (float x, float y, int layer, float2 dPdx, float2 dPdy), (x, y, layer, dPdx, dPdy))
#undef CW_SPARSE
template <class __T>
CW_DEVICE __T tex2Dgather(cudaTextureObject_t object, float x, float y, bool* isResident, int comp = 0) {
  *isResident = true;
  return tex2Dgather<__T>(object, x, y, comp);
}
#undef CW_PLAIN

#endif
