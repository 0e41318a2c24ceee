// SOP1, SOP2, SOPC, SOPK, SOPP and SMEM.
#include "emulator/decode/decoding.hpp"

namespace cw::amd {
namespace {

const Instruction* branch_target(const Decoding& d) {
  const i64 offset = i64{d.out.address} + 4 + 4 * i64{d.out.immediate};
  return d.program.at(reinterpret_cast<u64>(d.program.code()) + static_cast<u64>(offset));
}

bool has_scalar_register(const Opcode& opcode) { return opcode.operands != 0 && opcode.kind[0] != 'i'; }

void immediate16(Decoding& d) { d.out.immediate = d.words.get_signed(0, 16); }

}  // namespace

void decode_sop1(Decoding& d) {
  d.out.format = Format::kSop1;
  const unsigned operands = d.opcode->operands;
  const bool writes = operands > 1 || d.opcode->begins("s_getpc");  // a single operand is read by all others
  if (writes) d.out.destination = scalar_register(d, d.words.get(16, 7));
  if (operands > (writes ? 1 : 0)) d.out.source[0] = source_operand(d, d.words.get(0, 8), 0);
  if (d.opcode->begins("s_sendmsg_rtn")) d.out.immediate = static_cast<i32>(d.words.get(0, 8));
}

void decode_sop2(Decoding& d) {
  d.out.format = Format::kSop2;
  const bool reads_only = d.opcode->begins("s_rfe") || d.opcode->begins("s_cbranch");
  if (!reads_only) d.out.destination = scalar_register(d, d.words.get(16, 7));
  d.out.source[0] = source_operand(d, d.words.get(0, 8), 0);
  const u32 second = d.words.get(8, 8);
  const bool literal_second = d.opcode->begins("s_fmamk"), literal_third = d.opcode->begins("s_fmaak");
  if (literal_second) d.out.source[1] = literal_operand(d, 1);
  const unsigned at = literal_second ? 2 : 1;
  d.out.source[at] = source_operand(d, second, at);
  if (literal_third) d.out.source[2] = literal_operand(d, 2);
}

void decode_sopc(Decoding& d) {
  d.out.format = Format::kSopc;
  d.out.source[0] = source_operand(d, d.words.get(0, 8), 0);
  const bool index_mode = d.opcode->begins("s_set_gpr_idx_on");
  if (index_mode) d.out.immediate = static_cast<i32>(d.words.get(8, 8));
  if (!index_mode) d.out.source[1] = source_operand(d, d.words.get(8, 8), 1);
}

void decode_sopk(Decoding& d) {
  d.out.format = Format::kSopk;
  immediate16(d);
  if (d.opcode->contains("getreg") || d.opcode->contains("setreg")) d.out.immediate &= 0xffff;
  if (d.opcode->begins("s_call") || d.opcode->begins("s_subvector")) d.out.target = branch_target(d);
  if (d.opcode->begins("s_setreg_imm32")) {
    d.out.source[0] = literal_operand(d, 0);
  } else if (has_scalar_register(*d.opcode) || d.opcode->begins("s_setreg")) {
    d.out.destination = d.out.source[0] = scalar_register(d, d.words.get(16, 7));
  }
}

void decode_sopp(Decoding& d) {
  d.out.format = Format::kSopp;
  immediate16(d);
  if (d.opcode->begins("s_branch") || d.opcode->begins("s_cbranch")) d.out.target = branch_target(d);
}

namespace {

struct SmemFields {
  u8 offset_bits;
  i8 glc, dlc;  // bits, -1: none
  u8 off;       // number of an offset register that is none
};

SmemFields smem_fields(Isa isa) {
  switch (isa) {
    case Isa::kGfx10:
      return {21, 16, 14, 125};
    case Isa::kGfx11:
      return {21, 14, 13, 124};
    case Isa::kGfx12:
      return {24, -1, -1, 124};
    default:
      return {21, 16, -1, 128};
  }
}

// gfx9: a register instead of the immediate, or besides it.
void smem_offset_gfx9(Decoding& d) {
  const bool besides = d.words.get(14, 1), immediate = d.words.get(17, 1);
  if (immediate) d.out.offset = d.words.get_signed(32, 21);
  if (besides) d.out.source[1] = scalar_register(d, d.words.get(57, 7));
  if (!besides && !immediate) d.out.source[1] = scalar_register(d, d.words.get(32, 7));
}

void smem_offset(Decoding& d, const SmemFields& fields) {
  if (d.is_gfx9()) return smem_offset_gfx9(d);
  d.out.offset = d.words.get_signed(32, fields.offset_bits);
  const u32 number = d.words.get(57, 7);
  if (number != fields.off) d.out.source[1] = scalar_register(d, number);
}

void smem_cache(Decoding& d, const SmemFields& fields) {
  if (fields.glc >= 0) d.out.cache |= d.words.get(static_cast<unsigned>(fields.glc), 1);
  if (fields.dlc >= 0) d.out.cache |= d.words.get(static_cast<unsigned>(fields.dlc), 1) << 2;
  if (d.isa == Isa::kGfx12) d.out.cache = d.words.get(21, 2) | d.words.get(23, 2) << 2;
}

// What may be done and leaves no trace.
bool is_hint(const Opcode& o) { return o.contains("_prefetch_") || o.contains("_atc_probe") || o.contains("_dcache_discard"); }

}  // namespace

void decode_smem(Decoding& d) {
  d.out.format = Format::kSmem;
  if (d.opcode->operands == 0) return;  // cache control
  const SmemFields fields = smem_fields(d.isa);
  const Operand data = scalar_register(d, d.words.get(6, 7));
  if (d.opcode->operands == 1) {  // clocks
    d.out.destination = data;
    return;
  }
  if (is_hint(*d.opcode)) return;
  d.out.source[0] = scalar_register(d, 2 * d.words.get(0, 6));
  smem_offset(d, fields);
  smem_cache(d, fields);
  const bool atomic = d.opcode->contains("_atomic"), store = d.opcode->contains("_store");
  d.out.returns = atomic && (d.out.cache & 1);
  if (atomic || store) d.out.source[2] = data;
  if (!store && (!atomic || d.out.returns)) d.out.destination = data;
}

}  // namespace cw::amd
