// Conversions `__cw.cvt.<to>.<mode>.<from>` between integers and floating point, and f64 to f32.
//
// To integers: out of range gives the nearest bound; NaN gives 0 in 32 bits, only the top bit in 64 (CUDA math API).
#include "math/rounding.h"

// Weak, as a target may have an instruction for it.
#define CW_CONVERT(label, result, name, parameters)             \
  extern "C" result name parameters __asm__("__cw.cvt." label); \
  extern "C" [[gnu::weak]] result name parameters

namespace cw {

template <Mode mode, class T>
CW_INLINE T to_integral(T x) {
  if constexpr (mode == Mode::nearest) return rint(x);
  if constexpr (mode == Mode::zero) return trunc(x);
  if constexpr (mode == Mode::up) return __builtin_elementwise_ceil(x);
  return floor(x);
}

template <class Integer, Mode mode, class T>
CW_INLINE Integer to_integer(T x) {
  constexpr bool is_signed = static_cast<Integer>(-1) < 0;
  constexpr int width = 8 * sizeof(Integer);
  constexpr Integer top_bit = static_cast<Integer>(Integer{1} << (width - 1));
  constexpr Integer low = is_signed ? top_bit : 0, high = static_cast<Integer>(~low);
  if (is_nan(x)) return width == 64 ? top_bit : 0;
  T whole = to_integral<mode>(x);
  if (whole >= power_of_two<T>(width - is_signed)) return high;
  if (whole < (is_signed ? -power_of_two<T>(width - 1) : T(0))) return low;
  return static_cast<Integer>(whole);
}

template <class T, Mode mode, class Integer>
CW_INLINE T from_integer(Integer value) {
  bool negative = value < 0;
  uint64_t wide = static_cast<uint64_t>(value);
  return round_to<T, mode>(Exact{negative, 0, negative ? -wide : wide});
}

template <Mode mode>
CW_INLINE float narrow(double x) {
  return is_finite(x) ? round_to<float, mode>(exact(x)) : static_cast<float>(x);
}

}  // namespace cw

#define CW_TO_INTEGER(mode, Name, to, Integer, from, T) \
  CW_CONVERT(#to "." #mode "." #from, Integer, to##_##mode##_##from, (T x)) { return cw::to_integer<Integer, cw::Mode::Name>(x); }
#define CW_FROM_INTEGER(mode, Name, to, T, from, Integer) \
  CW_CONVERT(#to "." #mode "." #from, T, to##_##mode##_##from, (Integer x)) { return cw::from_integer<T, cw::Mode::Name>(x); }
#define CW_TO_INTEGERS(mode, Name, from, T)         \
  CW_TO_INTEGER(mode, Name, i32, int32_t, from, T)  \
  CW_TO_INTEGER(mode, Name, u32, uint32_t, from, T) \
  CW_TO_INTEGER(mode, Name, i64, int64_t, from, T)  \
  CW_TO_INTEGER(mode, Name, u64, uint64_t, from, T)
#define CW_DIRECTED_CONVERSIONS(mode, Name)               \
  CW_FROM_INTEGER(mode, Name, f32, float, i32, int32_t)   \
  CW_FROM_INTEGER(mode, Name, f32, float, u32, uint32_t)  \
  CW_FROM_INTEGER(mode, Name, f32, float, i64, int64_t)   \
  CW_FROM_INTEGER(mode, Name, f32, float, u64, uint64_t)  \
  CW_FROM_INTEGER(mode, Name, f64, double, i64, int64_t)  \
  CW_FROM_INTEGER(mode, Name, f64, double, u64, uint64_t) \
  CW_CONVERT("f32." #mode ".f64", float, f32_##mode##_f64, (double x)) { return cw::narrow<cw::Mode::Name>(x); }

CW_TO_INTEGERS(rn, nearest, f32, float)
CW_TO_INTEGERS(rz, zero, f32, float)
CW_TO_INTEGERS(ru, up, f32, float)
CW_TO_INTEGERS(rd, down, f32, float)
CW_TO_INTEGERS(rn, nearest, f64, double)
CW_TO_INTEGERS(rz, zero, f64, double)
CW_TO_INTEGERS(ru, up, f64, double)
CW_TO_INTEGERS(rd, down, f64, double)
CW_DIRECTED_CONVERSIONS(rz, zero)
CW_DIRECTED_CONVERSIONS(ru, up)
CW_DIRECTED_CONVERSIONS(rd, down)
