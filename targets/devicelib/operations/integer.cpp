// Integer operations: byte permutation, high products, absolute differences, dot products, bit searches. PTX ISA.
#include "operations/operation.h"

#ifdef __AMDGCN__
// V_PERM_B32: selector bytes 0-3 pick bytes of the second operand, 4-7 of the first.
extern "C" __attribute__((const)) uint32_t cw_perm(uint32_t, uint32_t, uint32_t) __asm__("llvm.amdgcn.perm");
#endif

namespace {

// Each selector nibble picks a byte of {b, a}; its top bit asks for the sign of that byte instead.
#ifdef __AMDGCN__
CW_INLINE uint32_t spread_nibbles(uint32_t s) {
  s = (s | s << 8) & 0x00ff00ffu;
  return (s | s << 4) & 0x0f0f0f0fu;
}
// Each byte that is not 0 in bit 0 becomes 0xff.
CW_INLINE uint32_t byte_mask(uint32_t bits) { return (bits & 0x01010101u) * 0xffu; }

CW_INLINE uint32_t permute(uint32_t a, uint32_t b, uint32_t selector) {
  uint32_t s = spread_nibbles(selector & 0xffffu);
  uint32_t picked = cw_perm(b, a, s & 0x07070707u);
  uint32_t wants_sign = byte_mask(s >> 3);
  return (picked & ~wants_sign) | (byte_mask(picked >> 7) & wants_sign);
}
#else
CW_INLINE uint32_t permute(uint32_t a, uint32_t b, uint32_t selector) {
  const uint64_t bytes = static_cast<uint64_t>(b) << 32 | a;
  uint32_t result = 0;
  for (uint32_t i = 0; i < 4; ++i) {
    const uint32_t nibble = selector >> 4 * i & 15;
    const uint32_t byte = static_cast<uint32_t>(bytes >> 8 * (nibble & 7)) & 0xff;
    result |= (nibble & 8 ? (byte & 0x80 ? 0xffu : 0u) : byte) << 8 * i;
  }
  return result;
}
#endif

// The special modes of PRMT take selectors from a table, four 16-bit ones a mode.
CW_INLINE uint32_t permute_mode(uint64_t table, uint32_t a, uint32_t b, uint32_t selector) {
  return permute(a, b, static_cast<uint32_t>(table >> (selector & 3u) * 16) & 0xffffu);
}

}  // namespace

