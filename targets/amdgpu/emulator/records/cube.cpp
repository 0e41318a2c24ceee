// Cube maps: which face a direction (x, y, z) meets, and where. The axis with the largest magnitude wins, z before y before x.
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

enum class Axis : u8 { kX, kY, kZ };

CW_LANE Axis major_axis(f32 x, f32 y, f32 z) {
  const f32 a = __builtin_fabsf(x), b = __builtin_fabsf(y), c = __builtin_fabsf(z);
  return c >= a && c >= b ? Axis::kZ : b >= a ? Axis::kY : Axis::kX;
}
CW_LANE f32 along(Axis axis, f32 x, f32 y, f32 z) { return axis == Axis::kZ ? z : axis == Axis::kY ? y : x; }

VALU(v_cubeid_f32, f32, (f32 x, f32 y, f32 z)) {
  const Axis axis = major_axis(x, y, z);
  const f32 first = axis == Axis::kZ ? 4.0f : axis == Axis::kY ? 2.0f : 0.0f;
  return along(axis, x, y, z) < 0.0f ? first + 1.0f : first;
}
VALU(v_cubesc_f32, f32, (f32 x, f32 y, f32 z)) {
  const Axis axis = major_axis(x, y, z);
  if (axis == Axis::kZ) return z < 0.0f ? -x : x;
  if (axis == Axis::kY) return x;
  return x < 0.0f ? z : -z;
}
VALU(v_cubetc_f32, f32, (f32 x, f32 y, f32 z)) {
  if (major_axis(x, y, z) != Axis::kY) return -y;
  return y < 0.0f ? -z : z;
}
VALU(v_cubema_f32, f32, (f32 x, f32 y, f32 z)) { return 2.0f * along(major_axis(x, y, z), x, y, z); }

}  // namespace
}  // namespace cw::amd
