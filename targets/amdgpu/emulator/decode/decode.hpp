// Machine code to instructions. Encodings: AMD's ISA documents; opcode numbers: decode/opcodes/*.tsv (scripts/make_amd_opcodes.py).
#pragma once

#include "emulator/machine/program.hpp"

namespace cw::amd {

// Decodes the instruction at `address` (a byte offset, a multiple of 4) of a program. `run` is the record's handler, or one that
// stops the wave and names the instruction where there is no record, the bytes where there is no such encoding. `program` is used
// for the targets of branches.
Instruction decode_instruction(const Program& program, u32 address);

// The name of the instruction at an address as LLVM's assembler writes it, or null where the encoding is not known.
const char* name_at(const Program& program, u32 address);

}  // namespace cw::amd