CW_DEFINE("__nvvm.prmt", uint32_t, prmt, (uint32_t a, uint32_t b, uint32_t s)) { return permute(a, b, s); }
CW_DEFINE("__nvvm.prmt.f4e", uint32_t, prmt_f4e, (uint32_t a, uint32_t b, uint32_t s)) {
  return permute_mode(0x6543'5432'4321'3210, a, b, s);
}
CW_DEFINE("__nvvm.prmt.b4e", uint32_t, prmt_b4e, (uint32_t a, uint32_t b, uint32_t s)) {
  return permute_mode(0x0123'7012'6701'5670, a, b, s);
}
CW_DEFINE("__nvvm.prmt.rc8", uint32_t, prmt_rc8, (uint32_t a, uint32_t s)) { return permute_mode(0x3333'2222'1111'0000, a, 0, s); }
CW_DEFINE("__nvvm.prmt.ecl", uint32_t, prmt_ecl, (uint32_t a, uint32_t s)) { return permute_mode(0x3333'3222'3211'3210, a, 0, s); }
CW_DEFINE("__nvvm.prmt.ecr", uint32_t, prmt_ecr, (uint32_t a, uint32_t s)) { return permute_mode(0x3210'2210'1110'0000, a, 0, s); }
CW_DEFINE("__nvvm.prmt.rc16", uint32_t, prmt_rc16, (uint32_t a, uint32_t s)) {
  return permute_mode(0x3232'1010'3232'1010, a, 0, s);
}

CW_DEFINE("__nvvm.mulhi.s", int16_t, mulhi_s, (int16_t a, int16_t b)) { return static_cast<int16_t>(a * b >> 16); }
CW_DEFINE("__nvvm.mulhi.us", uint16_t, mulhi_us, (uint16_t a, uint16_t b)) {
  return static_cast<uint16_t>(static_cast<uint32_t>(a) * b >> 16);
}
CW_DEFINE("__nvvm.mulhi.i", int32_t, mulhi_i, (int32_t a, int32_t b)) {
  return static_cast<int32_t>(static_cast<int64_t>(a) * b >> 32);
}
CW_DEFINE("__nvvm.mulhi.ui", uint32_t, mulhi_ui, (uint32_t a, uint32_t b)) {
  return static_cast<uint32_t>(static_cast<uint64_t>(a) * b >> 32);
}
CW_DEFINE("__nvvm.mulhi.ll", int64_t, mulhi_ll, (int64_t a, int64_t b)) {
  return static_cast<int64_t>(static_cast<__int128>(a) * b >> 64);
}
CW_DEFINE("__nvvm.mulhi.ull", uint64_t, mulhi_ull, (uint64_t a, uint64_t b)) {
  return static_cast<uint64_t>(static_cast<unsigned __int128>(a) * b >> 64);
}
CW_DEFINE("__nvvm.mul24.i", int32_t, mul24_i, (int32_t a, int32_t b)) {
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<int64_t>(a << 8 >> 8) * (b << 8 >> 8)));
}
CW_DEFINE("__nvvm.mul24.ui", uint32_t, mul24_ui, (uint32_t a, uint32_t b)) { return (a & 0xffffffu) * (b & 0xffffffu); }

// c + |a - b|, modulo the width.
#define CW_SAD(name, T, U)                                                                              \
  CW_DEFINE("__nvvm.sad." #name, T, sad_##name, (T a, T b, T c)) {                                      \
    U distance = a < b ? static_cast<U>(b) - static_cast<U>(a) : static_cast<U>(a) - static_cast<U>(b); \
    return static_cast<T>(static_cast<U>(c) + distance);                                                \
  }
CW_SAD(s, int16_t, uint16_t)
CW_SAD(us, uint16_t, uint16_t)
CW_SAD(i, int32_t, uint32_t)
CW_SAD(ui, uint32_t, uint32_t)
CW_SAD(ll, int64_t, uint64_t)
CW_SAD(ull, uint64_t, uint64_t)

namespace {

template <bool is_signed>
CW_INLINE uint32_t byte_at(uint32_t word, int i) {
  uint32_t byte = word >> 8 * i & 0xffu;
  return is_signed ? static_cast<uint32_t>(static_cast<int32_t>(static_cast<int8_t>(byte))) : byte;
}
template <bool is_signed>
CW_INLINE uint32_t half_at(uint32_t word, int i) {
  uint32_t half = word >> 16 * i & 0xffffu;
  return is_signed ? static_cast<uint32_t>(static_cast<int32_t>(static_cast<int16_t>(half))) : half;
}

// Four products of bytes added to c, modulo 2^32.
template <bool a_signed, bool b_signed>
CW_INLINE uint32_t dot4(uint32_t a, uint32_t b, uint32_t c) {
  for (int i = 0; i < 4; ++i) c += byte_at<a_signed>(a, i) * byte_at<b_signed>(b, i);
  return c;
}
// Two products of halves of a with the low or high two bytes of b.
template <bool a_signed, bool b_signed>
CW_INLINE uint32_t dot2(uint32_t a, uint32_t b, bool high, uint32_t c) {
  for (int i = 0; i < 2; ++i) c += half_at<a_signed>(a, i) * byte_at<b_signed>(high ? b >> 16 : b, i);
  return c;
}

}  // namespace

#define CW_DOT(a, b, a_signed, b_signed)                                                                         \
  CW_DEFINE("__nvvm.idp4a." #a "." #b, uint32_t, dp4a_##a##b, (uint32_t x, uint32_t y, uint32_t c)) {            \
    return dot4<a_signed, b_signed>(x, y, c);                                                                    \
  }                                                                                                              \
  CW_DEFINE("__nvvm.idp2a." #a "." #b, uint32_t, dp2a_##a##b, (uint32_t x, uint32_t y, bool high, uint32_t c)) { \
    return dot2<a_signed, b_signed>(x, y, high, c);                                                              \
  }
CW_DOT(s, s, true, true)
CW_DOT(s, u, true, false)
CW_DOT(u, s, false, true)
CW_DOT(u, u, false, false)

// Funnel shifts that clamp the amount at 32.
CW_DEFINE("__nvvm.fshl.clamp.i32", uint32_t, fshl_clamp, (uint32_t high, uint32_t low, uint32_t n)) {
  return n >= 32 ? low : static_cast<uint32_t>((static_cast<uint64_t>(high) << 32 | low) << n >> 32);
}
CW_DEFINE("__nvvm.fshr.clamp.i32", uint32_t, fshr_clamp, (uint32_t high, uint32_t low, uint32_t n)) {
  return n >= 32 ? high : static_cast<uint32_t>((static_cast<uint64_t>(high) << 32 | low) >> n);
}

// Position of the highest bit that differs from the sign, or 0xffffffff; `shift` gives the left shift that normalises.
namespace {
CW_INLINE uint32_t find_leading(uint32_t value, bool shift) {
  if (value == 0) return ~0u;
  uint32_t zeros = static_cast<uint32_t>(__builtin_clz(value));
  return shift ? zeros : 31u - zeros;
}
}  // namespace
CW_DEFINE("__nvvm.flo.u.i32", uint32_t, flo_u, (uint32_t value, bool shift)) { return find_leading(value, shift); }
CW_DEFINE("__nvvm.flo.s.i32", uint32_t, flo_s, (int32_t value, bool shift)) {
  return find_leading(static_cast<uint32_t>(value < 0 ? ~value : value), shift);
}

CW_DEFINE("__nvvm.bmsk.clamp", uint32_t, bmsk_clamp, (uint32_t from, uint32_t width)) {
  if (from >= 32) return 0;
  return (width >= 32 ? ~0u : (1u << width) - 1) << from;
}
CW_DEFINE("__nvvm.bmsk.wrap", uint32_t, bmsk_wrap, (uint32_t from, uint32_t width)) {
  return ((1u << (width & 31u)) - 1) << (from & 31u);
}
