// Floating-point comparisons: a bit a lane. "n" is the negation of what follows, so that NaN gives true.
#include "emulator/machine/compare.hpp"

namespace cw::amd {
namespace {

#define COMPARE_FLOATS(T)                                    \
  COMPARE(f_##T, (T, T)) { return false; }                   \
  COMPARE(lt_##T, (T a, T b)) { return a < b; }              \
  COMPARE(eq_##T, (T a, T b)) { return a == b; }             \
  COMPARE(le_##T, (T a, T b)) { return a <= b; }             \
  COMPARE(gt_##T, (T a, T b)) { return a > b; }              \
  COMPARE(lg_##T, (T a, T b)) { return a < b || a > b; }     \
  COMPARE(ge_##T, (T a, T b)) { return a >= b; }             \
  COMPARE(o_##T, (T a, T b)) { return a == a && b == b; }    \
  COMPARE(u_##T, (T a, T b)) { return a != a || b != b; }    \
  COMPARE(nge_##T, (T a, T b)) { return !(a >= b); }         \
  COMPARE(nlg_##T, (T a, T b)) { return !(a < b || a > b); } \
  COMPARE(ngt_##T, (T a, T b)) { return !(a > b); }          \
  COMPARE(nle_##T, (T a, T b)) { return !(a <= b); }         \
  COMPARE(neq_##T, (T a, T b)) { return a != b; }            \
  COMPARE(nlt_##T, (T a, T b)) { return !(a < b); }          \
  COMPARE(t_##T, (T, T)) { return true; }                    \
  ALIAS(v_cmp_tru_##T, v_cmp_t_##T); /* before gfx11 */      \
  ALIAS(v_cmpx_tru_##T, v_cmpx_t_##T)

COMPARE_FLOATS(f16);
COMPARE_FLOATS(f32);
COMPARE_FLOATS(f64);

// The class of a number: a bit of 10, of which the second operand lists those asked for.
template <typename T, unsigned Mantissa>
bool is_in_classes(T value, u32 classes) {
  constexpr T kSign = static_cast<T>(T{1} << (8 * sizeof(T) - 1));
  constexpr T kFraction = static_cast<T>((T{1} << Mantissa) - 1);
  constexpr T kInfinity = static_cast<T>(~kSign & ~kFraction);
  const bool negative = (value & kSign) != 0;
  const T magnitude = static_cast<T>(value & ~kSign);
  const T quiet = static_cast<T>(value >> (Mantissa - 1) & 1);
  const bool denormal = magnitude <= kFraction;
  u32 bit = negative ? 3 : 8;                                   // normal
  bit = denormal ? (negative ? 4 : 7) : bit;                    // denormal
  bit = magnitude == 0 ? (negative ? 5 : 6) : bit;              // zero
  bit = magnitude == kInfinity ? (negative ? 2 : 9) : bit;      // infinity
  bit = magnitude > kInfinity ? static_cast<u32>(quiet) : bit;  // signalling NaN, quiet NaN
  return (classes >> bit & 1) != 0;
}
COMPARE(class_f16, (Raw<u16> a, u16 classes)) { return is_in_classes<u16, 10>(a.bits, classes); }
COMPARE(class_f32, (Raw<u32> a, u32 classes)) { return is_in_classes<u32, 23>(a.bits, classes); }
COMPARE(class_f64, (Raw<u64> a, u32 classes)) { return is_in_classes<u64, 52>(a.bits, classes); }

}  // namespace
}  // namespace cw::amd
