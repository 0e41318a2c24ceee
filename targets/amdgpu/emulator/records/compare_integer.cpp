// Integer comparisons: a bit a lane.
#include "emulator/machine/compare.hpp"

namespace cw::amd {
namespace {

#define COMPARE_INTEGERS(T)                      \
  COMPARE(f_##T, (T, T)) { return false; }       \
  COMPARE(lt_##T, (T a, T b)) { return a < b; }  \
  COMPARE(eq_##T, (T a, T b)) { return a == b; } \
  COMPARE(le_##T, (T a, T b)) { return a <= b; } \
  COMPARE(gt_##T, (T a, T b)) { return a > b; }  \
  COMPARE(ne_##T, (T a, T b)) { return a != b; } \
  COMPARE(ge_##T, (T a, T b)) { return a >= b; } \
  COMPARE(t_##T, (T, T)) { return true; }        \
  static_assert(sizeof(T) >= 2)

COMPARE_INTEGERS(u16);
COMPARE_INTEGERS(i16);
COMPARE_INTEGERS(u32);
COMPARE_INTEGERS(i32);
COMPARE_INTEGERS(u64);
COMPARE_INTEGERS(i64);

}  // namespace
}  // namespace cw::amd
