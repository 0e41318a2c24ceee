// Scalar comparisons: the answer is SCC.
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

SALU(s_cmp_eq_i32, void, (i32 a, i32 b, bool& scc)) { scc = a == b; }
SALU(s_cmp_lg_i32, void, (i32 a, i32 b, bool& scc)) { scc = a != b; }
SALU(s_cmp_gt_i32, void, (i32 a, i32 b, bool& scc)) { scc = a > b; }
SALU(s_cmp_ge_i32, void, (i32 a, i32 b, bool& scc)) { scc = a >= b; }
SALU(s_cmp_lt_i32, void, (i32 a, i32 b, bool& scc)) { scc = a < b; }
SALU(s_cmp_le_i32, void, (i32 a, i32 b, bool& scc)) { scc = a <= b; }
SALU(s_cmp_eq_u32, void, (u32 a, u32 b, bool& scc)) { scc = a == b; }
SALU(s_cmp_lg_u32, void, (u32 a, u32 b, bool& scc)) { scc = a != b; }
SALU(s_cmp_gt_u32, void, (u32 a, u32 b, bool& scc)) { scc = a > b; }
SALU(s_cmp_ge_u32, void, (u32 a, u32 b, bool& scc)) { scc = a >= b; }
SALU(s_cmp_lt_u32, void, (u32 a, u32 b, bool& scc)) { scc = a < b; }
SALU(s_cmp_le_u32, void, (u32 a, u32 b, bool& scc)) { scc = a <= b; }
SALU(s_cmp_eq_u64, void, (u64 a, u64 b, bool& scc)) { scc = a == b; }
SALU(s_cmp_lg_u64, void, (u64 a, u64 b, bool& scc)) { scc = a != b; }
SALU(s_bitcmp0_b32, void, (u32 a, u32 b, bool& scc)) { scc = (a >> (b & 31) & 1) == 0; }
SALU(s_bitcmp1_b32, void, (u32 a, u32 b, bool& scc)) { scc = (a >> (b & 31) & 1) == 1; }
SALU(s_bitcmp0_b64, void, (u64 a, u32 b, bool& scc)) { scc = (a >> (b & 63) & 1) == 0; }
SALU(s_bitcmp1_b64, void, (u64 a, u32 b, bool& scc)) { scc = (a >> (b & 63) & 1) == 1; }

// With a 16-bit constant, which is sign-extended for signed comparisons and zero-extended for unsigned ones.
i32 register_of(const Wave& w, const Instruction& i) { return scalar_operand<i32>(w, i.source[0]); }
u32 unsigned_register(const Wave& w, const Instruction& i) { return scalar_operand<u32>(w, i.source[0]); }
u32 unsigned_constant(const Instruction& i) { return static_cast<u16>(i.immediate); }

#define COMPARE_CONSTANT(name, operation)                           \
  RECORD(s_cmpk_##name##_i32) {                                     \
    w.scc = register_of(w, i) operation i.immediate;                \
    return after(i);                                                \
  }                                                                 \
  RECORD(s_cmpk_##name##_u32) {                                     \
    w.scc = unsigned_register(w, i) operation unsigned_constant(i); \
    return after(i);                                                \
  }                                                                 \
  static_assert(true)

COMPARE_CONSTANT(eq, ==);
COMPARE_CONSTANT(lg, !=);
COMPARE_CONSTANT(gt, >);
COMPARE_CONSTANT(ge, >=);
COMPARE_CONSTANT(lt, <);
COMPARE_CONSTANT(le, <=);

// gfx11.5 and later.
#define COMPARE_FLOATS(T)                                                       \
  SALU(s_cmp_lt_##T, void, (T a, T b, bool& scc)) { scc = a < b; }              \
  SALU(s_cmp_eq_##T, void, (T a, T b, bool& scc)) { scc = a == b; }             \
  SALU(s_cmp_le_##T, void, (T a, T b, bool& scc)) { scc = a <= b; }             \
  SALU(s_cmp_gt_##T, void, (T a, T b, bool& scc)) { scc = a > b; }              \
  SALU(s_cmp_lg_##T, void, (T a, T b, bool& scc)) { scc = a < b || a > b; }     \
  SALU(s_cmp_ge_##T, void, (T a, T b, bool& scc)) { scc = a >= b; }             \
  SALU(s_cmp_o_##T, void, (T a, T b, bool& scc)) { scc = a == a && b == b; }    \
  SALU(s_cmp_u_##T, void, (T a, T b, bool& scc)) { scc = a != a || b != b; }    \
  SALU(s_cmp_nge_##T, void, (T a, T b, bool& scc)) { scc = !(a >= b); }         \
  SALU(s_cmp_nlg_##T, void, (T a, T b, bool& scc)) { scc = !(a < b || a > b); } \
  SALU(s_cmp_ngt_##T, void, (T a, T b, bool& scc)) { scc = !(a > b); }          \
  SALU(s_cmp_nle_##T, void, (T a, T b, bool& scc)) { scc = !(a <= b); }         \
  SALU(s_cmp_neq_##T, void, (T a, T b, bool& scc)) { scc = a != b; }            \
  SALU(s_cmp_nlt_##T, void, (T a, T b, bool& scc)) { scc = !(a < b); }          \
  static_assert(sizeof(T) <= 4)

COMPARE_FLOATS(f16);
COMPARE_FLOATS(f32);

}  // namespace
}  // namespace cw::amd
