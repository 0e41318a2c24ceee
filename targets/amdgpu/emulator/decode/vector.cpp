// VOP1, VOP2, VOPC, VOP3, VOP3SD and VOP3P.
#include "emulator/decode/decoding.hpp"

namespace cw::amd {
namespace {

Operand vcc() { return sgpr(kVccLo); }

// gfx11 and later: 16-bit operands of the short formats are halves of the first 128 registers.
Operand as_half(const Decoding& d, Operand o, char kind) {
  if (kind != 'h' || o.kind != Kind::kVgpr || !d.has_true16()) return o;
  o.high = o.index >> 7 & 1;
  o.index &= 127;
  return o;
}

// The first source of a short format: its number, or what its extra dword says.
void first_source(Decoding& d, char kind) {
  const u32 number = d.words.get(0, 9);
  if (has_extra_dword(d, number)) {
    const u32 extra = d.next_dword();
    d.out.source[0] = vgpr(extra & 0xff);
    if (number == kSdwa) return decode_sdwa(d, extra);
    decode_exchange(d, number, extra, true);
  } else {
    d.out.source[0] = source_operand(d, number, 0);
  }
  d.out.source[0] = as_half(d, d.out.source[0], kind);
}

bool is_compare(const Opcode& opcode) { return opcode.begins("v_cmp"); }

void compare_destination(Decoding& d, Operand encoded) {
  const bool writes_exec = d.opcode->begins("v_cmpx") && !d.is_gfx9();
  d.out.scalar_destination = writes_exec ? sgpr(kExecLo) : encoded;
}

bool has_literal_factor(const Opcode& o) { return o.begins("v_fmamk") || o.begins("v_madmk"); }
bool has_literal_addend(const Opcode& o) { return o.begins("v_fmaak") || o.begins("v_madak"); }

}  // namespace

void decode_vop1(Decoding& d) {
  d.out.format = Format::kVop1;
  if (d.opcode->operands == 0) return;
  const u32 number = d.words.get(17, 8);
  const bool scalar = d.opcode->kind[0] == 's';
  d.out.destination = scalar ? scalar_register(d, number & 127) : as_half(d, vgpr(number), d.opcode->kind[0]);
  first_source(d, d.opcode->kind[1]);
  if (d.opcode->begins("v_accvgpr_mov")) {
    d.out.destination.index += 256;
    d.out.source[0].index += 256;
  }
}

void decode_vop2(Decoding& d) {
  d.out.format = Format::kVop2;
  const Opcode& o = *d.opcode;
  d.out.destination = as_half(d, vgpr(d.words.get(17, 8)), o.kind[0]);
  const bool carries_out = o.kind[1] == 'm';
  const unsigned first = carries_out ? 2 : 1;
  Operand second = vgpr(d.words.get(9, 8));
  const bool factor = has_literal_factor(o);
  second = as_half(d, second, o.kind[first + (factor ? 2 : 1)]);
  d.out.source[1] = second;  // SDWA changes it
  first_source(d, o.kind[first]);
  if (factor) {
    d.out.source[2] = second;
    d.out.source[1] = literal_operand(d, 1);
  }
  if (has_literal_addend(o)) d.out.source[2] = literal_operand(d, 2);
  if (carries_out) d.out.scalar_destination = vcc();
  if (o.operands > first + 2 && o.kind[o.operands - 1] == 'm') d.out.source[2] = vcc();
}

void decode_vopc(Decoding& d) {
  d.out.format = Format::kVopc;
  const unsigned first = d.opcode->operands - 2u;
  compare_destination(d, vcc());
  d.out.source[1] = as_half(d, vgpr(d.words.get(9, 8)), d.opcode->kind[first + 1]);
  first_source(d, d.opcode->kind[first]);
}

namespace {

// VOP3SD: a second destination, which is scalar.
bool has_scalar_result(const Opcode& o) {
  return o.operands >= 4 && o.kind[0] == 'v' && (o.kind[1] == 's' || o.kind[1] == 'm') && !is_compare(o);
}

void vop3_sources(Decoding& d, unsigned count) {
  const u32 first = d.words.get(32, 9);
  const bool exchanged = !d.is_gfx9() && first != kSdwa && has_extra_dword(d, first);
  for (unsigned n = exchanged ? 1 : 0; n < count; ++n) d.out.source[n] = source_operand(d, d.words.get(32 + 9 * n, 9), n);
  if (!exchanged) return;
  const u32 extra = d.next_dword();
  d.out.source[0] = vgpr(extra & 0xff);
  decode_exchange(d, first, extra, false);
}

void vop3_modifiers(Decoding& d, unsigned count, bool has_sdst) {
  d.out.clamp = d.words.get(15, 1);
  d.out.output_modifier = static_cast<u8>(d.words.get(59, 2));
  d.out.op_sel = has_sdst ? 0 : static_cast<u8>(d.words.get(11, 4));
  const u32 absolute = has_sdst ? 0 : d.words.get(8, 3), negate = d.words.get(61, 3);
  for (unsigned n = 0; n < count; ++n) {
    d.out.source[n].absolute = absolute >> n & 1;
    d.out.source[n].negate = negate >> n & 1;
    d.out.source[n].high = d.out.op_sel >> n & 1;
  }
  if (d.out.destination.kind == Kind::kVgpr) d.out.destination.high = d.out.op_sel >> 3 & 1;
}

// Returns how many of the written operands are results.
unsigned vop3_destinations(Decoding& d, bool has_sdst) {
  const Opcode& o = *d.opcode;
  const u32 number = d.words.get(0, 8);
  if (is_compare(o)) {
    compare_destination(d, d.opcode->begins("v_cmpx") && !d.is_gfx9() ? Operand{} : scalar_register(d, number));
    return o.operands - 2u;
  }
  d.out.destination = o.kind[0] == 's' ? scalar_register(d, number) : vgpr(number);
  if (has_sdst) d.out.scalar_destination = scalar_register(d, d.words.get(8, 7));
  return has_sdst ? 2 : 1;
}

}  // namespace

void decode_vop3(Decoding& d) {
  const bool has_sdst = has_scalar_result(*d.opcode);
  d.out.format = has_sdst ? Format::kVop3sd : Format::kVop3;
  if (d.opcode->operands == 0) return;
  const unsigned results = vop3_destinations(d, has_sdst);
  const unsigned count = d.opcode->operands - results;
  if (count > 3) {
    d.valid = false;
    return;
  }
  vop3_sources(d, count);
  vop3_modifiers(d, count, has_sdst);
}

namespace {

void decode_mfma(Decoding& d) {
  d.out.format = Format::kMfma;
  const u32 acc_result = d.words.get(15, 1) << 8;
  d.out.destination = vgpr(d.words.get(0, 8) | acc_result);
  for (unsigned n = 0; n < 3; ++n) d.out.source[n] = source_operand(d, d.words.get(32 + 9 * n, 9), n);
  for (unsigned n = 0; n < 2; ++n) d.out.source[n].index = static_cast<u16>(d.out.source[n].index | d.words.get(59 + n, 1) << 8);
  Operand& third = d.out.source[2];  // C, or the index of a sparse one, which is never an accumulation register
  if (third.kind == Kind::kVgpr && !d.opcode->begins("v_smfmac")) third.index = static_cast<u16>(third.index | acc_result);
  d.out.cbsz = static_cast<u8>(d.words.get(8, 3));
  d.out.abid = static_cast<u8>(d.words.get(11, 4));
  d.out.blgp = static_cast<u8>(d.words.get(61, 3));
}

// v_accvgpr_read and v_accvgpr_write: one side is an accumulation register whatever the bits say.
void decode_accvgpr(Decoding& d) {
  const bool write = d.opcode->begins("v_accvgpr_write");
  d.out.format = Format::kVop3p;
  d.out.destination = vgpr(d.words.get(0, 8) + (write ? 256 : 0));
  d.out.source[0] = source_operand(d, d.words.get(32, 9), 0);
  if (!write) d.out.source[0].index += 256;
}

}  // namespace

void decode_vop3p(Decoding& d) {
  if (d.opcode->begins("v_mfma") || d.opcode->begins("v_smfmac")) return decode_mfma(d);
  if (d.opcode->begins("v_accvgpr")) return decode_accvgpr(d);
  d.out.format = Format::kVop3p;
  d.out.destination = vgpr(d.words.get(0, 8));
  vop3_sources(d, d.opcode->operands - 1u);
  d.out.clamp = d.words.get(15, 1);
  d.out.op_sel = static_cast<u8>(d.words.get(11, 3));
  d.out.op_sel_hi = static_cast<u8>(d.words.get(59, 2) | d.words.get(14, 1) << 2);
  d.out.neg_low = static_cast<u8>(d.words.get(61, 3));
  d.out.neg_high = static_cast<u8>(d.words.get(8, 3));
}

}  // namespace cw::amd
