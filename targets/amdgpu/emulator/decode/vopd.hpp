// VOPD: two vector instructions in one.
#pragma once

#include "emulator/decode/decoding.hpp"

namespace cw::amd {

// Fills `out` with the half that may run first and `second`, if not null, with the other one, which lies in the next slot of the
// program. False where an opcode does not exist.
bool decode_vopd(Decoding& d, Instruction* second);

// "v_dual_add_f32 :: v_dual_mov_b32", or null.
const char* vopd_name(Isa isa, const Words& words);

// Fills in what does not depend on the format: record, handler, `plain`.
void finish(Decoding& d);

}  // namespace cw::amd
