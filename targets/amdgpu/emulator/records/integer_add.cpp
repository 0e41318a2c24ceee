// Integer addition and subtraction. With clamp they saturate.
#include "emulator/machine/saturate.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

VALU(v_add_nc_u32, u32, (u32 a, u32 b, Clamp clamp)) { return add(a, b, clamp); }
VALU(v_sub_nc_u32, u32, (u32 a, u32 b, Clamp clamp)) { return subtract(a, b, clamp); }
VALU(v_subrev_nc_u32, u32, (u32 a, u32 b, Clamp clamp)) { return subtract(b, a, clamp); }
VALU(v_add_nc_i32, i32, (i32 a, i32 b, Clamp clamp)) { return add(a, b, clamp); }
VALU(v_sub_nc_i32, i32, (i32 a, i32 b, Clamp clamp)) { return subtract(a, b, clamp); }
VALU(v_add_nc_u16, u16, (u16 a, u16 b, Clamp clamp)) { return add(a, b, clamp); }
VALU(v_sub_nc_u16, u16, (u16 a, u16 b, Clamp clamp)) { return subtract(a, b, clamp); }
VALU(v_subrev_u16, u16, (u16 a, u16 b, Clamp clamp)) { return subtract(b, a, clamp); }
VALU(v_add_nc_i16, Keep<i16>, (i16 a, i16 b, Clamp clamp)) { return {add(a, b, clamp)}; }
VALU(v_sub_nc_i16, Keep<i16>, (i16 a, i16 b, Clamp clamp)) { return {subtract(a, b, clamp)}; }
ALIAS(v_add_u32, v_add_nc_u32);  // gfx9
ALIAS(v_sub_u32, v_sub_nc_u32);
ALIAS(v_subrev_u32, v_subrev_nc_u32);
ALIAS(v_add_i32, v_add_nc_i32);
ALIAS(v_sub_i32, v_sub_nc_i32);
ALIAS(v_add_u16, v_add_nc_u16);
ALIAS(v_sub_u16, v_sub_nc_u16);
ALIAS(v_add_i16, v_add_nc_i16);
ALIAS(v_sub_i16, v_sub_nc_i16);

// With carry out, and with carry in as well.
Carried<u32> add_carry(u32 a, u32 b, bool in, Clamp clamp) {
  const u64 sum = u64{a} + b + in;
  const bool carry = sum >> 32 != 0;
  return {carry && clamp.on ? 0xffffffffu : static_cast<u32>(sum), carry};
}
Carried<u32> subtract_borrow(u32 a, u32 b, bool in, Clamp clamp) {
  const bool borrow = u64{b} + in > a;
  return {borrow && clamp.on ? 0u : a - b - in, borrow};
}
VALU(v_add_co_u32, Carried<u32>, (u32 a, u32 b, Clamp clamp)) { return add_carry(a, b, false, clamp); }
VALU(v_sub_co_u32, Carried<u32>, (u32 a, u32 b, Clamp clamp)) { return subtract_borrow(a, b, false, clamp); }
VALU(v_subrev_co_u32, Carried<u32>, (u32 a, u32 b, Clamp clamp)) { return subtract_borrow(b, a, false, clamp); }
VALU(v_add_co_ci_u32, Carried<u32>, (u32 a, u32 b, bool in, Clamp clamp)) { return add_carry(a, b, in, clamp); }
VALU(v_sub_co_ci_u32, Carried<u32>, (u32 a, u32 b, bool in, Clamp clamp)) { return subtract_borrow(a, b, in, clamp); }
VALU(v_subrev_co_ci_u32, Carried<u32>, (u32 a, u32 b, bool in, Clamp clamp)) { return subtract_borrow(b, a, in, clamp); }
ALIAS(v_addc_co_u32, v_add_co_ci_u32);  // gfx9
ALIAS(v_subb_co_u32, v_sub_co_ci_u32);
ALIAS(v_subbrev_co_u32, v_subrev_co_ci_u32);

VALU(v_add3_u32, u32, (u32 a, u32 b, u32 c)) { return a + b + c; }
VALU(v_xad_u32, u32, (u32 a, u32 b, u32 c)) { return (a ^ b) + c; }
VALU(v_lshl_add_u32, u32, (u32 a, u32 b, u32 c)) { return (a << (b & 31)) + c; }
VALU(v_add_lshl_u32, u32, (u32 a, u32 b, u32 c)) { return (a + b) << (c & 31); }
// The shift is 0 to 4: the instruction takes no more.
VALU(v_lshl_add_u64, u64, (u64 a, u32 b, u64 c)) { return (a << (b & 7)) + c; }

}  // namespace
}  // namespace cw::amd
