// DS, FLAT, GLOBAL, SCRATCH, MUBUF and MTBUF.
#include <stdio.h>
#include <string.h>

#include "emulator/decode/decoding.hpp"

namespace cw::amd {
namespace {

unsigned registers_of_kind(const Opcode& o, char kind) {
  unsigned count = 0;
  for (unsigned n = 0; n < o.operands; ++n) count += o.kind[n] == kind;
  return count;
}

bool is_gfx940(const Decoding& d) { return d.isa == Isa::kGfx942; }

// What a memory instruction moves: whether it reads data registers, and whether it writes a register.
struct Moves {
  bool data, result;
};

Moves moves(const Decoding& d) {
  const Opcode& o = *d.opcode;
  const bool atomic = o.contains("_atomic");
  const bool load = !atomic && (o.contains("_load") || o.contains("_read"));
  return {atomic || o.contains("_store"), atomic ? d.out.returns : load && !d.out.lds};
}

}  // namespace

namespace {

// DS instructions whose offsets are two addresses.
bool has_two_addresses(const Opcode& o) {
  return o.begins("ds_read2") || o.begins("ds_write2") || o.begins("ds_wrxchg2") || o.contains("_2addr_");
}

// Those that take data and no address: the address is M0, or the lane itself.
bool has_no_address(const Opcode& o) {
  return o.contains("_addtid_") || o.begins("ds_gws") || o.contains("_append") || o.contains("_consume");
}

// A DS instruction has its destination first when it reads, moves or returns something.
bool has_ds_result(const Opcode& o) {
  constexpr const char* kParts[] = {"_rtn", "ds_read", "ds_load", "permute", "swizzle", "_append", "_consume", "ordered_count"};
  for (const char* part : kParts) {
    if (o.contains(part)) return true;
  }
  return false;
}

}  // namespace

void decode_ds(Decoding& d) {
  Instruction& i = d.out;
  const Opcode& o = *d.opcode;
  i.format = Format::kDs;
  const u32 acc = d.is_gfx9() ? d.words.get(25, 1) << 8 : 0;
  const u32 offset0 = d.words.get(0, 8), offset1 = d.words.get(8, 8);
  i.offset = static_cast<i32>(has_two_addresses(o) ? offset0 : offset0 | offset1 << 8);
  i.offset1 = has_two_addresses(o) ? static_cast<i32>(offset1) : 0;
  i.lds = d.isa != Isa::kGfx12 && d.words.get(d.is_gfx9() ? 16 : 17, 1);
  i.returns = o.contains("_rtn");
  const bool result = has_ds_result(o);
  unsigned left = registers_of_kind(o, 'v') - (result ? 1 : 0);
  if (result) i.destination = vgpr(d.words.get(56, 8) | acc);
  if (left > 0 && !has_no_address(o)) {
    i.source[0] = vgpr(d.words.get(32, 8));
    --left;
  }
  if (left > 0) i.source[1] = vgpr(d.words.get(40, 8) | acc);
  if (left > 1) i.source[2] = vgpr(d.words.get(48, 8) | acc);
}

namespace {

// Scratch instructions without a vector address have 127 as their scalar one before gfx11 has a bit for it.
constexpr u32 kNoRegister = 127;

// Where FLAT, GLOBAL and SCRATCH keep their fields.
struct FlatFields {
  u8 vaddr, saddr, data, result, offset_bits, offset;
};

FlatFields flat_fields(Isa isa) {
  if (isa == Isa::kGfx12) return {64, 0, 55, 32, 24, 72};
  return {32, 48, 40, 56, static_cast<u8>(isa == Isa::kGfx10 ? 12 : 13), 0};
}

void flat_cache(Decoding& d) {
  const Words& w = d.words;
  if (d.isa == Isa::kGfx12) {
    d.out.cache = w.get(50, 2) | w.get(52, 3) << 2;
  } else if (d.isa == Isa::kGfx11) {
    d.out.cache = w.get(14, 1) | w.get(15, 1) << 1 | w.get(13, 1) << 2;
  } else if (d.isa == Isa::kGfx10) {
    d.out.cache = w.get(16, 1) | w.get(17, 1) << 1 | w.get(12, 1) << 2;
  } else if (is_gfx940(d)) {
    d.out.cache = w.get(16, 1) | w.get(25, 1) << 1 | w.get(17, 1) << 2;
  } else {
    d.out.cache = w.get(16, 1) | w.get(17, 1) << 1;
  }
}

bool atomic_returns(const Decoding& d) {
  return d.opcode->contains("_atomic") && (d.isa == Isa::kGfx12 ? d.out.cache >> 2 & 1 : d.out.cache & 1);
}

// Whether a scratch instruction has a vector address.
bool scratch_has_vaddr(const Decoding& d, u32 saddr) {
  switch (d.isa) {
    case Isa::kGfx90a:
      return saddr == kNoRegister;
    case Isa::kGfx942:
      return d.words.get(13, 1);
    case Isa::kGfx10:
      return saddr == 125;
    case Isa::kGfx11:
      return d.words.get(55, 1);
    default:
      return d.words.get(49, 1);
  }
}

bool has_scalar_address(const Decoding& d, u32 saddr) {
  if (d.out.format == Format::kFlat) return false;
  const u32 null = d.isa == Isa::kGfx10 ? 125 : 124;
  return d.is_gfx9() ? saddr != kNoRegister : saddr != null && saddr != kNoRegister;
}

}  // namespace

void decode_flat(Decoding& d) {
  Instruction& i = d.out;
  const FlatFields f = flat_fields(d.isa);
  flat_cache(d);
  i.returns = atomic_returns(d);
  const bool has_lds_bit = d.isa == Isa::kGfx90a || d.isa == Isa::kGfx10;
  i.lds = d.opcode->contains("_lds_") || (has_lds_bit && d.words.get(13, 1));
  if (d.opcode->operands == 0) return;  // cache control of gfx12
  const bool unsigned_offset = i.format == Format::kFlat && d.isa != Isa::kGfx12;
  i.offset =
      unsigned_offset ? static_cast<i32>(d.words.get(f.offset, f.offset_bits - 1u)) : d.words.get_signed(f.offset, f.offset_bits);
  const u32 saddr = d.words.get(f.saddr, 7);
  i.has_saddr = has_scalar_address(d, saddr);
  i.has_vaddr = !d.opcode->contains("_addtid") && (i.format != Format::kScratch || scratch_has_vaddr(d, saddr));
  const u32 acc = d.is_gfx9() ? d.words.get(55, 1) << 8 : 0;
  const Moves m = moves(d);
  if (i.has_vaddr) i.source[0] = vgpr(d.words.get(f.vaddr, 8));
  if (i.has_saddr) i.source[1] = scalar_register(d, saddr);
  if (m.data) i.source[2] = vgpr(d.words.get(f.data, 8) | acc);
  if (m.result) i.destination = vgpr(d.words.get(f.result, 8) | acc);
}

namespace {

void buffer_flags_gfx12(Decoding& d) {
  d.out.offen = d.words.get(62, 1);
  d.out.idxen = d.words.get(63, 1);
  d.out.cache = d.words.get(50, 2) | d.words.get(52, 3) << 2;
}

void buffer_flags(Decoding& d) {
  const Words& w = d.words;
  if (d.isa == Isa::kGfx12) return buffer_flags_gfx12(d);
  const bool gfx11 = d.isa == Isa::kGfx11;
  d.out.offen = w.get(gfx11 ? 54 : 12, 1);
  d.out.idxen = w.get(gfx11 ? 55 : 13, 1);
  d.out.cache = w.get(14, 1);
  if (gfx11) d.out.cache |= w.get(12, 1) << 1 | w.get(13, 1) << 2;
  if (d.isa == Isa::kGfx10) d.out.cache |= w.get(54, 1) << 1 | w.get(15, 1) << 2;
  if (is_gfx940(d)) d.out.cache |= w.get(15, 1) << 1 | w.get(17, 1) << 2;
  if (d.isa == Isa::kGfx90a) d.out.cache |= w.get(17, 1) << 1;
  d.out.lds = d.opcode->contains("_lds") || (!gfx11 && d.opcode->begins("buffer") && w.get(16, 1));
}

}  // namespace

void decode_buffer(Decoding& d) {
  Instruction& i = d.out;
  const bool gfx12 = d.isa == Isa::kGfx12;
  i.format = Format::kMubuf;
  if (d.opcode->operands == 0) return;  // cache control
  const bool typed = d.opcode->begins("tbuffer");
  if (typed) i.immediate = static_cast<i32>(gfx12 ? d.words.get(55, 7) : d.words.get(19, 7));  // the format
  if (typed && d.isa == Isa::kGfx10 && d.words.get(53, 1)) d.valid = false;  // opcodes of 16-bit data: not in the table
  buffer_flags(d);
  i.returns = atomic_returns(d);
  i.offset = gfx12 ? d.words.get_signed(72, 24) : static_cast<i32>(d.words.get(0, 12));
  const u32 acc = d.is_gfx9() ? d.words.get(55, 1) << 8 : 0;
  const Operand data = vgpr(d.words.get(gfx12 ? 32 : 40, 8) | acc);
  const Moves m = moves(d);
  if (i.offen || i.idxen) i.source[0] = vgpr(d.words.get(gfx12 ? 64 : 32, 8));
  i.source[1] = scalar_register(d, gfx12 ? d.words.get(41, 9) : 4 * d.words.get(48, 5));
  if (m.data) i.source[2] = data;
  i.source[3] = source_operand(d, gfx12 ? d.words.get(0, 7) : d.words.get(56, 8), 3);
  if (m.result) i.destination = data;
}

// A load with the `lds` bit is another instruction; DS with that bit goes to the global data share, which is not emulated.
const Record* memory_variant(const Decoding& d) {
  const Record* plain = d.opcode->record;
  if (!d.out.lds || d.opcode->contains("_lds")) return plain;
  const char* load = d.out.format == Format::kDs ? nullptr : strstr(d.opcode->name, "_load_");
  if (load == nullptr) return nullptr;
  char name[64];
  snprintf(name, sizeof name, "%.*s_load_lds_%s", static_cast<int>(load - d.opcode->name), d.opcode->name, load + strlen("_load_"));
  return find_record(name);
}

}  // namespace cw::amd
