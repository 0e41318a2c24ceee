// Vector shifts. The amount is the first operand ("rev"), and its high bits do not count.
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

VALU(v_lshlrev_b32, u32, (u32 a, u32 b)) { return b << (a & 31); }
VALU(v_lshrrev_b32, u32, (u32 a, u32 b)) { return b >> (a & 31); }
VALU(v_ashrrev_i32, i32, (u32 a, i32 b)) { return b >> (a & 31); }
VALU(v_lshlrev_b16, u16, (u16 a, u16 b)) { return static_cast<u16>(b << (a & 15)); }
VALU(v_lshrrev_b16, u16, (u16 a, u16 b)) { return static_cast<u16>(b >> (a & 15)); }
VALU(v_ashrrev_i16, i16, (u16 a, i16 b)) { return static_cast<i16>(b >> (a & 15)); }
VALU(v_lshlrev_b64, u64, (u32 a, u64 b)) { return b << (a & 63); }
VALU(v_lshrrev_b64, u64, (u32 a, u64 b)) { return b >> (a & 63); }
VALU(v_ashrrev_i64, i64, (u32 a, i64 b)) { return b >> (a & 63); }

}  // namespace
}  // namespace cw::amd
