// DPX: sums, minima and maxima in one step, for dynamic programming (CUDA Math API, names __vi*). Host and device.
// Sums wrap around; `_relu` is the maximum with 0; `s16x2` and `u16x2` are two halfwords of a word.
#ifndef CROSSWARP_DEVICE_DPX_H
#define CROSSWARP_DEVICE_DPX_H
#pragma GCC system_header

#include "qualifiers.h"

// L: type of a lane, W: type of the arguments; `f` combines lanes x, y, z of a, b, c.
#define CW_DPX_LANES(L, W, combined)                                                                     \
  unsigned result = 0;                                                                                   \
  for (unsigned shift = 0; shift < 32; shift += 8 * sizeof(L)) {                                         \
    const L x = (L)((unsigned)a >> shift), y = (L)((unsigned)b >> shift), z = (L)((unsigned)c >> shift); \
    const L value = (combined);                                                                          \
    result |= ((unsigned)value & (0xffffffffu >> (32 - 8 * sizeof(L)))) << shift;                        \
    (void)y, (void)z;                                                                                    \
  }                                                                                                      \
  return (W)result;
#define CW_DPX_3(name, L, W, combined) \
  CW_HOST_DEVICE W name(const W a, const W b, const W c) { CW_DPX_LANES(L, W, combined) }
#define CW_DPX_2(name, L, W, combined)          \
  CW_HOST_DEVICE W name(const W a, const W b) { \
    const W c = 0;                              \
    CW_DPX_LANES(L, W, combined)                \
  }
#define CW_SUM(L) ((L)((unsigned)x + (unsigned)y))
#define CW_MIN(u, v) ((u) < (v) ? (u) : (v))
#define CW_MAX(u, v) ((u) > (v) ? (u) : (v))
#define CW_DPX(kind, L, W)                                 \
  CW_DPX_3(__viaddmax_##kind, L, W, CW_MAX(CW_SUM(L), z))  \
  CW_DPX_3(__viaddmin_##kind, L, W, CW_MIN(CW_SUM(L), z))  \
  CW_DPX_3(__vimax3_##kind, L, W, CW_MAX(CW_MAX(x, y), z)) \
  CW_DPX_3(__vimin3_##kind, L, W, CW_MIN(CW_MIN(x, y), z))
#define CW_DPX_RELU(kind, L, W)                                              \
  CW_DPX_3(__viaddmax_##kind##_relu, L, W, CW_MAX(CW_MAX(CW_SUM(L), z), 0))  \
  CW_DPX_3(__viaddmin_##kind##_relu, L, W, CW_MAX(CW_MIN(CW_SUM(L), z), 0))  \
  CW_DPX_3(__vimax3_##kind##_relu, L, W, CW_MAX(CW_MAX(CW_MAX(x, y), z), 0)) \
  CW_DPX_3(__vimin3_##kind##_relu, L, W, CW_MAX(CW_MIN(CW_MIN(x, y), z), 0)) \
  CW_DPX_2(__vimax_##kind##_relu, L, W, CW_MAX(CW_MAX(x, y), 0))             \
  CW_DPX_2(__vimin_##kind##_relu, L, W, CW_MAX(CW_MIN(x, y), 0))
CW_DPX(s32, int, int)
CW_DPX(u32, unsigned, unsigned)
CW_DPX(s16x2, short, unsigned)
CW_DPX(u16x2, unsigned short, unsigned)
CW_DPX_RELU(s32, int, int)
CW_DPX_RELU(s16x2, short, unsigned)
#undef CW_DPX_RELU
#undef CW_DPX
#undef CW_MAX
#undef CW_MIN
#undef CW_SUM
#undef CW_DPX_2
#undef CW_DPX_3
#undef CW_DPX_LANES

// The larger or smaller one, and whether it is `a` (equal values count as `a`).
#define CW_DPX_CHOOSE(name, op, W)                                  \
  CW_HOST_DEVICE W name(const W a, const W b, bool* const chosen) { \
    *chosen = a op b;                                               \
    return a op b ? a : b;                                          \
  }
CW_DPX_CHOOSE(__vibmax_s32, >=, int)
CW_DPX_CHOOSE(__vibmax_u32, >=, unsigned)
CW_DPX_CHOOSE(__vibmin_s32, <=, int)
CW_DPX_CHOOSE(__vibmin_u32, <=, unsigned)
#undef CW_DPX_CHOOSE
#define CW_DPX_CHOOSE_2(name, op, L)                                                                    \
  CW_HOST_DEVICE unsigned name(const unsigned a, const unsigned b, bool* const high, bool* const low) { \
    *high = (L)(a >> 16) op(L)(b >> 16);                                                                \
    *low = (L)a op(L) b;                                                                                \
    return ((*high ? a : b) & 0xffff0000u) | ((*low ? a : b) & 0xffffu);                                \
  }
CW_DPX_CHOOSE_2(__vibmax_s16x2, >=, short)
CW_DPX_CHOOSE_2(__vibmax_u16x2, >=, unsigned short)
CW_DPX_CHOOSE_2(__vibmin_s16x2, <=, short)
CW_DPX_CHOOSE_2(__vibmin_u16x2, <=, unsigned short)
#undef CW_DPX_CHOOSE_2

#endif
