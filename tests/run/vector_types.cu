// make_<vector>, the vectors' members, and complex numbers: each wrong answer is printed.
#include <cuComplex.h>

#include <cstdio>

__host__ __device__ bool near(double a, double b) { return a - b < 1e-6 && b - a < 1e-6; }

#define CHECK(condition) ((condition) ? 0 : (printf("wrong: %s\n", #condition), 1))
#define VECTORS(vector, T)                                                                              \
  {                                                                                                     \
    const vector##1 a = make_##vector##1((T)1);                                                         \
    const vector##2 b = make_##vector##2((T)1, (T)2);                                                   \
    const vector##3 c = make_##vector##3((T)1, (T)2, (T)3);                                             \
    const vector##4 d = make_##vector##4((T)1, (T)2, (T)3, (T)4);                                       \
    wrong += CHECK(a.x == 1 && b.y == 2 && c.z == 3 && d.x == 1 && d.y == 2 && d.z == 3 && d.w == 4);   \
    wrong += CHECK(sizeof(a) == sizeof(T) && sizeof(b) == 2 * sizeof(T) && sizeof(c) == 3 * sizeof(T)); \
    wrong += CHECK(sizeof(d) == 4 * sizeof(T));                                                         \
  }

__host__ __device__ int check_vectors() {
  int wrong = 0;
  VECTORS(char, signed char)
  VECTORS(uchar, unsigned char)
  VECTORS(short, short)
  VECTORS(ushort, unsigned short)
  VECTORS(int, int)
  VECTORS(uint, unsigned)
  VECTORS(long, long)
  VECTORS(ulong, unsigned long)
  VECTORS(longlong, long long)
  VECTORS(ulonglong, unsigned long long)
  VECTORS(float, float)
  VECTORS(double, double)
  return wrong;
}

__host__ __device__ int check_complex() {
  int wrong = 0;
  const cuDoubleComplex a = make_cuDoubleComplex(3, 4), b = make_cuDoubleComplex(1, -2);
  wrong += CHECK(cuCreal(a) == 3 && cuCimag(a) == 4 && near(cuCabs(a), 5) && cuCimag(cuConj(a)) == -4);
  wrong += CHECK(cuCreal(cuCadd(a, b)) == 4 && cuCimag(cuCadd(a, b)) == 2 && cuCimag(cuCsub(a, b)) == 6);
  wrong += CHECK(cuCreal(cuCmul(a, b)) == 11 && cuCimag(cuCmul(a, b)) == -2);
  wrong += CHECK(near(cuCreal(cuCdiv(a, b)), -1) && near(cuCimag(cuCdiv(a, b)), 2));
  wrong += CHECK(cuCreal(cuCfma(a, b, a)) == 14 && cuCimag(cuCfma(a, b, a)) == 2);
  const cuFloatComplex c = cuComplexDoubleToFloat(a), d = make_cuFloatComplex(1, -2);
  const cuComplex e = make_cuComplex(3, 4);
  wrong += CHECK(cuCrealf(c) == 3 && cuCimagf(e) == 4 && near(cuCabsf(c), 5) && cuCimagf(cuConjf(c)) == -4);
  wrong += CHECK(cuCrealf(cuCaddf(c, d)) == 4 && cuCimagf(cuCaddf(c, d)) == 2 && cuCimagf(cuCsubf(c, d)) == 6);
  wrong += CHECK(cuCrealf(cuCmulf(c, d)) == 11 && cuCimagf(cuCmulf(c, d)) == -2);
  wrong += CHECK(near(cuCrealf(cuCdivf(c, d)), -1) && near(cuCimagf(cuCdivf(c, d)), 2));
  wrong += CHECK(cuCrealf(cuCfmaf(e, d, c)) == 14 && cuCimagf(cuCfmaf(e, d, c)) == 2);
  wrong += CHECK(cuCimag(cuComplexFloatToDouble(c)) == 4);
  return wrong;
}

__global__ void kernel(int* out) {
  out[0] = check_vectors();
  out[1] = check_complex();
}

int main() {
  int *device, out[2] = {-1, -1};
  cudaMalloc(&device, sizeof(out));
  kernel<<<1, 1>>>(device);
  const cudaError_t error = cudaMemcpy(out, device, sizeof(out), cudaMemcpyDeviceToHost);
  printf("%d %d wrong on the device, %d %d on the host, %s\n", out[0], out[1], check_vectors(), check_complex(),
         cudaGetErrorName(error));
}
