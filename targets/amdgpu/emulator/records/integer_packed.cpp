// Pairs of 16-bit integers in one register. With clamp they saturate.
#include "emulator/machine/saturate.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

using U = Pair<u16>;
using I = Pair<i16>;

template <typename T>
Pair<T> least(Pair<T> a, Pair<T> b) {
  return {a.low < b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
}
template <typename T>
Pair<T> most(Pair<T> a, Pair<T> b) {
  return {a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
}
template <typename T>
Pair<T> multiply_add(Pair<T> a, Pair<T> b, Pair<T> c, Clamp clamp) {
  return {narrowed<T>(i64{a.low} * b.low + c.low, clamp), narrowed<T>(i64{a.high} * b.high + c.high, clamp)};
}

VALU(v_pk_add_u16, U, (U a, U b, Clamp clamp)) { return {add(a.low, b.low, clamp), add(a.high, b.high, clamp)}; }
VALU(v_pk_sub_u16, U, (U a, U b, Clamp clamp)) { return {subtract(a.low, b.low, clamp), subtract(a.high, b.high, clamp)}; }
VALU(v_pk_add_i16, I, (I a, I b, Clamp clamp)) { return {add(a.low, b.low, clamp), add(a.high, b.high, clamp)}; }
VALU(v_pk_sub_i16, I, (I a, I b, Clamp clamp)) { return {subtract(a.low, b.low, clamp), subtract(a.high, b.high, clamp)}; }
VALU(v_pk_mul_lo_u16, U, (U a, U b)) { return multiply_add(a, b, U{0, 0}, Clamp{false}); }
VALU(v_pk_mad_u16, U, (U a, U b, U c, Clamp clamp)) { return multiply_add(a, b, c, clamp); }
VALU(v_pk_mad_i16, I, (I a, I b, I c, Clamp clamp)) { return multiply_add(a, b, c, clamp); }

VALU(v_pk_min_u16, U, (U a, U b)) { return least(a, b); }
VALU(v_pk_max_u16, U, (U a, U b)) { return most(a, b); }
VALU(v_pk_min_i16, I, (I a, I b)) { return least(a, b); }
VALU(v_pk_max_i16, I, (I a, I b)) { return most(a, b); }

VALU(v_pk_lshlrev_b16, U, (U a, U b)) {
  return {static_cast<u16>(b.low << (a.low & 15)), static_cast<u16>(b.high << (a.high & 15))};
}
VALU(v_pk_lshrrev_b16, U, (U a, U b)) {
  return {static_cast<u16>(b.low >> (a.low & 15)), static_cast<u16>(b.high >> (a.high & 15))};
}
VALU(v_pk_ashrrev_i16, I, (I a, I b)) {
  return {static_cast<i16>(b.low >> (a.low & 15)), static_cast<i16>(b.high >> (a.high & 15))};
}

// Two numbers into the halves of one register, saturated; and one half register into a register.
VALU(v_cvt_pk_u16_u32, U, (u32 a, u32 b)) { return {narrowed<u16>(i64{a}, Clamp{true}), narrowed<u16>(i64{b}, Clamp{true})}; }
VALU(v_cvt_pk_i16_i32, I, (i32 a, i32 b)) { return {narrowed<i16>(i64{a}, Clamp{true}), narrowed<i16>(i64{b}, Clamp{true})}; }
VALU(v_sat_pk_u8_i16, u16, (I a)) {
  return static_cast<u16>(narrowed<u8>(i64{a.low}, Clamp{true}) | narrowed<u8>(i64{a.high}, Clamp{true}) << 8);
}
VALU(v_cvt_i32_i16, i32, (i16 a)) { return a; }
VALU(v_cvt_u32_u16, u32, (u16 a)) { return a; }

}  // namespace
}  // namespace cw::amd
