// CUDA's vector types: alignment as the CUDA Programming Guide's table "Alignment Requirements" lists it. C and C++.
#ifndef CROSSWARP_VECTOR_TYPES_H
#define CROSSWARP_VECTOR_TYPES_H

#include "host_defines.h"

// One-, two-, three- and four-element types of one element type; `a2` and `a4` are alignments in bytes.
#define CW_VECTOR_TYPES(name, __T, a2, a4)          \
  struct name##1 { __T x; };                        \
  struct __align__(a2) name##2 { __T x, y; };       \
  struct name##3 { __T x, y, z; };                  \
  struct __align__(a4) name##4 { __T x, y, z, w; }; \
  typedef struct name##1 name##1;                   \
  typedef struct name##2 name##2;                   \
  typedef struct name##3 name##3;                   \
  typedef struct name##4 name##4;

CW_VECTOR_TYPES(char, signed char, 2, 4)
CW_VECTOR_TYPES(uchar, unsigned char, 2, 4)
CW_VECTOR_TYPES(short, short, 4, 8)
CW_VECTOR_TYPES(ushort, unsigned short, 4, 8)
CW_VECTOR_TYPES(int, int, 8, 16)
CW_VECTOR_TYPES(uint, unsigned int, 8, 16)
CW_VECTOR_TYPES(long, long, 16, 16)
CW_VECTOR_TYPES(ulong, unsigned long, 16, 16)
CW_VECTOR_TYPES(longlong, long long, 16, 16)
CW_VECTOR_TYPES(ulonglong, unsigned long long, 16, 16)
CW_VECTOR_TYPES(float, float, 8, 16)
CW_VECTOR_TYPES(double, double, 16, 16)
#undef CW_VECTOR_TYPES

// Four 8-byte elements with a stated alignment (CUDA 13): the 32-byte ones can be accessed as one on newer processors.
#define CW_ALIGNED_VECTOR_TYPES(name, __T)              \
  struct __align__(16) name##4_16a { __T x, y, z, w; }; \
  struct __align__(32) name##4_32a { __T x, y, z, w; }; \
  typedef struct name##4_16a name##4_16a;               \
  typedef struct name##4_32a name##4_32a;
CW_ALIGNED_VECTOR_TYPES(long, long)
CW_ALIGNED_VECTOR_TYPES(ulong, unsigned long)
CW_ALIGNED_VECTOR_TYPES(longlong, long long)
CW_ALIGNED_VECTOR_TYPES(ulonglong, unsigned long long)
CW_ALIGNED_VECTOR_TYPES(double, double)
#undef CW_ALIGNED_VECTOR_TYPES

// Grid and block sizes; what is not given is 1.
struct dim3 {
  unsigned int x, y, z;
#if defined(__cplusplus)
#if __cplusplus >= 201103L
#define CW_DIM3 __host__ __device__ constexpr
#else
#define CW_DIM3 __host__ __device__
#endif
  CW_DIM3 dim3(unsigned int vx = 1, unsigned int vy = 1, unsigned int vz = 1) : x(vx), y(vy), z(vz) {}
  CW_DIM3 dim3(uint3 v) : x(v.x), y(v.y), z(v.z) {}
  CW_DIM3 operator uint3() const { return uint3{x, y, z}; }
#undef CW_DIM3
#endif
};
typedef struct dim3 dim3;

#endif
