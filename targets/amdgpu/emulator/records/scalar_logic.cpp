// Scalar bitwise instructions: SCC says whether the result is not 0.
#include "emulator/machine/bits.hpp"
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

SALU(s_and_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a & b, scc); }
SALU(s_and_b64, u64, (u64 a, u64 b, bool& scc)) { return said(a & b, scc); }
SALU(s_or_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a | b, scc); }
SALU(s_or_b64, u64, (u64 a, u64 b, bool& scc)) { return said(a | b, scc); }
SALU(s_xor_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a ^ b, scc); }
SALU(s_xor_b64, u64, (u64 a, u64 b, bool& scc)) { return said(a ^ b, scc); }
SALU(s_nand_b32, u32, (u32 a, u32 b, bool& scc)) { return said(~(a & b), scc); }
SALU(s_nand_b64, u64, (u64 a, u64 b, bool& scc)) { return said(~(a & b), scc); }
SALU(s_nor_b32, u32, (u32 a, u32 b, bool& scc)) { return said(~(a | b), scc); }
SALU(s_nor_b64, u64, (u64 a, u64 b, bool& scc)) { return said(~(a | b), scc); }
SALU(s_xnor_b32, u32, (u32 a, u32 b, bool& scc)) { return said(~(a ^ b), scc); }
SALU(s_xnor_b64, u64, (u64 a, u64 b, bool& scc)) { return said(~(a ^ b), scc); }
SALU(s_and_not1_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a & ~b, scc); }
SALU(s_and_not1_b64, u64, (u64 a, u64 b, bool& scc)) { return said(a & ~b, scc); }
SALU(s_or_not1_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a | ~b, scc); }
SALU(s_or_not1_b64, u64, (u64 a, u64 b, bool& scc)) { return said(a | ~b, scc); }
SALU(s_not_b32, u32, (u32 a, bool& scc)) { return said(~a, scc); }
SALU(s_not_b64, u64, (u64 a, bool& scc)) { return said(~a, scc); }
ALIAS(s_andn2_b32, s_and_not1_b32);  // before gfx11
ALIAS(s_andn2_b64, s_and_not1_b64);
ALIAS(s_orn2_b32, s_or_not1_b32);
ALIAS(s_orn2_b64, s_or_not1_b64);

SALU(s_mov_b32, u32, (u32 a)) { return a; }
SALU(s_mov_b64, u64, (u64 a)) { return a; }
SALU(s_cselect_b32, u32, (u32 a, u32 b, bool& scc)) { return scc ? a : b; }
SALU(s_cselect_b64, u64, (u64 a, u64 b, bool& scc)) { return scc ? a : b; }
RECORD(s_cmov_b32) {
  if (w.scc) write_scalar(w, i.destination, scalar_operand<u32>(w, i.source[0]));
  return after(i);
}
RECORD(s_cmov_b64, Type::kB64) {
  if (w.scc) write_scalar(w, i.destination, scalar_operand<u64>(w, i.source[0]));
  return after(i);
}

SALU(s_brev_b32, u32, (u32 a)) { return __builtin_bitreverse32(a); }
SALU(s_brev_b64, u64, (u64 a)) { return __builtin_bitreverse64(a); }
SALU(s_sext_i32_i8, i32, (u32 a)) { return static_cast<i8>(a); }
SALU(s_sext_i32_i16, i32, (u32 a)) { return static_cast<i16>(a); }
SALU(s_pack_ll_b32_b16, u32, (u32 a, u32 b)) { return (a & 0xffff) | b << 16; }
SALU(s_pack_lh_b32_b16, u32, (u32 a, u32 b)) { return (a & 0xffff) | (b & 0xffff0000u); }
SALU(s_pack_hh_b32_b16, u32, (u32 a, u32 b)) { return a >> 16 | (b & 0xffff0000u); }
SALU(s_pack_hl_b32_b16, u32, (u32 a, u32 b)) { return a >> 16 | b << 16; }

}  // namespace
}  // namespace cw::amd
