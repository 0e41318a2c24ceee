#include "emulator/decode/vopd.hpp"

#include <stdio.h>
#include <string.h>

#include "emulator/decode/intern.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {
namespace {

constexpr unsigned kDwords = 2;

// A half's fields; the other half's destination has one bit less: it is even where this one is odd.
struct Half {
  Table table;
  u8 opcode_low, opcode_bits, source0, source1;
};
constexpr Half kX{Table::kVopdX, 22, 4, 0, 9};
constexpr Half kY{Table::kVopdY, 17, 5, 32, 41};

const Opcode* opcode_of(Isa isa, const Words& words, const Half& half) {
  return find_opcode(isa, half.table, words.get(half.opcode_low, half.opcode_bits));
}

void decode_half(Decoding& d, const Half& half, u32 destination) {
  const Opcode& o = *d.opcode;
  d.out.format = Format::kVopd;
  d.out.destination = vgpr(destination);
  d.out.source[0] = source_operand(d, d.words.get(half.source0, 9), 0);
  if (o.operands < 3) return;
  const bool factor = o.contains("fmamk");
  const Operand other = vgpr(d.words.get(half.source1, 8));
  d.out.source[factor ? 2 : 1] = other;
  if (factor) d.out.source[1] = literal_operand(d, 1);
  if (o.contains("fmaak")) d.out.source[2] = literal_operand(d, 2);
  if (o.contains("cndmask")) d.out.source[2] = sgpr(kVccLo);
}

bool reads(const Instruction& i, u32 number) {
  for (const Operand& o : i.source) {
    if (o.kind == Kind::kVgpr && o.index == number) return true;
  }
  return false;
}

Handler own_handler(const Wave& w, const Instruction& i) { return w.lanes == 64 ? i.record->run64 : i.record->run32; }

// Both halves read before either writes. Here the second reads nothing that the first writes.
const Instruction* run_in_order(Wave& w, const Instruction& i) {
  own_handler(w, i)(w, i);
  return i.second->run(w, *i.second);
}

// Each reads what the other writes: the first one's result waits until the second has run.
const Instruction* run_crossed(Wave& w, const Instruction& i) {
  constexpr unsigned kMaxLanes = 64;
  u32 before[kMaxLanes], result[kMaxLanes];
  u32* place = w.lane_values(i.destination.index);
  const size_t bytes = w.lanes * sizeof(u32);
  memcpy(before, place, bytes);
  own_handler(w, i)(w, i);
  memcpy(result, place, bytes);
  memcpy(place, before, bytes);
  const Instruction* next = i.second->run(w, *i.second);
  memcpy(place, result, bytes);
  return next;
}

// `first` is where the program goes on: the half that runs first lies in the instruction's slot, the other one in the slot behind.
void join(const Decoding& d, Instruction& first, Instruction& second) {
  const bool crossed = reads(second, first.destination.index);
  second.address = first.address + 4;
  second.dwords = static_cast<u8>(first.dwords - 1);
  if (first.record == nullptr || second.record == nullptr) {
    if (first.record != nullptr) first.run = second.run;  // says which record is missing
    return;
  }
  first.run = crossed ? run_crossed : run_in_order;
  first.second = d.program.at(reinterpret_cast<u64>(d.program.code()) + second.address);
}

}  // namespace

bool decode_vopd(Decoding& d, Instruction* second) {
  const Opcode* x = opcode_of(d.isa, d.words, kX);
  const Opcode* y = opcode_of(d.isa, d.words, kY);
  if (x == nullptr || y == nullptr) return false;
  const u32 x_destination = d.words.get(56, 8), y_destination = d.words.get(49, 7) << 1 | (~x_destination & 1);
  Instruction other = d.out;
  d.out.dwords = kDwords;
  d.opcode = x;
  decode_half(d, kX, x_destination);
  add_implied_operands(d);
  finish(d);
  Decoding e{.program = d.program, .isa = d.isa, .words = d.words, .out = other, .opcode = y, .valid = d.valid};
  e.has_literal = d.has_literal;
  e.literal = d.literal;
  other.dwords = d.out.dwords;
  decode_half(e, kY, y_destination);
  add_implied_operands(e);
  finish(e);
  const bool swap = reads(other, d.out.destination.index) && !reads(d.out, other.destination.index);
  other.dwords = d.out.dwords = other.dwords > d.out.dwords ? other.dwords : d.out.dwords;
  if (swap) {
    const Instruction kept = other;
    other = d.out;
    d.out = kept;
  }
  join(d, d.out, other);
  if (second != nullptr) *second = other;
  return d.valid && e.valid && d.out.address + 4u * d.out.dwords <= d.program.bytes();
}

const char* vopd_name(Isa isa, const Words& words) {
  const Opcode* x = opcode_of(isa, words, kX);
  const Opcode* y = opcode_of(isa, words, kY);
  if (x == nullptr || y == nullptr) return nullptr;
  char name[128];
  snprintf(name, sizeof name, "%s :: %s", x->name, y->name);
  return intern(name);
}

}  // namespace cw::amd
