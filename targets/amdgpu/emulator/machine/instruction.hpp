// A decoded instruction: what a record's handler needs, resolved once.
#pragma once

#include "emulator/machine/types.hpp"

namespace cw::amd {

struct Wave;
struct Instruction;
struct Record;

// Runs one instruction for all lanes and returns the next one to run; null stops the wave (Wave::state says why).
using Handler = const Instruction* (*)(Wave& wave, const Instruction& instruction);

enum class Format : u8 {
  kNone,
  kSop1,
  kSop2,
  kSopc,
  kSopk,
  kSopp,
  kSmem,
  kVop1,
  kVop2,
  kVop3,
  kVop3sd,
  kVop3p,
  kVopc,
  kVopd,
  kMfma,
  kDs,
  kFlat,
  kGlobal,
  kScratch,
  kMubuf,
  kOther
};

// The scalar file has one numbering on every architecture; the decoder maps each encoding to it.
enum ScalarRegister : u16 {
  kVccLo = 106,
  kVccHi = 107,
  kTtmp0 = 108,  // to 123
  kM0 = 124,
  kNull = 125,  // reads as 0, writes are lost
  kExecLo = 126,
  kExecHi = 127,
  kFlatScratchLo = 128,  // gfx9 encodes it as 102, gfx10 as a hardware register
  kFlatScratchHi = 129,
  kXnackLo = 130,
  kXnackHi = 131,
  kScalarRegisters = 132,
};

enum class Kind : u8 {
  kNone,
  kVgpr,      // index; accumulation registers follow as 256 to 511
  kSgpr,      // index as in ScalarRegister
  kConstant,  // value, already in the type of the operand
  kScc,
  kVccz,
  kExecz,
  kSharedBase,  // apertures of flat addresses
  kSharedLimit,
  kPrivateBase,
  kPrivateLimit,
};

struct Operand {
  Kind kind = Kind::kNone;
  bool negate = false;    // VOP3, SDWA and DPP modifiers of floating-point operands
  bool absolute = false;  // applied before `negate`
  bool high = false;      // a 16-bit operand in the upper half of its register (op_sel, or a .h register of gfx11 and later)
  u8 select = 6;          // SDWA: 0-3 byte, 4-5 half, 6 whole register
  bool extend = false;    // SDWA: sign-extend the selected part
  u16 index = 0;
  u64 value = 0;
};

enum class Exchange : u8 { kNone, kDpp16, kDpp8 };

struct Instruction {
  Handler run = nullptr;  // null: not decoded yet
  u8 dwords = 0;          // its length: the next instruction lies that many slots on
  bool plain = false;     // no modifier, DPP, SDWA, clamp or half-register selection: handlers take their short way
  bool clamp = false;
  u8 output_modifier = 0;  // 1: times 2, 2: times 4, 3: divided by 2
  Format format = Format::kNone;
  Operand destination;
  Operand scalar_destination;  // carry out, compare mask, or the scalar result of VOP3SD
  Operand source[4];
  const Instruction* target = nullptr;  // of a branch with an immediate offset

  // How many registers the destination and each source take; set by the decoder, for checks.
  u8 destination_registers = 0, source_registers[4] = {};

  const Record* record = nullptr;
  u32 address = 0;         // byte offset in the code
  i32 immediate = 0;       // simm16, sign-extended; the literal of s_setreg_imm32 and its kin is source[0]
  i32 offset = 0;          // of memory instructions, bytes; DS: offset0, or the whole 16 bits where the instruction has one address
  i32 offset1 = 0;         // DS instructions with two addresses
  u32 cache = 0;           // glc, slc, dlc, sc0, sc1, nt, scope, th: as encoded, low bit first in that order
  bool returns = false;    // an atomic that returns the old value
  bool lds = false;        // a load that writes LDS, or gds for DS
  bool idxen = false;      // MUBUF
  bool offen = false;      // MUBUF
  bool has_saddr = false;  // global and scratch: source[1] is the scalar base
  bool has_vaddr = true;   // scratch: source[0] is there
  u8 op_sel = 0, op_sel_hi = 7;     // packed operands: which half the low and the high result take, a bit per operand
  u8 neg_low = 0, neg_high = 0;     // packed operands: negation for the low and the high result
  u8 cbsz = 0, abid = 0, blgp = 0;  // MFMA
  u8 select = 6, unused = 0;        // SDWA destination: part written, and what becomes of the rest (0 zero, 1 sign, 2 keep)
  Exchange exchange = Exchange::kNone;
  u32 lanes = 0;  // DPP16: the 9-bit control; DPP8: eight 3-bit lane numbers
  u8 row_mask = 15, bank_mask = 15;
  bool bound_control = false, fetch_inactive = false;
  const Instruction* second = nullptr;  // VOPD: the other half; the decoder has put the halves in an order that is right
};

}  // namespace cw::amd
