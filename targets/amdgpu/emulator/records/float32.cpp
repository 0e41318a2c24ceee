// Single precision arithmetic.
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

VALU(v_add_f32, f32, (f32 a, f32 b)) { return a + b; }
VALU(v_mul_f32, f32, (f32 a, f32 b)) { return a * b; }
VALU(v_fma_f32, f32, (f32 a, f32 b, f32 c)) { return __builtin_fmaf(a, b, c); }
VALU(v_cmp_lt_f32, bool, (f32 a, f32 b)) { return a < b; }

}  // namespace
}  // namespace cw::amd
