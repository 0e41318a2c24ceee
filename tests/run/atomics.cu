// Every atomic function on the types it takes, in global and in shared memory, all threads on one address.
#include <cstdio>

struct Results {
  int add, sub, minimum, maximum, bit_and, bit_or, bit_xor, exchanged, cas_loop;
  unsigned increment, decrement, unsigned_minimum;
  unsigned long long wide_add, wide_max, wide_cas;
  float float_add;
  double double_add;
};

__device__ void apply(Results* r, int i) {
  atomicAdd(&r->add, i);
  atomicSub(&r->sub, 3);
  atomicMin(&r->minimum, -i);
  atomicMax(&r->maximum, i % 1000);
  atomicAnd(&r->bit_and, ~(1 << i % 8));
  atomicOr(&r->bit_or, 1 << i % 20);
  atomicXor(&r->bit_xor, i);
  atomicExch(&r->exchanged, 42);
  atomicInc(&r->increment, 99);
  atomicDec(&r->decrement, 70);
  atomicMin(&r->unsigned_minimum, 3000000000u - i);
  atomicAdd(&r->wide_add, 1ull << 33);
  atomicMax(&r->wide_max, 1ull << (i % 50));
  atomicAdd(&r->float_add, 0.5f);  // sums of halves are exact, whatever the order
  atomicAdd(&r->double_add, 0.25);

  int seen = r->cas_loop, assumed;
  do {
    assumed = seen;
    seen = atomicCAS(&r->cas_loop, assumed, assumed + i);
  } while (seen != assumed);
  atomicCAS(&r->wide_cas, 7ull, 1ull << 40);
}

__global__ void in_global(Results* results) { apply(results, blockIdx.x * blockDim.x + threadIdx.x); }

__global__ void in_shared(Results* results) {
  __shared__ Results block;
  if (threadIdx.x == 0) block = *results;
  __syncthreads();
  apply(&block, threadIdx.x);
  __syncthreads();
  if (threadIdx.x == 0) *results = block;
}

__global__ void old_values(unsigned* seen, unsigned* counter) {  // each thread must get a value of its own
  atomicAdd(&seen[atomicAdd(counter, 1u)], 1u);
}

void show(const char* name, const Results& r) {
  printf("%s: %d %d %d %d %d %d %d %d %d | %u %u %u | %llu %llu %llu | %.2f %.2f\n", name, r.add, r.sub, r.minimum, r.maximum,
         r.bit_and, r.bit_or, r.bit_xor, r.exchanged, r.cas_loop, r.increment, r.decrement, r.unsigned_minimum, r.wide_add,
         r.wide_max, r.wide_cas, r.float_add, r.double_add);
}

int main() {
  Results start = {}, *results;
  start.bit_and = -1;
  start.unsigned_minimum = ~0u;
  start.wide_cas = 7;
  start.decrement = 5;
  cudaMallocManaged(&results, sizeof(Results));
  *results = start;
  in_global<<<20, 128>>>(results);
  cudaDeviceSynchronize();
  show("global", *results);
  *results = start;
  in_shared<<<1, 256>>>(results);
  cudaDeviceSynchronize();
  show("shared", *results);

  unsigned* seen;
  cudaMallocManaged(&seen, 2001 * sizeof(unsigned));
  cudaMemset(seen, 0, 2001 * sizeof(unsigned));
  old_values<<<8, 250>>>(seen, seen + 2000);
  const cudaError_t error = cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 2000; ++i) wrong += seen[i] != 1;
  printf("old values: %d wrong, %s\n", wrong, cudaGetErrorName(error));
}
