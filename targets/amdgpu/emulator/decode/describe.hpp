// Decoded instructions as text, for tests and for people.
#pragma once

#include <stddef.h>

#include "emulator/machine/program.hpp"

namespace cw::amd {

// One line of JSON with the fields of machine/instruction.hpp. Operands: "v3", "a3", "s3", "0x3f800000" (a constant), "scc", ...;
// with modifiers "-|v3|", "v3.h", "v3.sel2", "v3.sext". False where it does not fit in `size` bytes.
bool describe(const Instruction& instruction, char* text, size_t size);

// The instruction at a byte offset; `half` 1: the second of VOPD. False also where the offset is not an instruction's.
bool describe_at(const Program& program, u64 offset, u32 half, char* text, size_t size);

}  // namespace cw::amd
