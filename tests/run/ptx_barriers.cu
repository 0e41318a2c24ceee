// Inline PTX: barriers with numbers and thread counts, between some of a block's warps, and reductions at barriers.
#include <cstdio>

// Warps 0 and 1 make what warps 2 and 3 take, in turns: each side arrives at one barrier and waits at the other.
__global__ void hand_over(int* out, int rounds) {
  __shared__ int box[64];
  const int t = threadIdx.x;
  if (t < 64) {
    for (int round = 0; round < rounds; ++round) {
      if (round > 0) asm volatile("bar.sync 1, 128;" ::: "memory");
      box[t] = round * 100 + t;
      asm volatile("barrier.cta.arrive.aligned 2, %0;" ::"r"(128) : "memory");
    }
  } else if (t < 128) {
    int sum = 0;
    for (int round = 0; round < rounds; ++round) {
      asm volatile("bar.sync %0, 128;" ::"r"(2) : "memory");
      sum += box[127 - t];
      if (round + 1 < rounds) asm volatile("bar.arrive 1, 128;" ::: "memory");
    }
    out[t - 64] = sum;
  }
}

// Pairs of warps meet at barriers of their own while the others are elsewhere.
__global__ void pairs(int* out) {
  __shared__ int values[256];
  const int t = threadIdx.x, pair = t / 64;
  for (int round = 0; round <= pair; ++round) {
    values[t] = t + round;
    asm volatile("barrier.sync %0, 64;" ::"r"(pair + 3) : "memory");
    out[t] = values[t ^ 32];
    asm volatile("barrier.sync %0, 64;" ::"r"(pair + 3) : "memory");
  }
}

// One side only arrives where the other one waits for all threads, and goes on to the barrier of __syncthreads.
__global__ void ahead(int* out) {
  __shared__ int early[64], late[64];
  const int t = threadIdx.x;
  if (t < 64) {
    early[t] = t;
    asm volatile("bar.arrive 5, 128;" ::: "memory");
  } else {
    asm volatile("bar.sync 5;" ::: "memory");
    late[t - 64] = early[127 - t] + 1000;
  }
  __syncthreads();
  if (t < 64) out[t] = late[t];
}

__global__ void reductions(unsigned* out, unsigned limit) {
  const unsigned t = threadIdx.x;
  unsigned count, all, any;
  asm volatile(
      "{ .reg .pred p, q, r; setp.lt.u32 p, %3, %4;\n\t"
      "barrier.cta.red.popc.aligned.u32 %0, 0, p;\n\t"
      "bar.red.and.pred q, 0, p; selp.u32 %1, 1, 0, q;\n\t"
      "bar.cta.red.or.pred r, 0, !p; selp.u32 %2, 1, 0, r; }"
      : "=r"(count), "=r"(all), "=r"(any)
      : "r"(t), "r"(limit)
      : "memory");
  asm volatile("barrier.cluster.arrive.release.aligned; barrier.cluster.wait.acquire.aligned;" ::: "memory");
  if (t == 95) {
    out[0] = count;
    out[1] = all;
    out[2] = any;
  }
}

int main() {
  int* out;
  cudaMallocManaged(&out, 1024);
  hand_over<<<1, 160>>>(out, 5);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 64; ++i) wrong += out[i] != 1000 + 5 * (63 - i);
  printf("handed over: %d wrong\n", wrong);
  pairs<<<1, 256>>>(out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (int i = 0; i < 256; ++i) wrong += out[i] != (i ^ 32) + i / 64;
  printf("pairs: %d wrong\n", wrong);
  ahead<<<1, 128>>>(out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (int i = 0; i < 64; ++i) wrong += out[i] != 1063 - i;
  printf("ahead: %d wrong\n", wrong);
  for (unsigned limit : {0u, 40u, 96u}) {
    reductions<<<1, 96>>>(reinterpret_cast<unsigned*>(out), limit);
    cudaDeviceSynchronize();
    printf("below %u: %d, all %d, others %d\n", limit, out[0], out[1], out[2]);
  }
  printf("%s\n", cudaGetErrorName(cudaGetLastError()));
}
