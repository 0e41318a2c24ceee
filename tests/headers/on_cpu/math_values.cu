// One value of each function of the mathematics, to about the accuracy that CUDA documents.
#include "check.h"

__device__ bool near(double got, double want, double relative) { return fabs(got - want) <= relative * fmax(fabs(want), 1e-3); }
#define F(expression, want) CHECK(near(expression, want, 2e-6))
#define D(expression, want) CHECK(near(expression, want, 1e-14))
#define FAST(expression, want) CHECK(near(expression, want, 2e-4))

__global__ void trigonometric(float h, float one, float two) {
  F(acosf(h), 1.0471975511965979);
  D(acos(double(h)), 1.0471975511965979);
  F(asinf(h), 0.52359877559829887);
  D(asin(double(h)), 0.52359877559829887);
  F(atanf(h), 0.46364760900080612);
  D(atan(double(h)), 0.46364760900080612);
  F(atan2f(h, two), 0.24497866312686414);
  D(atan2(double(h), double(two)), 0.24497866312686414);
  F(cosf(h), 0.87758256189037271);
  D(cos(double(h)), 0.87758256189037271);
  F(sinf(h), 0.47942553860420301);
  D(sin(double(h)), 0.47942553860420301);
  F(tanf(h), 0.54630248984379051);
  D(tan(double(h)), 0.54630248984379051);
  F(cospif(h * h), 0.70710678118654752);
  D(cospi(double(h) * h), 0.70710678118654752);
  F(sinpif(h * h), 0.70710678118654752);
  D(sinpi(double(h) * h), 0.70710678118654752);
  float s, c;
  sincosf(h, &s, &c);
  F(s, 0.47942553860420301);
  F(c, 0.87758256189037271);
  double ds, dc;
  sincos(double(h), &ds, &dc);
  D(ds, 0.47942553860420301);
  D(dc, 0.87758256189037271);
  sincospif(h * h, &s, &c);
  F(s, 0.70710678118654752);
  F(c, 0.70710678118654752);
  sincospi(double(h) * h, &ds, &dc);
  D(ds, 0.70710678118654752);
  D(dc, 0.70710678118654752);
  F(coshf(one), 1.5430806348152437);
  D(cosh(double(one)), 1.5430806348152437);
  F(sinhf(one), 1.1752011936438014);
  D(sinh(double(one)), 1.1752011936438014);
  F(tanhf(one), 0.76159415595576489);
  D(tanh(double(one)), 0.76159415595576489);
  F(acoshf(two), 1.3169578969248166);
  D(acosh(double(two)), 1.3169578969248166);
  F(asinhf(one), 0.88137358701954305);
  D(asinh(double(one)), 0.88137358701954305);
  F(atanhf(h), 0.54930614433405489);
  D(atanh(double(h)), 0.54930614433405489);
}

__global__ void exponential(float h, float one, float two) {
  F(expf(one), 2.7182818284590451);
  D(exp(double(one)), 2.7182818284590451);
  F(exp2f(h), 1.4142135623730951);
  D(exp2(double(h)), 1.4142135623730951);
  F(exp10f(h), 3.1622776601683795);
  D(exp10(double(h)), 3.1622776601683795);
  F(expm1f(h), 0.64872127070012819);
  D(expm1(double(h)), 0.64872127070012819);
  F(logf(two), 0.69314718055994529);
  D(log(double(two)), 0.69314718055994529);
  F(log2f(h), -1);
  D(log2(double(h)), -1);
  F(log10f(two), 0.3010299956639812);
  D(log10(double(two)), 0.3010299956639812);
  F(log1pf(h), 0.40546510810816438);
  D(log1p(double(h)), 0.40546510810816438);
  F(logbf(two * two), 2);
  D(logb(double(two) * two), 2);
  F(powf(two, h), 1.4142135623730951);
  D(pow(double(two), double(h)), 1.4142135623730951);
  F(sqrtf(two), 1.4142135623730951);
  D(sqrt(double(two)), 1.4142135623730951);
  F(rsqrtf(two), 0.70710678118654752);
  D(rsqrt(double(two)), 0.70710678118654752);
  F(cbrtf(two), 1.2599210498948732);
  D(cbrt(double(two)), 1.2599210498948732);
  F(rcbrtf(two), 0.79370052598409979);
  D(rcbrt(double(two)), 0.79370052598409979);
  F(hypotf(3 * one, 2 * two), 5);
  D(hypot(3.0 * one, 2.0 * two), 5);
  F(rhypotf(3 * one, 2 * two), 0.2);
  D(rhypot(3.0 * one, 2.0 * two), 0.2);
  F(norm3df(one, two, two), 3);
  D(norm3d(double(one), double(two), double(two)), 3);
  F(rnorm3df(one, two, two), 1 / 3.0);
  D(rnorm3d(double(one), double(two), double(two)), 1 / 3.0);
  F(norm4df(one, one, one, one), 2);
  D(norm4d(double(one), double(one), double(one), double(one)), 2);
  F(rnorm4df(one, one, one, one), h);
  D(rnorm4d(double(one), double(one), double(one), double(one)), 0.5);
  const float line[] = {2 * one, 3 * one, 6 * one};
  const double doubles[] = {2.0 * one, 3.0 * one, 6.0 * one};
  F(normf(3, line), 7);
  D(norm(3, doubles), 7);
  F(rnormf(3, line), 1 / 7.0);
  D(rnorm(3, doubles), 1 / 7.0);
}

