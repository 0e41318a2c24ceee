// SIMD within a 32-bit word: two halfwords (name2) or four bytes (name4) at a time (CUDA Math API, "SIMD Intrinsics").
#ifndef CROSSWARP_DEVICE_SIMD_VIDEO_H
#define CROSSWARP_DEVICE_SIMD_VIDEO_H
#pragma GCC system_header

#include "qualifiers.h"

namespace __cw {
typedef signed char s8x4 __attribute__((ext_vector_type(4)));
typedef unsigned char u8x4 __attribute__((ext_vector_type(4)));
typedef short s16x2 __attribute__((ext_vector_type(2)));
typedef unsigned short u16x2 __attribute__((ext_vector_type(2)));
typedef int s32x4 __attribute__((ext_vector_type(4)));
typedef int s32x2 __attribute__((ext_vector_type(2)));
}  // namespace __cw

// One function for both widths: S, U signed and unsigned lanes, W lanes wide enough for every intermediate value.
#define CW_VIDEO_BINARY(name, n, V, expression)               \
  CW_DEVICE unsigned name##n(unsigned left, unsigned right) { \
    using namespace __cw;                                     \
    const V a = bits_as<V>(left), b = bits_as<V>(right);      \
    return bits_as<unsigned>((V)(expression));                \
  }
#define CW_VIDEO_UNARY(name, n, V, expression) \
  CW_DEVICE unsigned name##n(unsigned value) { \
    using namespace __cw;                      \
    const V a = bits_as<V>(value);             \
    return bits_as<unsigned>((V)(expression)); \
  }
// vcmp gives all ones for true, vset one.
#define CW_VIDEO_COMPARE(name, n, V, op)                                  \
  CW_VIDEO_BINARY(__vcmp##name, n, V, __builtin_convertvector(a op b, V)) \
  CW_VIDEO_BINARY(__vset##name, n, V, -__builtin_convertvector(a op b, V))
#define CW_WIDE(x, W) __builtin_convertvector(x, W)
#define CW_NARROW(x, V) __builtin_convertvector(x, V)
#define CW_VIDEO(n, S, U, W)                                                                                               \
  CW_VIDEO_BINARY(__vadd, n, U, a + b)                                                                                     \
  CW_VIDEO_BINARY(__vsub, n, U, a - b)                                                                                     \
  CW_VIDEO_BINARY(__vaddss, n, S, __builtin_elementwise_add_sat(a, b))                                                     \
  CW_VIDEO_BINARY(__vaddus, n, U, __builtin_elementwise_add_sat(a, b))                                                     \
  CW_VIDEO_BINARY(__vsubss, n, S, __builtin_elementwise_sub_sat(a, b))                                                     \
  CW_VIDEO_BINARY(__vsubus, n, U, __builtin_elementwise_sub_sat(a, b))                                                     \
  CW_VIDEO_BINARY(__vmaxs, n, S, __builtin_elementwise_max(a, b))                                                          \
  CW_VIDEO_BINARY(__vmaxu, n, U, __builtin_elementwise_max(a, b))                                                          \
  CW_VIDEO_BINARY(__vmins, n, S, __builtin_elementwise_min(a, b))                                                          \
  CW_VIDEO_BINARY(__vminu, n, U, __builtin_elementwise_min(a, b))                                                          \
  /* Averages: signed rounded away from zero at ties, unsigned upwards; vhadd rounds down. */                              \
  CW_VIDEO_BINARY(__vavgs, n, S,                                                                                           \
                  CW_NARROW((CW_WIDE(a, W) + CW_WIDE(b, W) + (CW_WIDE(a, W) + CW_WIDE(b, W) >= 0 ? (W)1 : (W)0)) >> 1, S)) \
  CW_VIDEO_BINARY(__vavgu, n, U, CW_NARROW((CW_WIDE(a, W) + CW_WIDE(b, W) + 1) >> 1, U))                                   \
  CW_VIDEO_BINARY(__vhaddu, n, U, CW_NARROW((CW_WIDE(a, W) + CW_WIDE(b, W)) >> 1, U))                                      \
  CW_VIDEO_BINARY(__vabsdiffu, n, U, __builtin_elementwise_max(a, b) - __builtin_elementwise_min(a, b))                    \
  CW_VIDEO_BINARY(__vabsdiffs, n, S, CW_NARROW(__builtin_elementwise_abs(CW_WIDE(a, W) - CW_WIDE(b, W)), S))               \
  CW_VIDEO_UNARY(__vabs, n, S, CW_NARROW(__builtin_elementwise_abs(CW_WIDE(a, W)), S))                                     \
  CW_VIDEO_UNARY(__vabsss, n, S, __builtin_elementwise_max(a, __builtin_elementwise_sub_sat((S)0, a)))                     \
  CW_VIDEO_UNARY(__vneg, n, U, (U)0 - a)                                                                                   \
  CW_VIDEO_UNARY(__vnegss, n, S, __builtin_elementwise_sub_sat((S)0, a))                                                   \
  CW_VIDEO_COMPARE(eq, n, U, ==)                                                                                           \
  CW_VIDEO_COMPARE(ne, n, U, !=)                                                                                           \
  CW_VIDEO_COMPARE(gtu, n, U, >)                                                                                           \
  CW_VIDEO_COMPARE(geu, n, U, >=)                                                                                          \
  CW_VIDEO_COMPARE(ltu, n, U, <)                                                                                           \
  CW_VIDEO_COMPARE(leu, n, U, <=)                                                                                          \
  CW_VIDEO_COMPARE(gts, n, S, >)                                                                                           \
  CW_VIDEO_COMPARE(ges, n, S, >=)                                                                                          \
  CW_VIDEO_COMPARE(lts, n, S, <)                                                                                           \
  CW_VIDEO_COMPARE(les, n, S, <=)                                                                                          \
  /* Sums of absolute differences. */                                                                                      \
  CW_DEVICE unsigned __vsadu##n(unsigned left, unsigned right) {                                                           \
    using namespace __cw;                                                                                                  \
    const W difference = CW_WIDE(bits_as<U>(left), W) - CW_WIDE(bits_as<U>(right), W);                                     \
    return (unsigned)__builtin_reduce_add(__builtin_elementwise_abs(difference));                                          \
  }                                                                                                                        \
  CW_DEVICE unsigned __vsads##n(unsigned left, unsigned right) {                                                           \
    using namespace __cw;                                                                                                  \
    const W difference = CW_WIDE(bits_as<S>(left), W) - CW_WIDE(bits_as<S>(right), W);                                     \
    return (unsigned)__builtin_reduce_add(__builtin_elementwise_abs(difference));                                          \
  }
CW_VIDEO(4, s8x4, u8x4, s32x4)
CW_VIDEO(2, s16x2, u16x2, s32x2)
#undef CW_VIDEO
#undef CW_NARROW
#undef CW_WIDE
#undef CW_VIDEO_COMPARE
#undef CW_VIDEO_UNARY
#undef CW_VIDEO_BINARY

#endif
