// Scalar integer arithmetic.
#include "emulator/machine/saturate.hpp"
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

// SCC: carry or borrow of unsigned numbers, overflow of signed ones.
template <typename T>
T add_overflowing(T a, T b, bool& scc) {
  T sum = 0;
  scc = __builtin_add_overflow(a, b, &sum);
  return sum;
}
template <typename T>
T subtract_overflowing(T a, T b, bool& scc) {
  T difference = 0;
  scc = __builtin_sub_overflow(a, b, &difference);
  return difference;
}
SALU(s_add_co_u32, u32, (u32 a, u32 b, bool& scc)) { return add_overflowing(a, b, scc); }
SALU(s_sub_co_u32, u32, (u32 a, u32 b, bool& scc)) { return subtract_overflowing(a, b, scc); }
SALU(s_add_co_i32, i32, (i32 a, i32 b, bool& scc)) { return add_overflowing(a, b, scc); }
SALU(s_sub_co_i32, i32, (i32 a, i32 b, bool& scc)) { return subtract_overflowing(a, b, scc); }
SALU(s_add_co_ci_u32, u32, (u32 a, u32 b, bool& scc)) {
  const u64 sum = u64{a} + b + scc;
  scc = sum >> 32 != 0;
  return static_cast<u32>(sum);
}
SALU(s_sub_co_ci_u32, u32, (u32 a, u32 b, bool& scc)) {
  const u64 taken = u64{b} + scc;
  scc = taken > a;
  return static_cast<u32>(a - taken);
}
ALIAS(s_add_u32, s_add_co_u32);  // before gfx12
ALIAS(s_sub_u32, s_sub_co_u32);
ALIAS(s_add_i32, s_add_co_i32);
ALIAS(s_sub_i32, s_sub_co_i32);
ALIAS(s_addc_u32, s_add_co_ci_u32);
ALIAS(s_subb_u32, s_sub_co_ci_u32);

SALU(s_add_nc_u64, u64, (u64 a, u64 b)) { return a + b; }
SALU(s_sub_nc_u64, u64, (u64 a, u64 b)) { return a - b; }
SALU(s_mul_u64, u64, (u64 a, u64 b)) { return a * b; }
SALU(s_mul_i32, u32, (u32 a, u32 b)) { return a * b; }
SALU(s_mul_hi_u32, u32, (u32 a, u32 b)) { return static_cast<u32>(u64{a} * b >> 32); }
SALU(s_mul_hi_i32, u32, (i32 a, i32 b)) { return static_cast<u32>(i64{a} * b >> 32); }

SALU(s_abs_i32, u32, (i32 a, bool& scc)) { return said(a < 0 ? 0u - static_cast<u32>(a) : static_cast<u32>(a), scc); }
SALU(s_absdiff_i32, u32, (i32 a, i32 b, bool& scc)) {
  const u32 difference = static_cast<u32>(a) - static_cast<u32>(b);
  return said(static_cast<i32>(difference) < 0 ? 0u - difference : difference, scc);
}

// SCC: whether the first operand is the result.
template <typename T>
T chosen(bool first, T a, T b, bool& scc) {
  scc = first;
  return first ? a : b;
}
SALU(s_min_i32, i32, (i32 a, i32 b, bool& scc)) { return chosen(a < b, a, b, scc); }
SALU(s_min_u32, u32, (u32 a, u32 b, bool& scc)) { return chosen(a < b, a, b, scc); }
SALU(s_max_i32, i32, (i32 a, i32 b, bool& scc)) { return chosen(a >= b, a, b, scc); }
SALU(s_max_u32, u32, (u32 a, u32 b, bool& scc)) { return chosen(a >= b, a, b, scc); }

u32 shift_add(u32 a, unsigned shift, u32 b, bool& scc) {
  const u64 sum = (u64{a} << shift) + b;
  scc = sum >> 32 != 0;
  return static_cast<u32>(sum);
}
SALU(s_lshl1_add_u32, u32, (u32 a, u32 b, bool& scc)) { return shift_add(a, 1, b, scc); }
SALU(s_lshl2_add_u32, u32, (u32 a, u32 b, bool& scc)) { return shift_add(a, 2, b, scc); }
SALU(s_lshl3_add_u32, u32, (u32 a, u32 b, bool& scc)) { return shift_add(a, 3, b, scc); }
SALU(s_lshl4_add_u32, u32, (u32 a, u32 b, bool& scc)) { return shift_add(a, 4, b, scc); }

// With a 16-bit constant.
RECORD(s_movk_i32) {
  write_scalar(w, i.destination, i.immediate);
  return after(i);
}
RECORD(s_cmovk_i32) {
  if (w.scc) write_scalar(w, i.destination, i.immediate);
  return after(i);
}
RECORD(s_addk_i32) {
  i32 sum = 0;
  w.scc = __builtin_add_overflow(scalar_operand<i32>(w, i.destination), i.immediate, &sum);
  write_scalar(w, i.destination, sum);
  return after(i);
}
RECORD(s_mulk_i32) {
  write_scalar(w, i.destination, scalar_operand<u32>(w, i.destination) * static_cast<u32>(i.immediate));
  return after(i);
}
ALIAS(s_addk_co_i32, s_addk_i32);  // gfx12

}  // namespace
}  // namespace cw::amd
