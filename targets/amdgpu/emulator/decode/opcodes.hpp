// The instructions of each instruction set: opcodes/<isa>.inc (scripts/make_amd_opcodes.py writes them), read when first asked for.
#pragma once

#include "emulator/machine/program.hpp"
#include "emulator/machine/record.hpp"

namespace cw::amd {

// The tables' formats. VOPD has two opcodes: one for each half.
enum class Table : u8 {
  kSop1,
  kSop2,
  kSopc,
  kSopk,
  kSopp,
  kSmem,
  kVop1,
  kVop2,
  kVop3,
  kVop3p,
  kVopc,
  kVopdX,
  kVopdY,
  kDs,
  kFlat,
  kGlobal,
  kScratch,
  kMubuf,
  kMtbuf,
  kTables
};

constexpr unsigned kMaxOperands = 7;

struct Opcode {
  const char* name = nullptr;
  const Record* record = nullptr;  // null: known, but not emulated
  u8 operands = 0;
  char kind[kMaxOperands] = {};  // as the assembler writes them, from left to right: v, s, a, h, m, i (scripts/make_amd_opcodes.py)
  u8 registers[kMaxOperands] = {};

  bool begins(const char* prefix) const;
  bool contains(const char* part) const;
};

// Null where there is no such instruction.
const Opcode* find_opcode(Isa isa, Table table, u32 number);

}  // namespace cw::amd
