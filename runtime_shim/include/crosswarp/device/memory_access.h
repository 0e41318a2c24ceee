// Loads and stores with cache hints: __ldg, __ldca, ... __stwt (CUDA Programming Guide, "Load/Store Functions Using Cache Hints").
#ifndef CROSSWARP_DEVICE_MEMORY_ACCESS_H
#define CROSSWARP_DEVICE_MEMORY_ACCESS_H
#pragma GCC system_header

#include "../../vector_types.h"
#include "../operations.h"
#include "qualifiers.h"

// CUDA's type T goes as the operation's type O, which has the same bits.
#define CW_LOAD(name, cache, __T, O, type) \
  CW_DEVICE __T name(const __T* address) { return __cw::bits_as<__T>(__cw_ld_##cache##_##type((const O*)address)); }
#define CW_STORE(name, cache, __T, O, type) \
  CW_DEVICE void name(__T* address, __T value) { __cw_st_##cache##_##type((O*)address, __cw::bits_as<O>(value)); }
#define CW_EACH_TYPE(access, name, cache)                                                                                         \
  access(name, cache, char, signed char, i8) access(name, cache, signed char, signed char, i8)                                    \
      access(name, cache, unsigned char, signed char, i8) access(name, cache, short, short, i16) access(                          \
          name, cache, unsigned short, short, i16) access(name, cache, int, int, i32) access(name, cache, unsigned int, int, i32) \
          access(name, cache, long, long long, i64) access(name, cache, unsigned long, long long, i64)                            \
              access(name, cache, long long, long long, i64) access(name, cache, unsigned long long, long long, i64)              \
                  access(name, cache, float, float, f32) access(name, cache, double, double, f64)                                 \
                      access(name, cache, char2, CW_v2i8, v2i8) access(name, cache, uchar2, CW_v2i8, v2i8)                        \
                          access(name, cache, char4, CW_v4i8, v4i8) access(name, cache, uchar4, CW_v4i8, v4i8)                    \
                              access(name, cache, short2, CW_v2i16, v2i16) access(name, cache, ushort2, CW_v2i16, v2i16)          \
                                  access(name, cache, short4, CW_v4i16, v4i16) access(name, cache, ushort4, CW_v4i16, v4i16)      \
                                      access(name, cache, int2, CW_v2i32, v2i32) access(name, cache, uint2, CW_v2i32, v2i32)      \
                                          access(name, cache, int4, CW_v4i32, v4i32) access(name, cache, uint4, CW_v4i32, v4i32)  \
                                              access(name, cache, longlong2, CW_v2i64, v2i64)                                     \
                                                  access(name, cache, ulonglong2, CW_v2i64, v2i64)                                \
                                                      access(name, cache, float2, CW_v2f32, v2f32)                                \
                                                          access(name, cache, float4, CW_v4f32, v4f32)                            \
                                                              access(name, cache, double2, CW_v2f64, v2f64)
CW_EACH_TYPE(CW_LOAD, __ldg, nc)
CW_EACH_TYPE(CW_LOAD, __ldca, ca)
CW_EACH_TYPE(CW_LOAD, __ldcg, cg)
CW_EACH_TYPE(CW_LOAD, __ldcs, cs)
CW_EACH_TYPE(CW_LOAD, __ldlu, lu)
CW_EACH_TYPE(CW_LOAD, __ldcv, cv)
CW_EACH_TYPE(CW_STORE, __stwb, wb)
CW_EACH_TYPE(CW_STORE, __stcg, cg)
CW_EACH_TYPE(CW_STORE, __stcs, cs)
CW_EACH_TYPE(CW_STORE, __stwt, wt)
#undef CW_EACH_TYPE
#undef CW_STORE
#undef CW_LOAD

// What cuda::annotated_ptr asks nvcc for: how long the caches should keep what is behind the pointer. A hint, which nothing here
// takes.
CW_DEVICE void* __nv_associate_access_property(const void* p, unsigned long long) { return (void*)p; }

#endif
