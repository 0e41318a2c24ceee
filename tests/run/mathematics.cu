// Functions of the mathematics, on the device: the same as the C library's on the host, or as what they are by definition.
#include <cmath>
#include <cstdio>

__device__ int wrong;

template <class T>
__host__ __device__ bool close(T a, T b) {
  const double bound = sizeof(T) == 8 ? 1e-11 : 1e-4, size = fabs((double)b) + 1e-3;
  return fabs((double)a - (double)b) <= bound * size;
}
// The host's answers come as an argument: the kernel has the device's functions only.
template <class T>
__device__ void expect(T found, T expected, const char* what) {
  if (close(found, expected)) return;
  atomicAdd(&wrong, 1);
  printf("wrong: %s: %.12g, not %.12g\n", what, (double)found, (double)expected);
}

// clang-format off
#define UNARY(F)                                                                                  \
  F(acos) F(asin) F(asinh) F(atan) F(atanh) F(cbrt) F(cos) F(cosh) F(erf) F(erfc) F(exp) F(exp2)  \
  F(expm1) F(fabs) F(floor) F(ceil) F(j0) F(j1) F(lgamma) F(log) F(log10) F(log1p) F(log2)        \
  F(logb) F(nearbyint) F(rint) F(round) F(sin) F(sinh) F(sqrt) F(tan) F(tanh) F(tgamma) F(trunc)  \
  F(y0) F(y1)
// clang-format on
#define BINARY(F) F(atan2) F(copysign) F(fdim) F(fmax) F(fmin) F(fmod) F(hypot) F(nextafter) F(pow) F(remainder)
#define HOST(name) d[n] = name(0.3), f[n++] = name##f(0.3f);
#define HOST2(name) d[n] = name(2.7, -0.4), f[n++] = name##f(2.7f, -0.4f);
#define DEVICE(name) expect(name(x), d[n], #name), expect(name##f(y), f[n++], #name "f");
#define DEVICE2(name) expect(name(9 * x, z), d[n], #name), expect(name##f(9 * y, (float)z), f[n++], #name "f");
#define SAME(name, arguments, argumentsf, expected) \
  expect((double)name arguments, (double)(expected), #name), expect((float)name##f argumentsf, (float)(expected), #name "f");

struct Answers {
  double d[64];
  float f[64];
};

__global__ void kernel(Answers answers, double x, float y, double z) {
  const double* d = answers.d;
  const float* f = answers.f;
  int n = 0;
  UNARY(DEVICE)
  BINARY(DEVICE2)
  const double a[4] = {1, 2, 4, 10};
  const float b[4] = {1, 2, 4, 10};
  SAME(acosh, (1 + x), (1 + y), log(1 + x + sqrt(x * (2 + x))))
  SAME(exp10, (x), (y), pow(10.0, x))
  SAME(erfcx, (x), (y), exp(x * x) * erfc(x))
  SAME(erfinv, (erf(x)), (erff(y)), x)
  SAME(erfcinv, (erfc(x)), (erfcf(y)), x)
  SAME(normcdf, (x), (y), erfc(-x / sqrt(2.0)) / 2)
  SAME(normcdfinv, (normcdf(x)), (normcdff(y)), x)
  SAME(sinpi, (x), (y), sin(3.14159265358979323846 * x))
  SAME(cospi, (x), (y), cos(3.14159265358979323846 * x))
  SAME(rcbrt, (x), (y), 1 / cbrt(x))
  SAME(rsqrt, (x), (y), 1 / sqrt(x))
  SAME(rhypot, (3.0, 4.0), (3.0f, 4.0f), 0.2)
  SAME(norm3d, (1.0, 2.0, 2.0), (1.0f, 2.0f, 2.0f), 3)
  SAME(rnorm3d, (1.0, 2.0, 2.0), (1.0f, 2.0f, 2.0f), 1 / 3.0)
  SAME(norm4d, (1.0, 2.0, 4.0, 10.0), (1.0f, 2.0f, 4.0f, 10.0f), 11)
  SAME(rnorm4d, (1.0, 2.0, 4.0, 10.0), (1.0f, 2.0f, 4.0f, 10.0f), 1 / 11.0)
  SAME(norm, (4, a), (4, b), 11)
  SAME(rnorm, (4, a), (4, b), 1 / 11.0)
  SAME(cyl_bessel_i0, (1.0), (1.0f), 1.2660658777520083)
  SAME(cyl_bessel_i1, (1.0), (1.0f), 0.5651591039924851)
  SAME(jn, (2, 1.0), (2, 1.0f), 0.1149034849319005)
  SAME(yn, (2, 1.0), (2, 1.0f), -1.6506826068162543)
  SAME(fma, (2.0, 3.0, 0.5), (2.0f, 3.0f, 0.5f), 6.5)
  SAME(ldexp, (x, 3), (y, 3), 8 * x)
  SAME(scalbn, (x, 3), (y, 3), 8 * x)
  SAME(scalbln, (x, 3L), (y, 3L), 8 * x)
  SAME(ilogb, (9 * x), (9 * y), 1)
  SAME(lrint, (9 * x), (9 * y), 3)
  SAME(lround, (9 * x), (9 * y), 3)
  SAME(llrint, (9 * x), (9 * y), 3)
  SAME(llround, (9 * x), (9 * y), 3)
}

int main() {
  Answers answers = {};
  double* d = answers.d;
  float* f = answers.f;
  int n = 0, count = -1;
  UNARY(HOST)
  BINARY(HOST2)
  kernel<<<1, 1>>>(answers, 0.3, 0.3f, -0.4);
  const cudaError_t error = cudaDeviceSynchronize();
  cudaMemcpyFromSymbol(&count, wrong, sizeof(count));
  printf("%d answers of the host, %d wrong, %s\n", n, count, cudaGetErrorName(error));
}
