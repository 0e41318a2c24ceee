// One instruction being decoded: what the decoders of the formats share.
#pragma once

#include "emulator/decode/opcodes.hpp"

namespace cw::amd {

// Bits `low` to `low + width - 1` of an instruction; a field never crosses a dword.
struct Words {
  u32 word[4] = {};  // VOP3 with a literal and DPP, which no assembler writes, would have as many
  u32 get(unsigned low, unsigned width) const { return word[low / 32] >> low % 32 & ((u64{1} << width) - 1); }
  i32 get_signed(unsigned low, unsigned width) const { return static_cast<i32>(get(low, width) << (32 - width)) >> (32 - width); }
};

struct Decoding {
  const Program& program;
  Isa isa;
  Words words;       // zeros after the end of the code
  Instruction& out;  // `dwords` grows by extra dwords (literal, DPP, SDWA)
  const Opcode* opcode = nullptr;
  bool valid = true;  // false: an operand that does not exist
  bool has_literal = false;
  u32 literal = 0;

  bool is_gfx9() const { return isa <= Isa::kGfx942; }
  bool has_true16() const { return isa >= Isa::kGfx11; }
  Type type(unsigned source) const { return opcode->record != nullptr ? opcode->record->types[source] : Type::kB32; }
  u32 next_dword() { return words.word[out.dwords++]; }  // behind what was read so far: literal, DPP, SDWA
};

// Operands by their numbers in the encodings.
Operand vgpr(u32 number);
Operand sgpr(u32 canonical);
Operand scalar_register(Decoding& d, u32 number);                 // a destination: 7 bits
Operand source_operand(Decoding& d, u32 number, unsigned index);  // any source: 9 bits; may take the literal
Operand literal_operand(Decoding& d, unsigned index);

// Sources and destinations that the encoding does not spell, by name: old values, masks.
void add_implied_operands(Decoding& d);

// destination_registers and source_registers.
void count_registers(Decoding& d);

// Each fills `out` from the first dwords.
void decode_sop1(Decoding& d);
void decode_sop2(Decoding& d);
void decode_sopc(Decoding& d);
void decode_sopk(Decoding& d);
void decode_sopp(Decoding& d);
void decode_smem(Decoding& d);
void decode_vop1(Decoding& d);
void decode_vop2(Decoding& d);
void decode_vopc(Decoding& d);
void decode_vop3(Decoding& d);
void decode_vop3p(Decoding& d);
void decode_ds(Decoding& d);
void decode_flat(Decoding& d);
void decode_buffer(Decoding& d);

// The record of a decoded instruction: the opcode's, or another's where the encoding has a bit that makes it one.
const Record* memory_variant(const Decoding& d);

// DPP and SDWA dwords of VOP1, VOP2 and VOPC: src0 was 249, 250, 233 or 234.
constexpr u32 kSdwa = 249, kDpp16 = 250, kDpp8 = 233, kDpp8Fetch = 234, kLiteral = 255, kFirstVgpr = 256;
bool has_extra_dword(const Decoding& d, u32 source0);
void decode_exchange(Decoding& d, u32 source0, u32 extra, bool modifiers);
void decode_sdwa(Decoding& d, u32 extra);

}  // namespace cw::amd
