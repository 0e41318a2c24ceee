// Integer and bit intrinsics, min and max (CUDA Math API, "Integer Intrinsics").
#ifndef CROSSWARP_DEVICE_INTEGER_H
#define CROSSWARP_DEVICE_INTEGER_H
#pragma GCC system_header

#include "../../vector_types.h"
#include "../operations.h"
#include "qualifiers.h"

CW_DEVICE int __popc(unsigned x) { return __builtin_popcount(x); }
CW_DEVICE int __popcll(unsigned long long x) { return __builtin_popcountll(x); }
CW_DEVICE int __clz(int x) { return __builtin_clzg((unsigned)x, 32); }
CW_DEVICE int __clzll(long long x) { return __builtin_clzg((unsigned long long)x, 64); }
CW_DEVICE int __ffs(int x) { return __builtin_ffs(x); }
CW_DEVICE int __ffsll(long long x) { return __builtin_ffsll(x); }
CW_DEVICE int ffs(int x) { return __builtin_ffs(x); }
CW_DEVICE unsigned __brev(unsigned x) { return __builtin_bitreverse32(x); }
CW_DEVICE unsigned long long __brevll(unsigned long long x) { return __builtin_bitreverse64(x); }

CW_HOST_DEVICE unsigned short __nv_bswap16(unsigned short x) { return __builtin_bswap16(x); }
CW_HOST_DEVICE unsigned int __nv_bswap32(unsigned int x) { return __builtin_bswap32(x); }
CW_HOST_DEVICE unsigned long long __nv_bswap64(unsigned long long x) { return __builtin_bswap64(x); }

// Selects four of the eight bytes of y:x by the low three bits of each selector nibble.
CW_DEVICE unsigned __byte_perm(unsigned x, unsigned y, unsigned s) {
  const unsigned long long bytes = (unsigned long long)y << 32 | x;
  return (unsigned)((bytes >> ((s & 7) * 8)) & 0xff) | (unsigned)((bytes >> ((s >> 4 & 7) * 8)) & 0xff) << 8 |
         (unsigned)((bytes >> ((s >> 8 & 7) * 8)) & 0xff) << 16 | (unsigned)((bytes >> ((s >> 12 & 7) * 8)) & 0xff) << 24;
}
CW_DEVICE unsigned __funnelshift_l(unsigned low, unsigned high, unsigned shift) {
  return (unsigned)((((unsigned long long)high << 32 | low) << (shift & 31)) >> 32);
}
CW_DEVICE unsigned __funnelshift_lc(unsigned low, unsigned high, unsigned shift) {
  return (unsigned)((((unsigned long long)high << 32 | low) << (shift < 32 ? shift : 32)) >> 32);
}
CW_DEVICE unsigned __funnelshift_r(unsigned low, unsigned high, unsigned shift) {
  return (unsigned)(((unsigned long long)high << 32 | low) >> (shift & 31));
}
CW_DEVICE unsigned __funnelshift_rc(unsigned low, unsigned high, unsigned shift) {
  return (unsigned)(((unsigned long long)high << 32 | low) >> (shift < 32 ? shift : 32));
}

