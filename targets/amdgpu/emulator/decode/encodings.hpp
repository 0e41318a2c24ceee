// Which encoding an instruction has: the fixed bits of its first dword.
#pragma once

#include "emulator/decode/decoding.hpp"

namespace cw::amd {

struct Encoding {
  u32 mask, value;  // of the first dword
  Table table;
  u8 opcode_low, opcode_bits;
  u8 dwords;  // without literal, DPP, SDWA
  void (*decode)(Decoding&);
};

// Null where no encoding has these bits. VOPD is not among them: is_vopd.
const Encoding* find_encoding(Isa isa, u32 first);

inline bool is_vopd(Isa isa, u32 first) { return isa >= Isa::kGfx11 && first >> 26 == 0x32; }

}  // namespace cw::amd
