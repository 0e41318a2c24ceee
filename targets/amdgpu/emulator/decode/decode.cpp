#include "emulator/decode/decode.hpp"

#include <stdio.h>
#include <string.h>

#include "emulator/decode/encodings.hpp"
#include "emulator/decode/intern.hpp"
#include "emulator/decode/vopd.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

Words words_at(const Program& program, u32 address) {
  Words words;
  const u64 left = address < program.bytes() ? program.bytes() - address : 0;
  memcpy(words.word, program.code() + address, left < sizeof words.word ? left : sizeof words.word);
  return words;
}

namespace {

const Instruction* run_unknown_bytes(Wave& w, const Instruction& i) {
  char why[64];
  snprintf(why, sizeof why, "unknown encoding 0x%08x", words_at(*w.program, i.address).word[0]);
  return stop(w, i, intern(why));
}

const Instruction* run_without_record(Wave& w, const Instruction& i) {
  char why[128];
  const char* name = name_at(*w.program, i.address);
  snprintf(why, sizeof why, "%s is not emulated", name != nullptr ? name : "this");
  return stop(w, i, intern(why));
}

bool reads_destination(const Opcode& o) {
  constexpr const char* kParts[] = {"_fmac_", "_mac_", "v_dot2c", "v_dot4c", "v_dot8c", "dot2acc", "v_pk_fmac"};
  for (const char* part : kParts) {
    if (o.contains(part)) return true;
  }
  return o.begins("v_writelane");
}

bool has_modifier(const Operand& o) { return o.negate || o.absolute || o.high || o.select != 6; }

bool is_plain(const Instruction& i) {
  bool modified = i.clamp || i.output_modifier != 0 || i.exchange != Exchange::kNone || i.select != 6 || i.op_sel != 0 ||
                  has_modifier(i.destination);
  for (const Operand& o : i.source) modified = modified || has_modifier(o);
  if (i.format == Format::kVop3p) modified = modified || i.op_sel_hi != 7 || i.neg_low != 0 || i.neg_high != 0;
  return !modified;
}

void unknown_bytes(Instruction& i) {
  i.run = run_unknown_bytes;
  i.dwords = 1;
  i.record = nullptr;
}

}  // namespace

void add_implied_operands(Decoding& d) {
  const Opcode& o = *d.opcode;
  if (reads_destination(o)) d.out.source[2] = d.out.destination;
  if (o.begins("s_cmov_") || o.begins("s_bitset")) d.out.source[1] = d.out.destination;
  if (o.begins("v_div_fmas")) d.out.source[3] = sgpr(kVccLo);
}

void finish(Decoding& d) {
  Instruction& i = d.out;
  i.record = memory_variant(d);
  count_registers(d);
  i.plain = is_plain(i);
  i.run = i.record == nullptr ? run_without_record : d.program.lanes() == 64 ? i.record->run64 : i.record->run32;
}

Instruction decode_instruction(const Program& program, u32 address, Instruction* second) {
  Instruction i;
  i.address = address;
  const Isa isa = program.arch().isa;
  Decoding d{.program = program, .isa = isa, .words = words_at(program, address), .out = i};
  const u32 first = d.words.word[0];
  if (is_vopd(isa, first)) {
    if (!decode_vopd(d, second)) unknown_bytes(i);
    return i;
  }
  const Encoding* encoding = address < program.bytes() ? find_encoding(isa, first) : nullptr;
  if (encoding != nullptr) d.opcode = find_opcode(isa, encoding->table, d.words.get(encoding->opcode_low, encoding->opcode_bits));
  if (d.opcode == nullptr) {
    unknown_bytes(i);
    return i;
  }
  i.dwords = encoding->dwords;
  encoding->decode(d);
  add_implied_operands(d);
  finish(d);
  if (!d.valid || address + 4u * i.dwords > program.bytes()) unknown_bytes(i);
  return i;
}

const char* name_at(const Program& program, u32 address) {
  const Isa isa = program.arch().isa;
  const Words words = words_at(program, address);
  if (is_vopd(isa, words.word[0])) return vopd_name(isa, words);
  const Encoding* encoding = address < program.bytes() ? find_encoding(isa, words.word[0]) : nullptr;
  if (encoding == nullptr) return nullptr;
  const Opcode* opcode = find_opcode(isa, encoding->table, words.get(encoding->opcode_low, encoding->opcode_bits));
  return opcode != nullptr ? opcode->name : nullptr;
}

}  // namespace cw::amd
