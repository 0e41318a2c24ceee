// cudaCreateChannelDesc<T>() for the element types of arrays and textures.
#ifndef CROSSWARP_CHANNEL_DESCRIPTOR_H
#define CROSSWARP_CHANNEL_DESCRIPTOR_H

#include "cuda_runtime_api.h"

#if defined(__cplusplus)
// A type without a specialisation is no element type.
template <class __T>
inline __host__ cudaChannelFormatDesc cudaCreateChannelDesc() {
  return cudaCreateChannelDesc(0, 0, 0, 0, cudaChannelFormatKindNone);
}
#define CW_CHANNELS(__T, x, y, z, w, kind)                                 \
  template <>                                                              \
  inline __host__ cudaChannelFormatDesc cudaCreateChannelDesc<__T>() {     \
    return cudaCreateChannelDesc(x, y, z, w, cudaChannelFormatKind##kind); \
  }
#define CW_VECTOR_CHANNELS(name, bits, kind)   \
  CW_CHANNELS(name##1, bits, 0, 0, 0, kind)    \
  CW_CHANNELS(name##2, bits, bits, 0, 0, kind) \
  CW_CHANNELS(name##4, bits, bits, bits, bits, kind)
CW_CHANNELS(char, 8, 0, 0, 0, Signed)
CW_CHANNELS(signed char, 8, 0, 0, 0, Signed)
CW_CHANNELS(unsigned char, 8, 0, 0, 0, Unsigned)
CW_CHANNELS(short, 16, 0, 0, 0, Signed)
CW_CHANNELS(unsigned short, 16, 0, 0, 0, Unsigned)
CW_CHANNELS(int, 32, 0, 0, 0, Signed)
CW_CHANNELS(unsigned int, 32, 0, 0, 0, Unsigned)
CW_CHANNELS(float, 32, 0, 0, 0, Float)
CW_VECTOR_CHANNELS(char, 8, Signed)
CW_VECTOR_CHANNELS(uchar, 8, Unsigned)
CW_VECTOR_CHANNELS(short, 16, Signed)
CW_VECTOR_CHANNELS(ushort, 16, Unsigned)
CW_VECTOR_CHANNELS(int, 32, Signed)
CW_VECTOR_CHANNELS(uint, 32, Unsigned)
CW_VECTOR_CHANNELS(float, 32, Float)
#undef CW_VECTOR_CHANNELS
#undef CW_CHANNELS
#endif

#endif
