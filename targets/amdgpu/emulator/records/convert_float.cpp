// From one floating-point type to another, and to and from integers. Integers saturate, NaN becomes 0.
#include "emulator/machine/vector_alu.hpp"
#include "emulator/records/convert.hpp"

namespace cw::amd {
namespace {

VALU(v_cvt_f16_f32, f16, (f32 a, Mode mode)) { return to_half(a, mode); }
VALU(v_cvt_f32_f16, f32, (f16 a)) { return widened(a); }
VALU(v_cvt_f32_f64, f32, (f64 a)) { return static_cast<f32>(a); }
VALU(v_cvt_f64_f32, f64, (f32 a)) { return static_cast<f64>(a); }

VALU(v_cvt_i32_f32, i32, (f32 a)) { return saturated<i32>(__builtin_truncf(a)); }
VALU(v_cvt_u32_f32, u32, (f32 a)) { return saturated<u32>(__builtin_truncf(a)); }
VALU(v_cvt_i32_f64, i32, (f64 a)) { return saturated<i32>(__builtin_trunc(a)); }
VALU(v_cvt_u32_f64, u32, (f64 a)) { return saturated<u32>(__builtin_trunc(a)); }
VALU(v_cvt_i16_f16, i16, (f16 a)) { return saturated<i16>(__builtin_truncf(widened(a))); }
VALU(v_cvt_u16_f16, u16, (f16 a)) { return saturated<u16>(__builtin_truncf(widened(a))); }
VALU(v_cvt_floor_i32_f32, i32, (f32 a)) { return saturated<i32>(__builtin_floorf(a)); }
VALU(v_cvt_nearest_i32_f32, i32, (f32 a)) { return saturated<i32>(__builtin_floorf(a + 0.5f)); }
ALIAS(v_cvt_flr_i32_f32, v_cvt_floor_i32_f32);  // gfx9
ALIAS(v_cvt_rpi_i32_f32, v_cvt_nearest_i32_f32);

VALU(v_cvt_f32_i32, f32, (i32 a)) { return static_cast<f32>(a); }
VALU(v_cvt_f32_u32, f32, (u32 a)) { return static_cast<f32>(a); }
VALU(v_cvt_f64_i32, f64, (i32 a)) { return static_cast<f64>(a); }
VALU(v_cvt_f64_u32, f64, (u32 a)) { return static_cast<f64>(a); }
VALU(v_cvt_f16_i16, f16, (i16 a, Mode mode)) { return to_half(static_cast<f32>(a), mode); }
VALU(v_cvt_f16_u16, f16, (u16 a, Mode mode)) { return to_half(static_cast<f32>(a), mode); }
VALU(v_cvt_f32_ubyte0, f32, (u32 a)) { return static_cast<f32>(a & 0xff); }
VALU(v_cvt_f32_ubyte1, f32, (u32 a)) { return static_cast<f32>(a >> 8 & 0xff); }
VALU(v_cvt_f32_ubyte2, f32, (u32 a)) { return static_cast<f32>(a >> 16 & 0xff); }
VALU(v_cvt_f32_ubyte3, f32, (u32 a)) { return static_cast<f32>(a >> 24); }
// A signed 4-bit offset in sixteenths.
VALU(v_cvt_off_f32_i4, f32, (u32 a)) { return static_cast<f32>(static_cast<i32>(a << 28) >> 28) * 0.0625f; }

// Fractions of the largest integer: [-1, 1] or [0, 1].
template <typename To, typename From>
CW_LANE To fraction(From a) {
  const f64 scaled = static_cast<f64>(a) * static_cast<f64>(highest<To>);
  constexpr f64 kEnd = static_cast<f64>(highest<To>), kBegin = std::is_signed_v<To> ? -kEnd : 0.0;
  return static_cast<To>(static_cast<i32>(scaled > kEnd     ? kEnd
                                          : scaled > kBegin ? __builtin_roundeven(scaled)
                                          : is_nan(a)       ? 0.0
                                                            : kBegin));
}
VALU(v_cvt_norm_i16_f16, i16, (f16 a)) { return fraction<i16>(a); }
VALU(v_cvt_norm_u16_f16, u16, (f16 a)) { return fraction<u16>(a); }
VALU(v_cvt_pk_norm_i16_f32, Pair<i16>, (f32 a, f32 b)) { return {fraction<i16>(a), fraction<i16>(b)}; }
VALU(v_cvt_pk_norm_u16_f32, Pair<u16>, (f32 a, f32 b)) { return {fraction<u16>(a), fraction<u16>(b)}; }
VALU(v_cvt_pk_norm_i16_f16, Pair<i16>, (f16 a, f16 b)) { return {fraction<i16>(a), fraction<i16>(b)}; }
VALU(v_cvt_pk_norm_u16_f16, Pair<u16>, (f16 a, f16 b)) { return {fraction<u16>(a), fraction<u16>(b)}; }
ALIAS(v_cvt_pknorm_i16_f32, v_cvt_pk_norm_i16_f32);  // before gfx11
ALIAS(v_cvt_pknorm_u16_f32, v_cvt_pk_norm_u16_f32);
ALIAS(v_cvt_pknorm_i16_f16, v_cvt_pk_norm_i16_f16);
ALIAS(v_cvt_pknorm_u16_f16, v_cvt_pk_norm_u16_f16);

VALU(v_cvt_pk_i16_f32, Pair<i16>, (f32 a, f32 b)) {
  return {saturated<i16>(__builtin_truncf(a)), saturated<i16>(__builtin_truncf(b))};
}
VALU(v_cvt_pk_u16_f32, Pair<u16>, (f32 a, f32 b)) {
  return {saturated<u16>(__builtin_truncf(a)), saturated<u16>(__builtin_truncf(b))};
}

// A byte of the third operand is replaced, or of the result itself. Rounds as the mode says.
VALU(v_cvt_pk_u8_f32, u32, (f32 a, u32 place, u32 bytes)) {
  const unsigned shift = 8 * (place & 3);
  return (bytes & ~(0xffu << shift)) | u32{saturated<u8>(__builtin_rintf(a))} << shift;
}
VALU(v_cvt_pkaccum_u8_f32, u32, (f32 a, u32 place, Old old)) { return v_cvt_pk_u8_f32(a, place, old.value); }

VALU(v_cvt_pk_rtz_f16_f32, Pair<f16>, (f32 a, f32 b)) { return {cut_off(a), cut_off(b)}; }
ALIAS(v_cvt_pkrtz_f16_f32, v_cvt_pk_rtz_f16_f32);  // before gfx11

VALU(v_pack_b32_f16, Pair<f16>, (f16 a, f16 b)) { return {a, b}; }

}  // namespace
}  // namespace cw::amd
