// The inverse of the normal distribution at the centre of one of 2^32 or 2^53 intervals, for quasirandom numbers.
#ifndef CROSSWARP_CURAND_INVERSE_NORMAL_H
#define CROSSWARP_CURAND_INVERSE_NORMAL_H

#include "uniform.h"

namespace __cw {
namespace curand {
#if defined(__CUDA_ARCH__)
// -sqrt(2) * erfcinv(2 p) for p up to a half.
CW_CURAND double lower_half_normal(double p) { return -1.4142135623730951 * erfcinv(p + p); }
CW_CURAND float lower_half_normal(float p) { return -1.41421356f * erfcinvf(p + p); }
#else
template <int count>
CW_CURAND double polynomial(const double (&c)[count], double x) {
  double sum = c[count - 1];
  for (int i = count - 2; i >= 0; --i) sum = sum * x + c[i];
  return sum;
}
// The host's libm has no inverse error function. Wichura, algorithm AS 241, Applied Statistics 37 (1988): about 1e-16.
CW_CURAND double lower_half_normal(double p) {
  static const double middle_over[] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                       1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                       3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static const double middle_under[] = {1.0,
                                        4.2313330701600911252e+1,
                                        6.8718700749205790830e+2,
                                        5.3941960214247511077e+3,
                                        2.1213794301586595867e+4,
                                        3.9307895800092710610e+4,
                                        2.8729085735721942674e+4,
                                        5.2264952788528545610e+3};
  static const double near_over[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                     3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                     2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static const double near_under[] = {1.0,
                                      2.05319162663775882187e0,
                                      1.67638483018380384940e0,
                                      6.89767334985100004550e-1,
                                      1.48103976427480074590e-1,
                                      1.51986665636164571966e-2,
                                      5.47593808499534494600e-4,
                                      1.05075007164441684324e-9};
  static const double far_over[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static const double far_under[] = {1.0,
                                     5.99832206555887937690e-1,
                                     1.36929880922735805310e-1,
                                     1.48753612908506148525e-2,
                                     7.86869131145613259100e-4,
                                     1.84631831751005468180e-5,
                                     1.42151175831644588870e-7,
                                     2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (q >= -0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(middle_over, r) / polynomial(middle_under, r);
  }
  const double r = sqrt(-log(p));
  return r <= 5.0 ? -polynomial(near_over, r - 1.6) / polynomial(near_under, r - 1.6)
                  : -polynomial(far_over, r - 5.0) / polynomial(far_under, r - 5.0);
}
CW_CURAND float lower_half_normal(float p) { return (float)lower_half_normal((double)p); }
#endif

// Mirrored at the middle, so that probabilities near 1 keep their accuracy.
CW_CURAND float inverse_normal(unsigned int bits) {
  return bits > 0x80000000u ? -lower_half_normal(to_uniform(~bits)) : lower_half_normal(to_uniform(bits));
}
CW_CURAND float inverse_normal(unsigned long long bits) { return inverse_normal(high_word(bits)); }
CW_CURAND double inverse_normal_double(unsigned int bits) {
  const bool upper = bits > 0x80000000u;
  const double half = lower_half_normal((upper ? ~bits : bits) * CW_CURAND_32_BITS + CW_CURAND_32_BITS / 2);
  return upper ? -half : half;
}
CW_CURAND double inverse_normal_double(unsigned long long bits) {
  const bool upper = bits > 0x8000000000000000ull;
  const double half = lower_half_normal(to_uniform_double(upper ? ~bits : bits));
  return upper ? -half : half;
}
}  // namespace curand
}  // namespace __cw

#endif
