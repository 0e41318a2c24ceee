// Conversions to and from float formats of 16 bits and fewer, `__cw.cvt.<to>.<mode>.<from>`: in integers, the same on every target
// and in every mode of the processor.
#define __host__
#define __device__
#include <crosswarp/fp/narrow.h>

#include "operations/kept.h"
#include "operations/operation.h"

namespace cw {

template <>
struct Format<_Float16> {
  using Bits = uint16_t;
  static constexpr int digits = 11, bias = 15, width = 16;
};
template <>
struct Format<__bf16> {
  using Bits = uint16_t;
  static constexpr int digits = 8, bias = 127, width = 16;
};

template <class To, Mode mode, class From>
CW_INLINE To narrow_float(From x) {
  if (is_finite(x)) return round_to<To, mode>(exact(x));
  if (is_nan(x)) return from_bits<To>(0x7fff);
  return from_bits<To>(bits(infinity<To>()) | (is_negative(x) ? 0x8000 : 0));
}

template <class To, Mode mode, class Integer>
CW_INLINE To narrow_integer(Integer value) {
  bool negative = value < 0;
  uint64_t wide = static_cast<uint64_t>(value);
  return round_to<To, mode>(Exact{negative, 0, negative ? -wide : wide});
}

}  // namespace cw

#define CW_NARROW(to, T, mode, Name, from, From)                                      \
  CW_DEFINE("__cw.cvt." #to "." #mode "." #from, T, to##_##mode##_##from, (From x)) { \
    return cw::narrow_float<T, cw::Mode::Name>(x);                                    \
  }
#define CW_NARROW_INTEGER(mode, Name, from, From)                                       \
  CW_DEFINE("__cw.cvt.bf16." #mode "." #from, __bf16, bf16_##mode##_##from, (From x)) { \
    return cw::narrow_integer<__bf16, cw::Mode::Name>(x);                               \
  }
#define CW_NARROW_MODE(mode, Name)                                                                       \
  CW_NARROW(f16, _Float16, mode, Name, f32, float)                                                       \
  CW_NARROW(f16, _Float16, mode, Name, f64, double)                                                      \
  CW_NARROW(bf16, __bf16, mode, Name, f32, float)                                                        \
  CW_NARROW(bf16, __bf16, mode, Name, f64, double)                                                       \
  CW_NARROW_INTEGER(mode, Name, i64, int64_t)                                                            \
  CW_NARROW_INTEGER(mode, Name, u64, uint64_t)                                                           \
  CW_DEFINE("__cw.math.kept.narrow." #mode ".f32", float, kept_narrow_##mode, (double x)) {              \
    return cw::is_finite(x) ? cw::round_to<float, cw::Mode::Name>(cw::exact(x)) : static_cast<float>(x); \
  }
CW_NARROW_MODE(rn, nearest)
CW_NARROW_MODE(rz, zero)
CW_NARROW_MODE(ru, up)
CW_NARROW_MODE(rd, down)

// Formats of 8, 6 and 4 bits: codes in the low bits.
#define CW_CODES(format)                                                                                                \
  CW_DEFINE("__cw.cvt." #format ".rn.f32", uint32_t, format##_f32, (float x)) { return __cw::encode<__cw::format>(x); } \
  CW_DEFINE("__cw.cvt.f16.rn." #format, _Float16, f16_##format, (uint32_t code)) {                                      \
    return cw::from_bits<_Float16>(__cw::decode_f16<__cw::format>(code));                                               \
  }
CW_CODES(e4m3)
CW_CODES(e5m2)
CW_CODES(e2m3)
CW_CODES(e3m2)
CW_CODES(e2m1)

// Scales: 2^(code - 127).
#define CW_SCALE(suffix, mode, saturates)                                                    \
  CW_DEFINE("__cw.cvt.ue8m0." suffix ".f32", uint32_t, ue8m0_##mode##saturates, (float x)) { \
    return __cw::e8m0_from(cw::widen_kept(x), saturates, __cw::mode);                        \
  }
CW_SCALE("rz", to_zero, false)
CW_SCALE("ru", up, false)
CW_SCALE("rz.satfinite", to_zero, true)
CW_SCALE("ru.satfinite", up, true)
CW_DEFINE("__cw.cvt.bf16.rn.ue8m0", __bf16, bf16_ue8m0, (uint32_t code)) {
  return cw::from_bits<__bf16>(__cw::e8m0_to_bf16(static_cast<uint8_t>(code)));
}
