// Two numbers at once: pairs of f16 in one register, pairs of f32 in two; and mixed precision.
#include "emulator/machine/floats.hpp"
#include "emulator/machine/vector_alu.hpp"
#include "emulator/records/float_minmax.hpp"

namespace cw::amd {
namespace {

using H = Pair<f16>;
using S = Pair<f32>;

template <typename T>
CW_LANE Pair<T> fused_pair(Pair<T> a, Pair<T> b, Pair<T> c) {
  return {fused(a.low, b.low, c.low), fused(a.high, b.high, c.high)};
}

VALU(v_pk_add_f16, H, (H a, H b)) { return {sum(a.low, b.low), sum(a.high, b.high)}; }
VALU(v_pk_mul_f16, H, (H a, H b)) { return {product(a.low, b.low), product(a.high, b.high)}; }
VALU(v_pk_fma_f16, H, (H a, H b, H c)) { return fused_pair(a, b, c); }
ALIAS(v_pk_fmac_f16, v_pk_fma_f16);
VALU(v_pk_min_f16, H, (H a, H b, Mode mode)) { return {min_of(a.low, b.low, mode), min_of(a.high, b.high, mode)}; }
VALU(v_pk_max_f16, H, (H a, H b, Mode mode)) { return {max_of(a.low, b.low, mode), max_of(a.high, b.high, mode)}; }
VALU(v_pk_min_num_f16, H, (H a, H b)) { return {min_num(a.low, b.low), min_num(a.high, b.high)}; }
VALU(v_pk_max_num_f16, H, (H a, H b)) { return {max_num(a.low, b.low), max_num(a.high, b.high)}; }
VALU(v_pk_minimum_f16, H, (H a, H b)) { return {minimum(a.low, b.low), minimum(a.high, b.high)}; }
VALU(v_pk_maximum_f16, H, (H a, H b)) { return {maximum(a.low, b.low), maximum(a.high, b.high)}; }

VALU(v_pk_add_f32, S, (S a, S b)) { return {sum(a.low, b.low), sum(a.high, b.high)}; }
VALU(v_pk_mul_f32, S, (S a, S b)) { return {product(a.low, b.low), product(a.high, b.high)}; }
VALU(v_pk_fma_f32, S, (S a, S b, S c)) { return fused_pair(a, b, c); }
// One half of each operand: op_sel names both, op_sel_hi nothing.
VALU(v_pk_mov_b32, Pair<u32>, (Pair<u32> a, Pair<u32> b)) { return {a.low, b.low}; }

// Mixed precision is f32 with operands widened from f16; mixlo and mixhi round the f32 result once more.
CW_LANE f32 mixed(Mixed a, Mixed b, Mixed c) { return fused(a.value, b.value, c.value); }
CW_LANE Keep<f16> mixed_half(Mixed a, Mixed b, Mixed c) { return {static_cast<f16>(mixed(a, b, c))}; }

// How a constant would be read as half a register is nowhere documented.
CW_LANE bool has_half_constant(const Instruction& i) {
  for (unsigned n = 0; n < 3; ++n) {
    if (i.source[n].kind == Kind::kConstant && (i.op_sel_hi >> n & 1) != 0) return true;
  }
  return false;
}
template <auto F, unsigned W>
const Instruction* run_mixed(Wave& w, const Instruction& i) {
  if (has_half_constant(i)) return stop(w, i, "a constant as half an operand");
  return VectorAlu<F>::template run<W>(w, i);
}
RECORD(v_fma_mix_f32, Type::kF32, Type::kF32, Type::kF32) { return run_mixed<&mixed, W>(w, i); }
RECORD(v_fma_mixlo_f16, Type::kF32, Type::kF32, Type::kF32) { return run_mixed<&mixed_half, W>(w, i); }
RECORD(v_fma_mixhi_f16, Type::kF32, Type::kF32, Type::kF32) {
  Instruction upper = i;
  upper.destination.high = true;
  return run_mixed<&mixed_half, W>(w, upper) == nullptr ? nullptr : after(i);
}

}  // namespace
}  // namespace cw::amd
