// Math, rounding, casts and cached access, one value each.
#include <cmath>

#include "check.h"

__global__ void scalar_functions(float* q) {
  CHECK(max(1u, 2) == 2u);
  CHECK(min(-1, 2u) == 2u);
  CHECK(fmaxf(NAN, 1.f) == 1.f);
  CHECK(lrintf(2.5f) == 2 && lroundf(2.5f) == 3);
  CHECK(__float2int_rd(-1.5f) == -2 && __float2uint_rz(-1.f) == 0 && __float2int_rn(1e20f) == 2147483647);
  CHECK(rint(2.5) == 2 && round(2.5) == 3 && trunc(-2.5) == -2);
  CHECK(__fadd_rd(1.f, 1e-10f) == 1.f && __fadd_ru(1.f, 1e-10f) > 1.f);
  CHECK(isnan(sqrtf(-1.f)));
  CHECK(abs(-3) == 3 && std::abs(-3.5f) == 3.5f && fabs(-2.) == 2);
  float s, c;
  sincosf(0.f, &s, &c);
  CHECK(s == 0 && c == 1);
  CHECK(fabsf(rsqrtf(4.f) - .5f) < 1e-6f);
  CHECK(std::pow(2.0, 3) == 8);
  CHECK(ldexpf(1.f, 4) == 16 && ilogb(8.0) == 3);
  int e;
  CHECK(frexp(8., &e) == .5 && e == 4);
  float ip;
  CHECK(modff(2.5f, &ip) == .5f && ip == 2);
  CHECK(fdim(3., 1.) == 2 && fdimf(1.f, 3.f) == 0);
  CHECK(__saturatef(2.f) == 1 && __saturatef(NAN) == 0);
  CHECK(__ldg(q) == 1.f && __ldg((float4*)q).w == 4.f);
  __stcs(q + 4, 7.f);
  CHECK(q[4] == 7.f);
  CHECK(warpSize == 32);
  CHECK(copysignf(1.f, -2.f) == -1.f && signbit(-0.0));
  CHECK(__isnanf(NAN) && !__isnan(1.) && __isinff(-INFINITY) && !__isinf(NAN));
  CHECK(__finitef(1.f) && !__finite(-HUGE_VAL) && __signbitf(-0.f) && !__signbit(1.));
  CHECK(fmod(5.5, 2.) == 1.5);
  CHECK(hypotf(3.f, 4.f) == 5.f);
  CHECK(exp2f(3.f) == 8.f);
  CHECK(cbrt(27.) == 3.);
  CHECK(tgamma(5.) == 24. || fabs(tgamma(5.) - 24) < 1e-12);
  CHECK(norm3df(1, 2, 2) == 3.f);
  CHECK(__isGlobal(q));
  CHECK(fabs(normcdf(0.) - .5) < 1e-15);
  CHECK(erfinv(0.) == 0);
  CHECK(sinpi(1.0) == 0 && cospi(1.0) == -1);
  CHECK(fabsf(j0f(0.f) - 1) < 1e-6f);
  CHECK(max(1.f, 2.) == 2.);
  uint3 t = threadIdx;
  dim3 d = blockDim;
  CHECK(t.x == threadIdx.x && d.x == 1);
}
int main() {
  float* q;
  cudaMallocManaged(&q, 64 * sizeof(float));
  for (int i = 0; i < 16; ++i) q[i] = i + 1;
  scalar_functions<<<1, 1>>>(q);
  return finish();
}
