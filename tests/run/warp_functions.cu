// Warp votes, shuffles, matches and reductions, with partial masks, widths and lanes that have left.
#include <cstdio>

constexpr unsigned ALL = 0xffffffffu;

__global__ void shuffles(int* out) {
  const int lane = threadIdx.x % 32, value = 10 * threadIdx.x;
  int* mine = out + threadIdx.x * 8;
  mine[0] = __shfl_sync(ALL, value, 5);
  mine[1] = __shfl_sync(ALL, value, lane + 3, 8);  // within groups of 8, wrapping around
  mine[2] = __shfl_up_sync(ALL, value, 3);
  mine[3] = __shfl_down_sync(ALL, value, 4, 16);
  mine[4] = __shfl_xor_sync(ALL, value, 21);
  mine[5] = static_cast<int>(__shfl_sync(ALL, value * 10000000000LL, 31) / 10000000000LL);
  mine[6] = static_cast<int>(__shfl_xor_sync(ALL, value * 0.5, 1));
  mine[7] = static_cast<int>(__shfl_down_sync(ALL, value * 0.25f, 2));
}

__global__ void votes(unsigned* out) {
  const int lane = threadIdx.x % 32;
  unsigned* mine = out + threadIdx.x * 6;
  mine[0] = __ballot_sync(ALL, lane % 3 == 0);
  mine[1] = __any_sync(ALL, threadIdx.x == 40);
  mine[2] = __all_sync(ALL, lane < 32);
  mine[3] = __match_any_sync(ALL, threadIdx.x / 5);
  int same = -1;
  mine[4] = __match_all_sync(ALL, threadIdx.x / 32, &same) + same;
  mine[5] = __reduce_add_sync(ALL, lane) + 1000 * __reduce_max_sync(ALL, threadIdx.x);
}

__global__ void divergent(unsigned* out) {
  const int lane = threadIdx.x;
  unsigned result = 0;
  if (lane % 2 == 0) {
    result = __ballot_sync(0x55555555u, lane < 16);
    result += __shfl_sync(0x55555555u, lane, 30);
  } else if (lane < 20) {
    result = __ballot_sync(0x000aaaaau, lane > 4);
    __syncwarp(0x000aaaaau);
  }
  out[lane] = result;
  if (lane >= 24) return;
  out[lane] += __ballot_sync(0x00ffffffu, true);  // lanes 24 to 31 have left
}

template <typename T>
unsigned long long checksum(const T* values, int count) {
  unsigned long long sum = 14695981039346656037ull;  // FNV-1a over the values
  for (int i = 0; i < count; ++i) sum = (sum ^ static_cast<unsigned>(values[i])) * 1099511628211ull;
  return sum;
}

int main() {
  int* out;
  cudaMallocManaged(&out, 64 * 8 * sizeof(int));
  shuffles<<<1, 64>>>(out);
  cudaDeviceSynchronize();
  printf("lane 1: %d %d %d %d %d %d %d %d\n", out[8], out[9], out[10], out[11], out[12], out[13], out[14], out[15]);
  printf("shuffles %016llx\n", checksum(out, 64 * 8));

  auto* bits = reinterpret_cast<unsigned*>(out);
  votes<<<1, 64>>>(bits);
  cudaDeviceSynchronize();
  printf("lane 33: %08x %u %u %08x %08x %u\n", bits[198], bits[199], bits[200], bits[201], bits[202], bits[203]);
  printf("votes %016llx\n", checksum(bits, 64 * 6));

  divergent<<<1, 32>>>(bits);
  const cudaError_t error = cudaDeviceSynchronize();
  printf("divergent %016llx %08x %08x %08x, %s\n", checksum(bits, 32), bits[0], bits[7], bits[30], cudaGetErrorName(error));
}
