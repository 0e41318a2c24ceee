// Smallest, largest and middle integers.
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

template <typename T>
T least(T a, T b) {
  return a < b ? a : b;
}
template <typename T>
T most(T a, T b) {
  return a < b ? b : a;
}
template <typename T>
T middle(T a, T b, T c) {
  return most(least(a, b), least(most(a, b), c));
}

VALU(v_min_u32, u32, (u32 a, u32 b)) { return least(a, b); }
VALU(v_max_u32, u32, (u32 a, u32 b)) { return most(a, b); }
VALU(v_min_i32, i32, (i32 a, i32 b)) { return least(a, b); }
VALU(v_max_i32, i32, (i32 a, i32 b)) { return most(a, b); }
VALU(v_min_u16, u16, (u16 a, u16 b)) { return least(a, b); }
VALU(v_max_u16, u16, (u16 a, u16 b)) { return most(a, b); }
VALU(v_min_i16, i16, (i16 a, i16 b)) { return least(a, b); }
VALU(v_max_i16, i16, (i16 a, i16 b)) { return most(a, b); }

VALU(v_min3_u32, u32, (u32 a, u32 b, u32 c)) { return least(least(a, b), c); }
VALU(v_max3_u32, u32, (u32 a, u32 b, u32 c)) { return most(most(a, b), c); }
VALU(v_med3_u32, u32, (u32 a, u32 b, u32 c)) { return middle(a, b, c); }
VALU(v_min3_i32, i32, (i32 a, i32 b, i32 c)) { return least(least(a, b), c); }
VALU(v_max3_i32, i32, (i32 a, i32 b, i32 c)) { return most(most(a, b), c); }
VALU(v_med3_i32, i32, (i32 a, i32 b, i32 c)) { return middle(a, b, c); }
VALU(v_min3_u16, Keep<u16>, (u16 a, u16 b, u16 c)) { return {least(least(a, b), c)}; }
VALU(v_max3_u16, Keep<u16>, (u16 a, u16 b, u16 c)) { return {most(most(a, b), c)}; }
VALU(v_med3_u16, Keep<u16>, (u16 a, u16 b, u16 c)) { return {middle(a, b, c)}; }
VALU(v_min3_i16, Keep<i16>, (i16 a, i16 b, i16 c)) { return {least(least(a, b), c)}; }
VALU(v_max3_i16, Keep<i16>, (i16 a, i16 b, i16 c)) { return {most(most(a, b), c)}; }
VALU(v_med3_i16, Keep<i16>, (i16 a, i16 b, i16 c)) { return {middle(a, b, c)}; }

VALU(v_maxmin_u32, u32, (u32 a, u32 b, u32 c)) { return least(most(a, b), c); }
VALU(v_minmax_u32, u32, (u32 a, u32 b, u32 c)) { return most(least(a, b), c); }
VALU(v_maxmin_i32, i32, (i32 a, i32 b, i32 c)) { return least(most(a, b), c); }
VALU(v_minmax_i32, i32, (i32 a, i32 b, i32 c)) { return most(least(a, b), c); }

}  // namespace
}  // namespace cw::amd