__global__ void special(float h, float one, float two) {
  F(erff(h), 0.52049987781304652);
  D(erf(double(h)), 0.52049987781304652);
  F(erfcf(h), 0.47950012218695348);
  D(erfc(double(h)), 0.47950012218695348);
  CHECK(near(erfcxf(h), 0.61569034419292590, 1e-5));
  CHECK(near(erfcx(double(h)), 0.61569034419292590, 1e-13));
  CHECK(near(erfinvf(h), 0.47693627620446987, 1e-5));
  CHECK(near(erfinv(double(h)), 0.47693627620446987, 1e-13));
  CHECK(near(erfcinvf(h), 0.47693627620446987, 1e-5));
  CHECK(near(erfcinv(double(h)), 0.47693627620446987, 1e-13));
  CHECK(near(normcdff(one), 0.84134474606854293, 1e-5));
  CHECK(near(normcdf(double(one)), 0.84134474606854293, 1e-13));
  CHECK(near(normcdfinvf(h * h), -0.67448975019608171, 1e-5));
  CHECK(near(normcdfinv(double(h) * h), -0.67448975019608171, 1e-13));
  F(tgammaf(5 * one), 24);
  D(tgamma(5.0 * one), 24);
  CHECK(near(lgammaf(5 * one), 3.1780538303479458, 1e-5));
  CHECK(near(lgamma(5.0 * one), 3.1780538303479458, 1e-13));
  CHECK(near(j0f(one), 0.76519768655796655, 1e-5));
  CHECK(near(j0(double(one)), 0.76519768655796655, 1e-13));
  CHECK(near(j1f(one), 0.44005058574493355, 1e-5));
  CHECK(near(j1(double(one)), 0.44005058574493355, 1e-13));
  CHECK(near(jnf(2, one), 0.11490348493190047, 1e-4));
  CHECK(near(jn(2, double(one)), 0.11490348493190047, 1e-12));
  CHECK(near(y0f(one), 0.088256964215676956, 1e-4));
  CHECK(near(y0(double(one)), 0.088256964215676956, 1e-12));
  CHECK(near(y1f(one), -0.78121282130028868, 1e-5));
  CHECK(near(y1(double(one)), -0.78121282130028868, 1e-13));
  CHECK(near(ynf(2, one), -1.6506826068162543, 1e-4));
  CHECK(near(yn(2, double(one)), -1.6506826068162543, 1e-12));
  CHECK(near(cyl_bessel_i0f(one), 1.2660658777520084, 1e-5));
  CHECK(near(cyl_bessel_i0(double(one)), 1.2660658777520084, 1e-13));
  CHECK(near(cyl_bessel_i1f(one), 0.56515910399248503, 1e-5));
  CHECK(near(cyl_bessel_i1(double(one)), 0.56515910399248503, 1e-13));
}

__global__ void rounding(float h, float one, float two) {
  float whole;
  double dwhole;
  int bits;
  F(modff(two + h, &whole), 0.5);
  F(whole, 2);
  D(modf(double(two) + h, &dwhole), 0.5);
  D(dwhole, 2);
  F(frexpf(5 * one, &bits), 0.625);
  CHECK(bits == 3);
  D(frexp(5.0 * one, &bits), 0.625);
  CHECK(bits == 3);
  F(ldexpf(h, 3), 4);
  F(scalbnf(h, 3), 4);
  F(scalblnf(h, 3), 4);
  D(scalbn(double(h), 3), 4);
  D(scalbln(double(h), 3), 4);
  F(fmodf(5 * one, 3 * one), 2);
  F(remainderf(5 * one, 3 * one), -1);
  D(remainder(5.0 * one, 3.0 * one), -1);
  F(remquof(5 * one, 3 * one, &bits), -1);
  CHECK((bits & 7) == 2);
  D(remquo(5.0 * one, 3.0 * one, &bits), -1);
  CHECK((bits & 7) == 2);
  F(ceilf(h), 1);
  CHECK(floorf(h) == 0);
  F(truncf(two + h), 2);
  F(roundf(two + h), 3);
  F(rintf(two + h), 2);
  F(nearbyintf(two + h), 2);
  CHECK(lroundf(two + h) == 3 && llroundf(two + h) == 3 && lrintf(two + h) == 2 && llrintf(two + h) == 2);
  CHECK(lround(double(two) + h) == 3 && llround(double(two) + h) == 3 && lrint(double(two) + h) == 2 &&
        llrint(double(two) + h) == 2);
  CHECK(ilogbf(5 * one) == 2 && ilogb(5.0 * one) == 2);
  F(fdimf(two, h), 1.5);
  D(fdim(double(two), double(h)), 1.5);
  F(fabsf(-h), 0.5);
  F(copysignf(h, -one), -0.5);
  F(fmaxf(h, one), 1);
  F(fminf(h, one), 0.5);
  F(fmaf(h, two, one), 2);
  F(fdividef(one, two), 0.5);
  CHECK(nextafterf(one, two) > one && nextafterf(one, two) < one + 2e-7f);
  CHECK(nextafter(double(one), 2.0) > one && nextafter(double(one), 2.0) < one + 4e-16);
  CHECK(isnan(nanf("")) && isnan(nan("")) && isinf(one / (one - 1)) && isfinite(h) && signbit(-h));
}

