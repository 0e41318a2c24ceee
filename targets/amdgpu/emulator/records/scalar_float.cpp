// Floating-point numbers in scalar registers: gfx11.5 and gfx12.
#include "emulator/machine/scalar_alu.hpp"
#include "emulator/records/convert.hpp"
#include "emulator/records/float_minmax.hpp"

namespace cw::amd {
namespace {

SALU(s_add_f32, f32, (f32 a, f32 b)) { return sum(a, b); }
SALU(s_sub_f32, f32, (f32 a, f32 b)) { return a - b; }
SALU(s_mul_f32, f32, (f32 a, f32 b)) { return product(a, b); }
SALU(s_fmaak_f32, f32, (f32 a, f32 b, f32 c)) { return fused(a, b, c); }
ALIAS(s_fmac_f32, s_fmaak_f32);
ALIAS(s_fmamk_f32, s_fmaak_f32);
SALU(s_add_f16, f16, (f16 a, f16 b)) { return sum(a, b); }
SALU(s_sub_f16, f16, (f16 a, f16 b)) { return a - b; }
SALU(s_mul_f16, f16, (f16 a, f16 b)) { return product(a, b); }

SALU(s_fmac_f16, f16, (f16 a, f16 b, f16 c)) { return fused(a, b, c); }

SALU(s_min_f32, f32, (f32 a, f32 b, Mode mode)) { return min_of(a, b, mode); }
SALU(s_max_f32, f32, (f32 a, f32 b, Mode mode)) { return max_of(a, b, mode); }
SALU(s_min_f16, f16, (f16 a, f16 b, Mode mode)) { return min_of(a, b, mode); }
SALU(s_max_f16, f16, (f16 a, f16 b, Mode mode)) { return max_of(a, b, mode); }
SALU(s_min_num_f32, f32, (f32 a, f32 b)) { return min_num(a, b); }
SALU(s_max_num_f32, f32, (f32 a, f32 b)) { return max_num(a, b); }
SALU(s_min_num_f16, f16, (f16 a, f16 b)) { return min_num(a, b); }
SALU(s_max_num_f16, f16, (f16 a, f16 b)) { return max_num(a, b); }
SALU(s_minimum_f32, f32, (f32 a, f32 b)) { return minimum(a, b); }
SALU(s_maximum_f32, f32, (f32 a, f32 b)) { return maximum(a, b); }
SALU(s_minimum_f16, f16, (f16 a, f16 b)) { return minimum(a, b); }
SALU(s_maximum_f16, f16, (f16 a, f16 b)) { return maximum(a, b); }

SALU(s_ceil_f32, f32, (f32 a)) { return __builtin_ceilf(a); }
SALU(s_floor_f32, f32, (f32 a)) { return __builtin_floorf(a); }
SALU(s_trunc_f32, f32, (f32 a)) { return __builtin_truncf(a); }
SALU(s_rndne_f32, f32, (f32 a)) { return __builtin_roundevenf(a); }
SALU(s_ceil_f16, f16, (f16 a)) { return static_cast<f16>(__builtin_ceilf(widened(a))); }
SALU(s_floor_f16, f16, (f16 a)) { return static_cast<f16>(__builtin_floorf(widened(a))); }
SALU(s_trunc_f16, f16, (f16 a)) { return static_cast<f16>(__builtin_truncf(widened(a))); }
SALU(s_rndne_f16, f16, (f16 a)) { return static_cast<f16>(__builtin_roundevenf(widened(a))); }

SALU(s_cvt_f32_i32, f32, (i32 a)) { return static_cast<f32>(a); }
SALU(s_cvt_f32_u32, f32, (u32 a)) { return static_cast<f32>(a); }
SALU(s_cvt_i32_f32, i32, (f32 a)) { return saturated<i32>(__builtin_truncf(a)); }
SALU(s_cvt_u32_f32, u32, (f32 a)) { return saturated<u32>(__builtin_truncf(a)); }
SALU(s_cvt_f16_f32, f16, (f32 a, Mode mode)) { return to_half(a, mode); }
SALU(s_cvt_f32_f16, f32, (f16 a)) { return widened(a); }
SALU(s_cvt_hi_f32_f16, f32, (Pair<f16> a, Mode mode)) { return widened(mode.flushes_16 ? flushed(a.high) : a.high); }
SALU(s_cvt_pk_rtz_f16_f32, Pair<f16>, (f32 a, f32 b)) { return {cut_off(a), cut_off(b)}; }

}  // namespace
}  // namespace cw::amd
