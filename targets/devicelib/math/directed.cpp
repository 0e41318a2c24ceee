// add, mul, div, sqrt and fma rounded toward zero, up and down; to nearest what compiler options would relax in the user's code.
#include "math/rounding.h"

#define CW_DIRECTED(mode, Name, type, suffix)                                                     \
  CW_MATH_WEAK("add." #mode "." #suffix, type, add_##mode##_##suffix, (type a, type b)) {         \
    return cw::add_rounded<type, cw::Mode::Name>(a, b);                                           \
  }                                                                                               \
  CW_MATH_WEAK("mul." #mode "." #suffix, type, mul_##mode##_##suffix, (type a, type b)) {         \
    return cw::mul_rounded<type, cw::Mode::Name>(a, b);                                           \
  }                                                                                               \
  CW_MATH_WEAK("div." #mode "." #suffix, type, div_##mode##_##suffix, (type a, type b)) {         \
    return cw::div_rounded<type, cw::Mode::Name>(a, b);                                           \
  }                                                                                               \
  CW_MATH_WEAK("sqrt." #mode "." #suffix, type, sqrt_##mode##_##suffix, (type x)) {               \
    return cw::sqrt_rounded<type, cw::Mode::Name>(x);                                             \
  }                                                                                               \
  CW_MATH_WEAK("fma." #mode "." #suffix, type, fma_##mode##_##suffix, (type a, type b, type c)) { \
    return cw::fma_rounded<type, cw::Mode::Name>(a, b, c);                                        \
  }
#define CW_DIRECTED_MODES(type, suffix) \
  CW_DIRECTED(rz, zero, type, suffix)   \
  CW_DIRECTED(ru, up, type, suffix)     \
  CW_DIRECTED(rd, down, type, suffix)

CW_DIRECTED_MODES(float, f32)
CW_DIRECTED_MODES(double, f64)

CW_MATH("div.rn.f32", float, div_rn_f32, (float a, float b)) { return a / b; }
CW_MATH("sqrt.rn.f32", float, sqrt_rn_f32, (float x)) { return cw::sqrt(x); }
