// cuComplex.h: every function of both precisions, on the device.
#include <cuComplex.h>

#include "check.h"

__global__ void numbers() {
  const cuFloatComplex a = make_cuFloatComplex(3, 4), b = make_cuComplex(1, -2);
  CHECK(cuCrealf(a) == 3 && cuCimagf(a) == 4 && cuCabsf(a) == 5);
  CHECK(cuCrealf(cuCaddf(a, b)) == 4 && cuCimagf(cuCaddf(a, b)) == 2);
  CHECK(cuCrealf(cuCsubf(a, b)) == 2 && cuCimagf(cuCsubf(a, b)) == 6);
  CHECK(cuCrealf(cuCmulf(a, b)) == 11 && cuCimagf(cuCmulf(a, b)) == -2);
  CHECK(fabsf(cuCrealf(cuCdivf(a, b)) + 1) < 1e-6f && fabsf(cuCimagf(cuCdivf(a, b)) - 2) < 1e-6f);
  CHECK(cuCimagf(cuConjf(a)) == -4 && cuCrealf(cuConjf(a)) == 3);
  CHECK(cuCrealf(cuCfmaf(a, b, a)) == 14 && cuCimagf(cuCfmaf(a, b, a)) == 2);
  const cuDoubleComplex c = make_cuDoubleComplex(3, 4), d = cuComplexFloatToDouble(b);
  CHECK(cuCreal(d) == 1 && cuCimag(d) == -2 && cuCabs(c) == 5);
  CHECK(cuCreal(cuCadd(c, d)) == 4 && cuCimag(cuCadd(c, d)) == 2);
  CHECK(cuCreal(cuCsub(c, d)) == 2 && cuCimag(cuCsub(c, d)) == 6);
  CHECK(cuCreal(cuCmul(c, d)) == 11 && cuCimag(cuCmul(c, d)) == -2);
  CHECK(fabs(cuCreal(cuCdiv(c, d)) + 1) < 1e-14 && fabs(cuCimag(cuCdiv(c, d)) - 2) < 1e-14);
  CHECK(cuCimag(cuConj(c)) == -4 && cuCreal(cuCfma(c, d, c)) == 14);
  const cuComplex narrow = cuComplexDoubleToFloat(c);
  CHECK(cuCrealf(narrow) == 3 && cuCimagf(narrow) == 4);
}

int main() {
  numbers<<<1, 1>>>();
  return finish();
}
