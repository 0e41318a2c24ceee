// Functions whose results IEEE 754 fixes to the bit, in single and double precision, special values included.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>

template <typename T>
__host__ __device__ void results(T x, T y, T* out) {
  out[0] = std::floor(x);
  out[1] = std::ceil(x);
  out[2] = std::trunc(x);
  out[3] = std::rint(x);
  out[4] = std::sqrt(x);
  out[5] = std::fma(x, y, x);
  out[6] = std::fabs(x);
  out[7] = std::copysign(x, y);
  out[8] = std::ldexp(x, 3);
  out[9] = x / y;
  out[10] = std::fmin(x, y);
  out[11] = std::fmax(x, y);
  out[12] = std::round(x);
  out[13] = std::nearbyint(y);
  out[14] = static_cast<T>(std::isnan(x) + 2 * std::isinf(x) + 4 * std::isfinite(y) + 8 * (std::signbit(x) != 0));
  out[15] = static_cast<T>(std::ilogb(y == 0 || !std::isfinite(y) ? T(1) : y));
  out[16] = std::fmod(x, std::isfinite(y) && y != 0 ? y : T(3));
}

constexpr int COLUMNS = 17;

template <typename T>
__global__ void on_device(const T* values, int count, T* out) {
  const int i = blockIdx.x, j = threadIdx.x;
  results(values[i], values[j], out + (i * count + j) * COLUMNS);
}

template <typename T, typename Bits>
void compare(const char* name) {
  const T values[] = {0,        T(-0.0),   1,      T(-1.5), T(2.5),      T(3.4999),   T(1e30),  T(-7e-30),
                      INFINITY, -INFINITY, T(NAN), T(0.1),  T(123456.7), T(-8388609), T(1) / 3, T(65536.5)};
  constexpr int count = sizeof(values) / sizeof(*values);
  T *in, *out;
  cudaMallocManaged(&in, sizeof(values));
  cudaMallocManaged(&out, count * count * COLUMNS * sizeof(T));
  std::memcpy(in, values, sizeof(values));
  on_device<<<count, count>>>(in, count, out);
  const cudaError_t error = cudaDeviceSynchronize();
  int wrong[COLUMNS] = {}, total = 0;
  for (int pair = 0; pair < count * count; ++pair) {
    T expected[COLUMNS];
    results(values[pair / count], values[pair % count], expected);
    for (int column = 0; column < COLUMNS; ++column) {
      const T got = out[pair * COLUMNS + column];
      if (std::isnan(got) && std::isnan(expected[column])) continue;          // any NaN is as good as another
      if (column >= 10 && column <= 11 && got == expected[column]) continue;  // fmin and fmax may pick either zero
      Bits a, b;
      std::memcpy(&a, &got, sizeof(a));
      std::memcpy(&b, &expected[column], sizeof(b));
      wrong[column] += a != b;
      total += a != b;
    }
  }
  printf("%s: %d wrong, %s\n", name, total, cudaGetErrorName(error));
  for (int column = 0; column < COLUMNS; ++column) {
    if (wrong[column]) printf("  column %d: %d\n", column, wrong[column]);
  }
}

int main() {
  compare<float, std::uint32_t>("float");
  compare<double, std::uint64_t>("double");
}
