// Shifts by the width of the type and more: everything is shifted out, as PTX's instructions do it.
#include <cstdio>

__global__ void shift(const int* amounts, unsigned long long* out) {
  const int n = amounts[threadIdx.x];
  unsigned long long* mine = out + 5 * threadIdx.x;
  mine[0] = 0x87654321u << n;
  mine[1] = 0x87654321u >> n;
  mine[2] = (unsigned)((int)0x87654321 >> n);
  mine[3] = 0x8765432112345678ull << n;
  mine[4] = (unsigned long long)((long long)0x8765432112345678ull >> n);
}

int main() {
  const int count = 8;
  int* amounts;
  unsigned long long* out;
  cudaMallocManaged(&amounts, count * sizeof *amounts);
  cudaMallocManaged(&out, 5 * count * sizeof *out);
  const int values[count] = {0, 1, 31, 32, 33, 63, 64, 100};
  for (int i = 0; i < count; ++i) amounts[i] = values[i];
  shift<<<1, count>>>(amounts, out);
  cudaDeviceSynchronize();
  for (int i = 0; i < count; ++i) {
    printf("%3d: %llx %llx %llx %llx %llx\n", values[i], out[5 * i], out[5 * i + 1], out[5 * i + 2], out[5 * i + 3],
           out[5 * i + 4]);
  }
}
