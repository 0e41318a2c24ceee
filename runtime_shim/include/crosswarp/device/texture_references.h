// Texture and surface references: `texture<float, 2> tex;`, tex2D(tex, x, y), `surface<void, 2> surf;` (CUDA 11's Programming
// Guide, "Texture Reference API", "Surface Reference API"). CUDA 12 has none, and programs may use the names themselves: the front
// end asks for this header when a source that needs it fails without.
//
// In device code a reference is the number of an object, which the runtime keeps in the variable (ir/passes/texture_references.py).
#ifndef CROSSWARP_DEVICE_TEXTURE_REFERENCES_H
#define CROSSWARP_DEVICE_TEXTURE_REFERENCES_H
#pragma GCC system_header

#include "../../channel_descriptor.h"
#include "surfaces.h"
#include "textures.h"

template <class __T, int dim = cudaTextureType1D, enum cudaTextureReadMode mode = cudaReadModeElementType>
struct __device_builtin_texture_type__ texture : public textureReference {
  __host__ texture(int norm = 0, cudaTextureFilterMode filter = cudaFilterModePoint,
                   cudaTextureAddressMode address = cudaAddressModeClamp, cudaChannelFormatDesc desc = cudaCreateChannelDesc<__T>())
      : textureReference() {
    normalized = norm;
    filterMode = filter;
    addressMode[0] = addressMode[1] = addressMode[2] = address;
    channelDesc = desc;
  }
};

template <class __T, int dim = cudaSurfaceType1D>
struct __device_builtin_surface_type__ surface : public surfaceReference {
  __host__ surface() : surfaceReference() {}
};

namespace __cw {
// What a fetch returns: the element, or a float for each of its channels.
template <class __T, cudaTextureReadMode mode>
struct fetched {
  typedef __T type;
};
template <int channels>
struct floats;
#define CW_FLOATS(count, __T) \
  template <>                 \
  struct floats<count> {      \
    typedef __T type;         \
  };
CW_FLOATS(1, float)
CW_FLOATS(2, float2)
CW_FLOATS(4, float4)
#undef CW_FLOATS
#define CW_NORMALIZED(scalar, vector)                                    \
  template <>                                                            \
  struct fetched<scalar, cudaReadModeNormalizedFloat> : floats<1> {};    \
  template <>                                                            \
  struct fetched<vector##1, cudaReadModeNormalizedFloat> {               \
    typedef float1 type;                                                 \
  };                                                                     \
  template <>                                                            \
  struct fetched<vector##2, cudaReadModeNormalizedFloat> : floats<2> {}; \
  template <>                                                            \
  struct fetched<vector##4, cudaReadModeNormalizedFloat> : floats<4> {};
CW_NORMALIZED(signed char, char)
CW_NORMALIZED(unsigned char, uchar)
CW_NORMALIZED(short, short)
CW_NORMALIZED(unsigned short, ushort)
template <>
struct fetched<char, cudaReadModeNormalizedFloat> : floats<1> {};
#undef CW_NORMALIZED

// clang passes a reference by value as its handle.
template <class __R>
CW_DEVICE unsigned long long handle_of(const __R& reference) {
  unsigned long long handle;
  __builtin_memcpy((void*)&handle, (const void*)&reference, sizeof(handle));
  return handle;
}
}  // namespace __cw

#define CW_PLAIN(...) __VA_ARGS__
#define CW_TEXTURE_FUNCTION(name, dimension, operation, parameters, arguments)                                      \
  template <class __T, cudaTextureReadMode mode>                                                                    \
  CW_DEVICE typename __cw::fetched<__T, mode>::type name(texture<__T, cudaTextureType##dimension, mode> reference,  \
                                                         CW_PLAIN parameters) {                                     \
    typedef __cw::texel<typename __cw::fetched<__T, mode>::type> texel;                                             \
    return texel::from(__cw::operation(typename texel::results(), __cw::handle_of(reference), CW_PLAIN arguments)); \
  }
#include "texture_functions.inc"
CW_TEXTURE_FUNCTION(tex1Dfetch, 1D, tex_fetch, (int x), (x))
#undef CW_TEXTURE_FUNCTION

// A gather gives four of the element's channels.
namespace __cw {
template <class __R>
struct four;
#define CW_FOUR(kind, __T)     \
  template <>                  \
  struct four<kind##_texels> { \
    typedef __T type;          \
  };
CW_FOUR(f32, float4)
CW_FOUR(s32, int4)
CW_FOUR(u32, uint4)
#undef CW_FOUR
}  // namespace __cw
template <class __T, cudaTextureReadMode mode>
CW_DEVICE auto tex2Dgather(texture<__T, cudaTextureType2D, mode> reference, float x, float y, int comp = 0) {
  typedef typename __cw::texel<typename __cw::fetched<__T, mode>::type>::results results;
  typedef typename __cw::four<results>::type four;
  return __cw::texel<four>::from(__cw::tex_gather(results(), __cw::handle_of(reference), x, y, comp));
}

#define CW_SURFACE_FUNCTION(name, dimension, operation, parameters, arguments)                                    \
  template <class __T, class __S>                                                                                 \
  CW_DEVICE __T name##read(surface<__S, cudaSurfaceType##dimension> reference, CW_PLAIN parameters,               \
                           cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                                 \
    typename __cw::surface_element<sizeof(__T)>::type element;                                                    \
    __cw::suld_##operation(&element, __cw::handle_of(reference), CW_PLAIN arguments, mode);                       \
    return __cw::bits_as<__T>(element);                                                                           \
  }                                                                                                               \
  template <class __T, class __S>                                                                                 \
  CW_DEVICE void name##read(__T* result, surface<__S, cudaSurfaceType##dimension> reference, CW_PLAIN parameters, \
                            cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                                \
    typename __cw::surface_element<sizeof(__T)>::type element;                                                    \
    __cw::suld_##operation(&element, __cw::handle_of(reference), CW_PLAIN arguments, mode);                       \
    *result = __cw::bits_as<__T>(element);                                                                        \
  }                                                                                                               \
  template <class __T, class __S>                                                                                 \
  CW_DEVICE void name##write(__T value, surface<__S, cudaSurfaceType##dimension> reference, CW_PLAIN parameters,  \
                             cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                               \
    typedef typename __cw::surface_element<sizeof(__T)>::type element;                                            \
    __cw::sust_##operation(__cw::bits_as<element>(value), __cw::handle_of(reference), CW_PLAIN arguments, mode);  \
  }
#include "surface_functions.inc"
#undef CW_SURFACE_FUNCTION
#undef CW_PLAIN

#endif
