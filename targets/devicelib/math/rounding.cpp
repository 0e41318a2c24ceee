// Rounding to an integral value, absolute value, sign and square root: one IEEE operation each.
#include "math/core.h"

#define CW_ROUNDING(type, suffix)                                                           \
  CW_MATH("floor." #suffix, type, floor_##suffix, (type x)) { return cw::floor(x); }        \
  CW_MATH("ceil." #suffix, type, ceil_##suffix, (type x)) { return cw::ceil(x); }           \
  CW_MATH("trunc." #suffix, type, trunc_##suffix, (type x)) { return cw::trunc(x); }        \
  CW_MATH("rint." #suffix, type, rint_##suffix, (type x)) { return cw::rint(x); }           \
  CW_MATH("nearbyint." #suffix, type, nearbyint_##suffix, (type x)) { return cw::rint(x); } \
  CW_MATH("sqrt." #suffix, type, sqrt_##suffix, (type x)) { return cw::sqrt(x); }

CW_ROUNDING(float, f32)
CW_ROUNDING(double, f64)
