// How many registers the operands of an instruction take: the tables list them as the assembler writes them.
#include "emulator/decode/decoding.hpp"

namespace cw::amd {
namespace {

// `m` is a lane mask.
u8 count_at(const Decoding& d, unsigned place) {
  if (place >= d.opcode->operands) return 0;
  return d.opcode->kind[place] == 'm' ? static_cast<u8>(d.program.lanes() / 32) : d.opcode->registers[place];
}

// Compare-and-swap takes the new value and the old one, and returns one.
u8 returned(const Decoding& d, u8 data) { return d.opcode->contains("cmpswap") ? static_cast<u8>(data / 2) : data; }

void count_ds(Decoding& d) {
  Instruction& i = d.out;
  unsigned place = 0;
  if (i.destination.kind != Kind::kNone) i.destination_registers = count_at(d, place++);
  for (unsigned n = 0; n < 3; ++n) {
    if (i.source[n].kind != Kind::kNone) i.source_registers[n] = count_at(d, place++);
  }
}

// Written as `result, address` or as `address, data`.
void count_flat(Decoding& d) {
  Instruction& i = d.out;
  const bool has_data = i.source[2].kind != Kind::kNone, scratch = i.format == Format::kScratch;
  const u8 data = count_at(d, has_data ? 1 : 0);
  i.source_registers[0] = scratch || i.has_saddr ? 1 : 2;
  i.source_registers[1] = scratch ? 1 : 2;
  if (has_data) i.source_registers[2] = data;
  if (i.destination.kind != Kind::kNone) i.destination_registers = has_data ? returned(d, data) : data;
}

void count_buffer(Decoding& d) {
  Instruction& i = d.out;
  const u8 data = count_at(d, 0);
  i.source_registers[0] = static_cast<u8>(i.offen + i.idxen);
  i.source_registers[1] = 4;
  i.source_registers[2] = data;
  i.source_registers[3] = 1;
  if (i.destination.kind != Kind::kNone) i.destination_registers = i.source[2].kind != Kind::kNone ? returned(d, data) : data;
}

void count_scalar_memory(Decoding& d) {
  Instruction& i = d.out;
  i.destination_registers = i.source_registers[2] = count_at(d, 0);
  i.source_registers[0] = count_at(d, 1);
  i.source_registers[1] = 1;
}

// The tables have the counts of 32 lanes. With 64, gfx12 spreads all matrices over twice the lanes, gfx11 C and D.
void halve_matrices(Decoding& d) {
  if (d.program.lanes() != 64 || !(d.opcode->begins("v_wmma") || d.opcode->begins("v_swmmac"))) return;
  const auto halve = [](u8& count) { count = static_cast<u8>((count + 1) / 2); };
  halve(d.out.destination_registers);
  halve(d.out.source_registers[2]);
  if (d.isa != Isa::kGfx12) return;
  halve(d.out.source_registers[0]);
  halve(d.out.source_registers[1]);
}

void count_arithmetic(Decoding& d) {
  Instruction& i = d.out;
  const bool compare = d.opcode->begins("v_cmp");
  unsigned place = compare && d.opcode->operands > 2 ? d.opcode->operands - 2u : 0;
  if (!compare && i.destination.kind != Kind::kNone) i.destination_registers = count_at(d, place++);
  if (!compare && i.scalar_destination.kind != Kind::kNone) ++place;
  for (unsigned n = 0; n < 4; ++n) i.source_registers[n] = count_at(d, place + n);
  if (i.source[2].kind == Kind::kVgpr && i.source_registers[2] == 0)
    i.source_registers[2] = i.destination_registers;  // its old value
  halve_matrices(d);
}

}  // namespace

void count_registers(Decoding& d) {
  switch (d.out.format) {
    case Format::kDs:
      return count_ds(d);
    case Format::kFlat:
    case Format::kGlobal:
    case Format::kScratch:
      return count_flat(d);
    case Format::kMubuf:
      return count_buffer(d);
    case Format::kSmem:
      return count_scalar_memory(d);
    default:
      return count_arithmetic(d);
  }
}

}  // namespace cw::amd
