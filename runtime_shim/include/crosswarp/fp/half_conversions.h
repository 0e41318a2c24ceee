// Conversions of __half (CUDA Math API, "Half Precision Conversion and Data Movement"). Part of the public header.
#ifndef CROSSWARP_FP_HALF_CONVERSIONS_H
#define CROSSWARP_FP_HALF_CONVERSIONS_H

#define CW_FROM_FLOAT(suffix, mode) \
  CW_FP_FREE __half __float2half_##suffix(const float a) { return __cw::bits_as<__half>(__cw::f16::from(a, __cw::mode)); }
CW_FROM_FLOAT(rz, to_zero)
CW_FROM_FLOAT(ru, up)
CW_FROM_FLOAT(rd, down)
#undef CW_FROM_FLOAT
CW_FP_FREE __half __float2half_rn(const float a) { return __half(a); }
CW_FP_FREE __half __float2half(const float a) { return __half(a); }
CW_FP_FREE __half __double2half(const double a) { return __half(a); }
CW_FP_FREE float __half2float(const __half a) { return (float)a; }

// Integers, both ways in four rounding modes; out of range gives the nearest bound, NaN 0.
#define CW_INTEGER_MODE(word, I, suffix, mode, round)                           \
  CW_FP_FREE __half __##word##2half_##suffix(const I a) {                       \
    return __cw::bits_as<__half>(__cw::from_integer<__cw::f16>(a, __cw::mode)); \
  }                                                                             \
  CW_FP_FREE I __half2##word##_##suffix(const __half a) { return __cw::clamped<I>(round((float)a)); }
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
CW_FP_FREE signed char __half2char_rz(const __half a) { return __cw::clamped<signed char>((float)a); }
CW_FP_FREE unsigned char __half2uchar_rz(const __half a) { return __cw::clamped<unsigned char>((float)a); }

// Bits.
CW_FP_FREE short __half_as_short(const __half a) { return (short)__cw::bits(a); }
CW_FP_FREE unsigned short __half_as_ushort(const __half a) { return __cw::bits(a); }
CW_FP_FREE __half __short_as_half(const short a) { return __cw::bits_as<__half>(a); }
CW_FP_FREE __half __ushort_as_half(const unsigned short a) { return __cw::bits_as<__half>(a); }

// Pairs.
CW_FP_FREE __half2 __half2half2(const __half a) { return __half2(a, a); }
CW_FP_FREE __half2 __float2half2_rn(const float a) { return __half2(__half(a), __half(a)); }
CW_FP_FREE __half2 __floats2half2_rn(const float a, const float b) { return __half2(__half(a), __half(b)); }
CW_FP_FREE __half2 __float22half2_rn(const float2 a) { return __half2(__half(a.x), __half(a.y)); }
CW_FP_FREE float2 __half22float2(const __half2 a) { return make_float2((float)a.x, (float)a.y); }
CW_FP_FREE __half2 __halves2half2(const __half a, const __half b) { return __half2(a, b); }
CW_FP_FREE float __low2float(const __half2 a) { return (float)a.x; }
CW_FP_FREE float __high2float(const __half2 a) { return (float)a.y; }
CW_FP_FREE __half __low2half(const __half2 a) { return a.x; }
CW_FP_FREE __half __high2half(const __half2 a) { return a.y; }
CW_FP_FREE __half2 __low2half2(const __half2 a) { return __half2(a.x, a.x); }
CW_FP_FREE __half2 __high2half2(const __half2 a) { return __half2(a.y, a.y); }
CW_FP_FREE __half2 __lows2half2(const __half2 a, const __half2 b) { return __half2(a.x, b.x); }
CW_FP_FREE __half2 __highs2half2(const __half2 a, const __half2 b) { return __half2(a.y, b.y); }
CW_FP_FREE __half2 __lowhigh2highlow(const __half2 a) { return __half2(a.y, a.x); }
CW_FP_FREE __half2 make_half2(const __half a, const __half b) { return __half2(a, b); }

#endif
