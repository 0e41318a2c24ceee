// Atomic functions (CUDA Programming Guide, "Atomic Functions"): relaxed; device scope, `_block` and `_system` the other two.
// Each is a named operation because clang's own spelling loses order and scope for NVPTX.
#ifndef CROSSWARP_DEVICE_ATOMICS_H
#define CROSSWARP_DEVICE_ATOMICS_H
#pragma GCC system_header

#include "../../vector_types.h"
#include "../operations.h"
#include "qualifiers.h"

// T goes as the operation's type O. `suffix` is CUDA's, `scope` the operation's.
#define CW_ATOMIC(name, __T, op, O, type, scope, suffix) \
  CW_DEVICE __T name##suffix(__T* address, __T value) { return (__T)__cw_atom_##op##_##scope##_##type((O*)address, (O)value); }
#define CW_ATOMIC_CAS(__T, O, type, scope, suffix)                                    \
  CW_DEVICE __T atomicCAS##suffix(__T* address, __T expected, __T desired) {          \
    return (__T)__cw_atom_cas_##scope##_##type((O*)address, (O)expected, (O)desired); \
  }
#define CW_ATOMIC_32_AND_64(name, op, scope, suffix)     \
  CW_ATOMIC(name, int, op, int, i32, scope, suffix)      \
  CW_ATOMIC(name, unsigned, op, int, i32, scope, suffix) \
  CW_ATOMIC(name, unsigned long long, op, long long, i64, scope, suffix)
#define CW_ATOMIC_ORDERED(name, op, scope, suffix)              \
  CW_ATOMIC(name, int, op, int, i32, scope, suffix)             \
  CW_ATOMIC(name, unsigned, op, unsigned, u32, scope, suffix)   \
  CW_ATOMIC(name, long long, op, long long, i64, scope, suffix) \
  CW_ATOMIC(name, unsigned long long, op, unsigned long long, u64, scope, suffix)
// Sources define their own for architectures before sm_60, which had none.
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 600
#define CW_ATOMIC_DOUBLE(scope, suffix) CW_ATOMIC(atomicAdd, double, add, double, f64, scope, suffix)
#else
#define CW_ATOMIC_DOUBLE(scope, suffix)
#endif
#define CW_ATOMICS(scope, suffix)                                                                                            \
  CW_ATOMIC_32_AND_64(atomicAdd, add, scope, suffix)                                                                         \
  CW_ATOMIC(atomicAdd, float, add, float, f32, scope, suffix)                                                                \
  CW_ATOMIC_DOUBLE(scope, suffix)                                                                                            \
  CW_DEVICE int atomicSub##suffix(int* address, int value) {                                                                 \
    return (int)atomicAdd##suffix((unsigned*)address, 0u - (unsigned)value);                                                 \
  }                                                                                                                          \
  CW_DEVICE unsigned atomicSub##suffix(unsigned* address, unsigned value) { return atomicAdd##suffix(address, 0u - value); } \
  CW_ATOMIC_32_AND_64(atomicExch, exch, scope, suffix)                                                                       \
  CW_DEVICE float atomicExch##suffix(float* address, float value) {                                                          \
    return __cw::bits_as<float>(atomicExch##suffix((int*)address, __cw::bits_as<int>(value)));                               \
  }                                                                                                                          \
  CW_ATOMIC_ORDERED(atomicMin, min, scope, suffix)                                                                           \
  CW_ATOMIC_ORDERED(atomicMax, max, scope, suffix)                                                                           \
  CW_ATOMIC(atomicInc, unsigned, inc, unsigned, u32, scope, suffix)                                                          \
  CW_ATOMIC(atomicDec, unsigned, dec, unsigned, u32, scope, suffix)                                                          \
  CW_ATOMIC_32_AND_64(atomicAnd, and, scope, suffix)                                                                         \
  CW_ATOMIC_32_AND_64(atomicOr, or, scope, suffix)                                                                           \
  CW_ATOMIC_32_AND_64(atomicXor, xor, scope, suffix)                                                                         \
  CW_ATOMIC_CAS(unsigned short, short, i16, scope, suffix)                                                                   \
  CW_ATOMIC_CAS(int, int, i32, scope, suffix)                                                                                \
  CW_ATOMIC_CAS(unsigned, int, i32, scope, suffix)                                                                           \
  CW_ATOMIC_CAS(unsigned long long, long long, i64, scope, suffix)

CW_ATOMICS(gpu, )
CW_ATOMICS(cta, _block)
CW_ATOMICS(sys, _system)
#undef CW_ATOMICS
#undef CW_ATOMIC_DOUBLE
#undef CW_ATOMIC_ORDERED
#undef CW_ATOMIC_32_AND_64
#undef CW_ATOMIC_CAS
#undef CW_ATOMIC

// Vectors of floats, each component on its own as CUDA documents, and 16 bytes at once: compute capability 9 and later.
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900
#define CW_ATOMICS(scope, suffix)                                                                                                 \
  CW_DEVICE float2 atomicAdd##suffix(float2* address, float2 value) {                                                             \
    return float2{atomicAdd##suffix(&address->x, value.x), atomicAdd##suffix(&address->y, value.y)};                              \
  }                                                                                                                               \
  CW_DEVICE float4 atomicAdd##suffix(float4* address, float4 value) {                                                             \
    return float4{atomicAdd##suffix(&address->x, value.x), atomicAdd##suffix(&address->y, value.y),                               \
                  atomicAdd##suffix(&address->z, value.z), atomicAdd##suffix(&address->w, value.w)};                              \
  }                                                                                                                               \
  template <class __T>                                                                                                            \
  CW_DEVICE typename __cw::when<sizeof(__T) == 16 && alignof(__T) >= 16, __T>::type atomicExch##suffix(__T* address, __T value) { \
    typedef unsigned __int128 Bits;                                                                                               \
    return __cw::bits_as<__T>(__cw_atom_exch_##scope##_i128((Bits*)address, __cw::bits_as<Bits>(value)));                         \
  }                                                                                                                               \
  template <class __T>                                                                                                            \
  CW_DEVICE typename __cw::when<sizeof(__T) == 16 && alignof(__T) >= 16, __T>::type atomicCAS##suffix(__T* address, __T expected, \
                                                                                                      __T desired) {              \
    typedef unsigned __int128 Bits;                                                                                               \
    return __cw::bits_as<__T>(                                                                                                    \
        __cw_atom_cas_##scope##_i128((Bits*)address, __cw::bits_as<Bits>(expected), __cw::bits_as<Bits>(desired)));               \
  }
CW_ATOMICS(gpu, )
CW_ATOMICS(cta, _block)
CW_ATOMICS(sys, _system)
#undef CW_ATOMICS
#endif

#endif
