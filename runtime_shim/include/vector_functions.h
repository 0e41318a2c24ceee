// make_<vector type>(...) for every vector type. C and C++.
#ifndef CROSSWARP_VECTOR_FUNCTIONS_H
#define CROSSWARP_VECTOR_FUNCTIONS_H

#include "vector_types.h"

#define CW_MAKE static __inline__ __host__ __device__
#define CW_MAKE_VECTORS(name, __T)                                    \
  CW_MAKE struct name##1 make_##name##1(__T x) {                      \
    struct name##1 v = {x};                                           \
    return v;                                                         \
  }                                                                   \
  CW_MAKE struct name##2 make_##name##2(__T x, __T y) {               \
    struct name##2 v = {x, y};                                        \
    return v;                                                         \
  }                                                                   \
  CW_MAKE struct name##3 make_##name##3(__T x, __T y, __T z) {        \
    struct name##3 v = {x, y, z};                                     \
    return v;                                                         \
  }                                                                   \
  CW_MAKE struct name##4 make_##name##4(__T x, __T y, __T z, __T w) { \
    struct name##4 v = {x, y, z, w};                                  \
    return v;                                                         \
  }

CW_MAKE_VECTORS(char, signed char)
CW_MAKE_VECTORS(uchar, unsigned char)
CW_MAKE_VECTORS(short, short)
CW_MAKE_VECTORS(ushort, unsigned short)
CW_MAKE_VECTORS(int, int)
CW_MAKE_VECTORS(uint, unsigned int)
CW_MAKE_VECTORS(long, long)
CW_MAKE_VECTORS(ulong, unsigned long)
CW_MAKE_VECTORS(longlong, long long)
CW_MAKE_VECTORS(ulonglong, unsigned long long)
CW_MAKE_VECTORS(float, float)
CW_MAKE_VECTORS(double, double)
#undef CW_MAKE_VECTORS

#define CW_MAKE_ALIGNED(name, __T, alignment)                                                 \
  CW_MAKE struct name##4_##alignment make_##name##4_##alignment(__T x, __T y, __T z, __T w) { \
    struct name##4_##alignment v = {x, y, z, w};                                              \
    return v;                                                                                 \
  }
#define CW_MAKE_ALIGNED_VECTORS(name, __T) \
  CW_MAKE_ALIGNED(name, __T, 16a)          \
  CW_MAKE_ALIGNED(name, __T, 32a)
CW_MAKE_ALIGNED_VECTORS(long, long)
CW_MAKE_ALIGNED_VECTORS(ulong, unsigned long)
CW_MAKE_ALIGNED_VECTORS(longlong, long long)
CW_MAKE_ALIGNED_VECTORS(ulonglong, unsigned long long)
CW_MAKE_ALIGNED_VECTORS(double, double)
#undef CW_MAKE_ALIGNED_VECTORS
#undef CW_MAKE_ALIGNED
#undef CW_MAKE

#endif