CW_DEVICE int __mulhi(int x, int y) { return (int)(((long long)x * y) >> 32); }
CW_DEVICE unsigned __umulhi(unsigned x, unsigned y) { return (unsigned)(((unsigned long long)x * y) >> 32); }
CW_DEVICE long long __mul64hi(long long x, long long y) { return (long long)(((__int128)x * y) >> 64); }
CW_DEVICE unsigned long long __umul64hi(unsigned long long x, unsigned long long y) {
  return (unsigned long long)(((unsigned __int128)x * y) >> 64);
}
CW_DEVICE int mulhi(int x, int y) { return __mulhi(x, y); }
CW_DEVICE unsigned mulhi(unsigned x, unsigned y) { return __umulhi(x, y); }
CW_DEVICE unsigned umulhi(unsigned x, unsigned y) { return __umulhi(x, y); }
CW_DEVICE long long mul64hi(long long x, long long y) { return __mul64hi(x, y); }
CW_DEVICE unsigned long long umul64hi(unsigned long long x, unsigned long long y) { return __umul64hi(x, y); }
// Low 24 bits of each factor, sign-extended in the signed form; low 32 bits of the product.
CW_DEVICE int __mul24(int x, int y) {
  return (int)((unsigned)((int)((unsigned)x << 8) >> 8) * (unsigned)((int)((unsigned)y << 8) >> 8));
}
CW_DEVICE unsigned __umul24(unsigned x, unsigned y) { return (x & 0xffffffu) * (y & 0xffffffu); }
CW_DEVICE int mul24(int x, int y) { return __mul24(x, y); }
CW_DEVICE unsigned umul24(unsigned x, unsigned y) { return __umul24(x, y); }
CW_DEVICE unsigned __sad(int x, int y, unsigned z) { return z + (x > y ? (unsigned)x - (unsigned)y : (unsigned)y - (unsigned)x); }
CW_DEVICE unsigned __usad(unsigned x, unsigned y, unsigned z) { return z + (x > y ? x - y : y - x); }
// Averages without overflow, rounded down and up.
CW_DEVICE int __hadd(int x, int y) { return (int)(((long long)x + y) >> 1); }
CW_DEVICE int __rhadd(int x, int y) { return (int)(((long long)x + y + 1) >> 1); }
CW_DEVICE unsigned __uhadd(unsigned x, unsigned y) { return (unsigned)(((unsigned long long)x + y) >> 1); }
CW_DEVICE unsigned __urhadd(unsigned x, unsigned y) { return (unsigned)(((unsigned long long)x + y + 1) >> 1); }

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 610
// Four products of bytes, or two of a short and a byte, added to c.
namespace __cw {
template <class __A, class __B>
CW_DEVICE unsigned dot4(unsigned a, unsigned b, unsigned c) {
  for (int i = 0; i < 32; i += 8) c += (unsigned)((int)(__A)(a >> i) * (int)(__B)(b >> i));
  return c;
}
template <class __A, class __B>
CW_DEVICE unsigned dot2(unsigned a, unsigned b, unsigned c) {
  return c + (unsigned)((int)(__A)a * (int)(__B)b) + (unsigned)((int)(__A)(a >> 16) * (int)(__B)(b >> 8));
}
}  // namespace __cw
CW_DEVICE int __dp4a(int a, int b, int c) {
  return (int)__cw::dot4<signed char, signed char>((unsigned)a, (unsigned)b, (unsigned)c);
}
CW_DEVICE unsigned __dp4a(unsigned a, unsigned b, unsigned c) { return __cw::dot4<unsigned char, unsigned char>(a, b, c); }
CW_DEVICE int __dp2a_lo(int a, int b, int c) { return (int)__cw::dot2<short, signed char>((unsigned)a, (unsigned)b, (unsigned)c); }
CW_DEVICE unsigned __dp2a_lo(unsigned a, unsigned b, unsigned c) { return __cw::dot2<unsigned short, unsigned char>(a, b, c); }
CW_DEVICE int __dp2a_hi(int a, int b, int c) {
  return (int)__cw::dot2<short, signed char>((unsigned)a, (unsigned)b >> 16, (unsigned)c);
}
CW_DEVICE unsigned __dp2a_hi(unsigned a, unsigned b, unsigned c) {
  return __cw::dot2<unsigned short, unsigned char>(a, b >> 16, c);
}

// Bytes and shorts as vectors.
#define CW_DOT(name, A, B, R) \
  CW_DEVICE R name(A a, B b, R c) { return name(__cw::bits_as<R>(a), __cw::bits_as<R>(b), c); }
CW_DOT(__dp4a, char4, char4, int)
CW_DOT(__dp4a, uchar4, uchar4, unsigned)
CW_DOT(__dp2a_lo, short2, char4, int)
CW_DOT(__dp2a_lo, ushort2, uchar4, unsigned)
CW_DOT(__dp2a_hi, short2, char4, int)
CW_DOT(__dp2a_hi, ushort2, uchar4, unsigned)
#undef CW_DOT
#endif

// The n-th set bit of a mask counted from a base: up for positive offsets, down for negative ones; 0xffffffff if there is none.
CW_DEVICE unsigned __fns(unsigned mask, unsigned base, int offset) {
  if (offset == 0) return mask >> (base & 31) & 1 ? base : 0xffffffffu;
  const int step = offset > 0 ? 1 : -1;
  int remaining = offset > 0 ? offset : -offset;
  for (int bit = (int)base; bit >= 0 && bit < 32; bit += step) {
    if ((mask >> bit & 1) && --remaining == 0) return (unsigned)bit;
  }
  return 0xffffffffu;
}

#endif
