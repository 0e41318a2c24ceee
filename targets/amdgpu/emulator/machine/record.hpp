// One instruction, one record: its name, the types of its operands, and what it does. Records announce themselves at load.
#pragma once

#include "emulator/machine/instruction.hpp"
#include "emulator/machine/program.hpp"

namespace cw::amd {

// How constants among the operands are to be read: an inline constant 1.0 has other bits as f16, f32 or f64.
enum class Type : u8 { kB32, kB64, kB16, kF16, kF32, kF64, kBf16, kPackedF16, kPackedBf16, kPackedB16, kPackedF32 };

struct Record {
  const char* name;  // as LLVM's assembler writes it, without _e32, _e64, _dpp, _sdwa
  Handler run32;
  Handler run64;
  Type types[4] = {Type::kB32, Type::kB32, Type::kB32, Type::kB32};  // of source[0..3]
  Type result = Type::kB32;                                          // where it is computed by a function: what MODE rounds it as
  const char* alias_of = nullptr;
  Record* next = nullptr;
  Record* next_in_bucket = nullptr;  // of those found by name
  mutable u64 executed[kIsas] = {};  // counted where CROSSWARP_EMU_COUNT asks for it (scripts/emulator_coverage.py)
};

// The record of a name, or null.
const Record* find_record(const char* name);
const Record* all_records();

struct Announce {
  Record record;
  explicit Announce(const Record& what);
  Announce(const char* name, const char* alias_of);
};

#define CW_JOIN2(a, b) a##b
#define CW_JOIN(a, b) CW_JOIN2(a, b)
#define CW_ANNOUNCE(...) static const ::cw::amd::Announce CW_JOIN(announce_, __COUNTER__)(::cw::amd::Record{__VA_ARGS__})

// An instruction written over the whole wave: `RECORD(s_nop) { return after(i); }`. `W` is the number of lanes, `w` the wave, `i`
// the instruction. Types of the operands follow the name where they are not all b32.
#define RECORD(name, ...)                                                                         \
  template <unsigned W>                                                                           \
  static const ::cw::amd::Instruction* name(::cw::amd::Wave& w, const ::cw::amd::Instruction& i); \
  CW_ANNOUNCE(#name, &name<32>, &name<64> __VA_OPT__(, {__VA_ARGS__}));                           \
  template <unsigned W>                                                                           \
  static const ::cw::amd::Instruction* name([[maybe_unused]] ::cw::amd::Wave& w, [[maybe_unused]] const ::cw::amd::Instruction& i)

// Another name of an instruction on another architecture.
#define ALIAS(name, of) static const ::cw::amd::Announce CW_JOIN(announce_, __COUNTER__)(#name, #of)

}  // namespace cw::amd