__global__ void fast(float h, float one, float two) {
  FAST(__sinf(h), 0.479425538);
  FAST(__cosf(h), 0.877582561);
  FAST(__tanf(h), 0.546302489);
  float s, c;
  __sincosf(h, &s, &c);
  FAST(s, 0.479425538);
  FAST(c, 0.877582561);
  FAST(__expf(one), 2.718281828);
  FAST(__exp10f(h), 3.162277660);
  FAST(__powf(two, h), 1.414213562);
  FAST(__logf(two), 0.693147180);
  FAST(__log2f(two * two), 2);
  FAST(__log10f(two), 0.301029995);
  FAST(__fdividef(one, two), 0.5);
  F(__frsqrt_rn(two), 0.70710678118654752);
  FAST(__saturatef(two), 1);
  const float third = 3 * one;
  CHECK(__fdiv_rd(one, third) < __fdiv_ru(one, third) && __fdiv_rz(one, third) == __fdiv_rd(one, third));
  F(__fdiv_rn(one, third), 1 / 3.0);
  F(__frcp_rn(third), 1 / 3.0);
  F(__fsqrt_rn(two), 1.4142135623730951);
  CHECK(__frcp_rd(third) < __frcp_ru(third) && __frcp_rz(third) == __frcp_rd(third));
  CHECK(__fsqrt_rd(two) < __fsqrt_ru(two) && __fsqrt_rz(two) == __fsqrt_rd(two));
  const float tiny = 1e-9f;
  CHECK(__fadd_rz(one, tiny) == one && __fsub_rd(one, tiny) < one && __fsub_ru(one, tiny) == one);
  CHECK(__fsub_rz(one, tiny) < one && __fsub_rn(one, tiny) == one);
  const float more = one + 1.1920929e-7f;  // its square lies between two floats
  CHECK(__fmul_rd(more, more) < __fmul_ru(more, more) && __fmul_rz(more, more) == __fmul_rd(more, more));
  F(__fmul_rn(more, more), 1);
  CHECK(__fmaf_rd(one, one, tiny) == one && __fmaf_ru(one, one, tiny) > one && __fmaf_rz(one, one, tiny) == one);
  CHECK(__fmaf_rn(one, one, tiny) == one);
  const double d = third, small = 1e-20;
  CHECK(__ddiv_rd(1, d) < __ddiv_ru(1, d) && __ddiv_rz(1, d) == __ddiv_rd(1, d));
  D(__ddiv_rn(1, d), 1 / 3.0);
  CHECK(__drcp_rd(d) < __drcp_ru(d) && __drcp_rz(d) == __drcp_rd(d));
  D(__drcp_rn(d), 1 / 3.0);
  CHECK(__dsqrt_rd(d) < __dsqrt_ru(d) && __dsqrt_rz(d) == __dsqrt_rd(d));
  D(__dsqrt_rn(d), 1.7320508075688772);
  CHECK(__fma_rd(1, 1, small) == 1 && __fma_ru(1, 1, small) > 1 && __fma_rz(1, 1, small) == 1 && __fma_rn(1, 1, small) == 1);
}

int main() {
  trigonometric<<<1, 1>>>(0.5f, 1.0f, 2.0f);
  exponential<<<1, 1>>>(0.5f, 1.0f, 2.0f);
  special<<<1, 1>>>(0.5f, 1.0f, 2.0f);
  rounding<<<1, 1>>>(0.5f, 1.0f, 2.0f);
  fast<<<1, 1>>>(0.5f, 1.0f, 2.0f);
  return finish();
}
