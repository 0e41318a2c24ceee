// Moves and selections.
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

VALU(v_mov_b32, u32, (u32 a)) { return a; }
VALU(v_cndmask_b32, u32, (u32 a, u32 b, bool c)) { return c ? b : a; }
VALU(v_lshlrev_b64, u64, (u32 a, u64 b)) { return b << (a & 63); }

}  // namespace
}  // namespace cw::amd
