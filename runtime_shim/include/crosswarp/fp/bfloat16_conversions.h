// Conversions of __nv_bfloat16 (CUDA Math API, "Bfloat16 Precision Conversion and Data Movement"). Part of the public header.
#ifndef CROSSWARP_FP_BFLOAT16_CONVERSIONS_H
#define CROSSWARP_FP_BFLOAT16_CONVERSIONS_H

#define CW_FROM_FLOAT(suffix, mode)                                       \
  CW_FP_FREE __nv_bfloat16 __float2bfloat16_##suffix(const float a) {     \
    return __cw::bits_as<__nv_bfloat16>(__cw::bf16::from(a, __cw::mode)); \
  }
CW_FROM_FLOAT(rz, to_zero)
CW_FROM_FLOAT(ru, up)
CW_FROM_FLOAT(rd, down)
#undef CW_FROM_FLOAT
CW_FP_FREE __nv_bfloat16 __float2bfloat16_rn(const float a) { return __nv_bfloat16(a); }
CW_FP_FREE __nv_bfloat16 __float2bfloat16(const float a) { return __nv_bfloat16(a); }
CW_FP_FREE __nv_bfloat16 __double2bfloat16(const double a) { return __nv_bfloat16(a); }
CW_FP_FREE float __bfloat162float(const __nv_bfloat16 a) { return (float)a; }

// Integers, both ways in four rounding modes; out of range gives the nearest bound, NaN 0.
#define CW_INTEGER_MODE(word, I, suffix, mode, round)                                   \
  CW_FP_FREE __nv_bfloat16 __##word##2bfloat16_##suffix(const I a) {                    \
    return __cw::bits_as<__nv_bfloat16>(__cw::from_integer<__cw::bf16>(a, __cw::mode)); \
  }                                                                                     \
  CW_FP_FREE I __bfloat162##word##_##suffix(const __nv_bfloat16 a) { return __cw::clamped<I>(round((float)a)); }
#define CW_INTEGER(word, I)                                 \
  CW_INTEGER_MODE(word, I, rn, to_nearest, __builtin_rintf) \
  CW_INTEGER_MODE(word, I, rz, to_zero, )                   \
  CW_INTEGER_MODE(word, I, ru, up, __builtin_ceilf)         \
  CW_INTEGER_MODE(word, I, rd, down, __builtin_floorf)
CW_INTEGER(int, int)
CW_INTEGER(uint, unsigned int)
CW_INTEGER(short, short)
CW_INTEGER(ushort, unsigned short)
CW_INTEGER(ll, long long)
CW_INTEGER(ull, unsigned long long)
#undef CW_INTEGER
#undef CW_INTEGER_MODE
CW_FP_FREE signed char __bfloat162char_rz(const __nv_bfloat16 a) { return __cw::clamped<signed char>((float)a); }
CW_FP_FREE unsigned char __bfloat162uchar_rz(const __nv_bfloat16 a) { return __cw::clamped<unsigned char>((float)a); }

// Bits.
CW_FP_FREE short __bfloat16_as_short(const __nv_bfloat16 a) { return (short)__cw::bits(a); }
CW_FP_FREE unsigned short __bfloat16_as_ushort(const __nv_bfloat16 a) { return __cw::bits(a); }
CW_FP_FREE __nv_bfloat16 __short_as_bfloat16(const short a) { return __cw::bits_as<__nv_bfloat16>(a); }
CW_FP_FREE __nv_bfloat16 __ushort_as_bfloat16(const unsigned short a) { return __cw::bits_as<__nv_bfloat16>(a); }

// Pairs.
CW_FP_FREE __nv_bfloat162 __bfloat162bfloat162(const __nv_bfloat16 a) { return __nv_bfloat162(a, a); }
CW_FP_FREE __nv_bfloat162 __float2bfloat162_rn(const float a) { return __nv_bfloat162(__nv_bfloat16(a), __nv_bfloat16(a)); }
CW_FP_FREE __nv_bfloat162 __floats2bfloat162_rn(const float a, const float b) {
  return __nv_bfloat162(__nv_bfloat16(a), __nv_bfloat16(b));
}
CW_FP_FREE __nv_bfloat162 __float22bfloat162_rn(const float2 a) { return __nv_bfloat162(__nv_bfloat16(a.x), __nv_bfloat16(a.y)); }
CW_FP_FREE float2 __bfloat1622float2(const __nv_bfloat162 a) { return make_float2((float)a.x, (float)a.y); }
CW_FP_FREE __nv_bfloat162 __halves2bfloat162(const __nv_bfloat16 a, const __nv_bfloat16 b) { return __nv_bfloat162(a, b); }
CW_FP_FREE float __low2float(const __nv_bfloat162 a) { return (float)a.x; }
CW_FP_FREE float __high2float(const __nv_bfloat162 a) { return (float)a.y; }
CW_FP_FREE __nv_bfloat16 __low2bfloat16(const __nv_bfloat162 a) { return a.x; }
CW_FP_FREE __nv_bfloat16 __high2bfloat16(const __nv_bfloat162 a) { return a.y; }
CW_FP_FREE __nv_bfloat162 __low2bfloat162(const __nv_bfloat162 a) { return __nv_bfloat162(a.x, a.x); }
CW_FP_FREE __nv_bfloat162 __high2bfloat162(const __nv_bfloat162 a) { return __nv_bfloat162(a.y, a.y); }
CW_FP_FREE __nv_bfloat162 __lows2bfloat162(const __nv_bfloat162 a, const __nv_bfloat162 b) { return __nv_bfloat162(a.x, b.x); }
CW_FP_FREE __nv_bfloat162 __highs2bfloat162(const __nv_bfloat162 a, const __nv_bfloat162 b) { return __nv_bfloat162(a.y, b.y); }
CW_FP_FREE __nv_bfloat162 __lowhigh2highlow(const __nv_bfloat162 a) { return __nv_bfloat162(a.y, a.x); }
CW_FP_FREE __nv_bfloat162 make_bfloat162(const __nv_bfloat16 a, const __nv_bfloat16 b) { return __nv_bfloat162(a, b); }

#endif
