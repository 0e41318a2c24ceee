// Machine code to instructions. Encodings: AMD's ISA documents; opcode numbers: decode/opcodes/*.inc (scripts/make_amd_opcodes.py).
//
// Which source holds what (absent operands are Kind::kNone; VALU sources are in the order of the encoding, src0, src1, src2):
//   DS                    source[0] address VGPR, source[1] data0, source[2] data1; destination
//   FLAT/GLOBAL/SCRATCH   source[0] vaddr, source[1] saddr (Sgpr; kNone when off), source[2] data VGPR; destination
//   MUBUF/MTBUF           source[0] vaddr, source[1] srsrc (first of 4 SGPRs), source[2] vdata, source[3] soffset; destination =
//   vdata
//                         where something is loaded or returned
//   SMEM                  source[0] sbase, source[1] soffset (register or kNone), source[2] sdata of stores and atomics; `offset`
//   the
//                         immediate; destination = sdata of loads
//   SOPK                  destination = source[0] = sdst, `immediate` = simm16; s_getreg/s_setreg: `immediate` = the hwreg bits (id
//   in
//                         5:0, offset 10:6, size - 1 15:11); s_setreg writes the register out of source[0]; s_setreg_imm32_b32
//                         takes the literal of source[0]; compares: source[0]
//   SOPP                  `immediate` = simm16; `target` of branches; s_call_b64: destination and `target`
//   v_cndmask_b32         source[2] the mask (VCC in VOP2)
//   carry in              source[2] the mask (VCC in VOP2); carry out: scalar_destination (VCC in VOP2)
//   v_cmp*                scalar_destination; v_cmpx*: EXEC on gfx10 and later; on gfx9 the encoded mask, and EXEC besides
//   v_div_scale           VOP3SD: scalar_destination the mask
//   v_fmac, v_mac, v_dot2c, v_pk_fmac   source[2] = destination with its own old value
//   v_fmamk/v_madmk d, a, K, b          source[0] a, source[1] K, source[2] b: always a * source[1] + source[2]
//   v_fmaak/v_madak d, a, b, K          source[0] a, source[1] b, source[2] K: always a * b + K
//   v_readlane/v_readfirstlane          destination is a Kind::kSgpr
//   v_writelane           source[2] = destination, for the lanes that are kept
//   v_swap, v_swaprel     destination and source[0], both written
//   v_div_fmas            source[3] = VCC
//   s_cmov, s_bitset      source[1] = destination with its old value
//   s_sendmsg_rtn         `immediate` = the message
//   MFMA, WMMA            source[0] A, source[1] B, source[2] C; cbsz, abid, blgp; destination. v_smfmac: source[2] the index, C is
//   the destination.
//                         Accumulation registers are VGPR 256 to 511, in memory instructions too.
#pragma once

#include "emulator/machine/program.hpp"

namespace cw::amd {

// Decodes the instruction at `address` (a byte offset, a multiple of 4) of a program. `run` is the record's handler, or one that
// stops the wave and names the instruction where there is no record, the bytes where there is no such encoding. `program` is used
// for the targets of branches. VOPD becomes two instructions: `second` gets the half that runs second, for the slot behind the
// first.
Instruction decode_instruction(const Program& program, u32 address, Instruction* second = nullptr);

// The name of the instruction at an address as LLVM's assembler writes it, or null where the encoding is not known.
const char* name_at(const Program& program, u32 address);

}  // namespace cw::amd
