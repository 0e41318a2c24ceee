// Barriers where they are easy to get wrong: after threads have left, in loops, in called functions, with a predicate.
#include <cstdio>

constexpr int THREADS = 100;

__global__ void after_exit(int* out, int staying) {
  __shared__ int values[THREADS];
  const int i = threadIdx.x;
  if (i >= staying) return;  // the barrier counts the threads that are left
  values[i] = i;
  __syncthreads();
  out[i] = values[staying - 1 - i];
}

__global__ void leaving_one_by_one(int* out) {
  __shared__ int rounds[THREADS + 1];
  const int i = threadIdx.x;
  rounds[i] = 0;
  __syncthreads();
  for (int round = 0; round < THREADS; ++round) {
    if (i == round) {
      out[i] = rounds[i];
      return;
    }
    if (i == round + 1) rounds[i] = rounds[round] + round;  // written before this thread leaves
    __syncthreads();
  }
}

__device__ __noinline__ int neighbour_sum(int* values, int i, int count) {
  const int sum = values[(i + 1) % count] + values[(i + count - 1) % count];
  __syncthreads();
  return sum;
}

__global__ void in_function(int* out, int turns) {
  __shared__ int values[THREADS];
  const int i = threadIdx.x;
  values[i] = i == 0;
  __syncthreads();
  for (int turn = 0; turn < turns; ++turn) {
    const int sum = neighbour_sum(values, i, THREADS);
    values[i] = sum;
    __syncthreads();
  }
  out[i] = values[i];
}

__global__ void with_predicate(int* out) {
  const int i = threadIdx.x;
  const int count = __syncthreads_count(i % 3 == 0);
  const int all = __syncthreads_and(i < THREADS), any = __syncthreads_or(i == 77), none = __syncthreads_or(i == 700);
  out[i] = count * 1000 + (all != 0) * 100 + (any != 0) * 10 + (none != 0);
}

__global__ void two_arms(int* out) {  // each arm of a uniform branch has its own barrier
  __shared__ int values[THREADS];
  const int i = threadIdx.x;
  if (blockIdx.x % 2 == 0) {
    values[i] = i;
    __syncthreads();
    out[blockIdx.x * THREADS + i] = values[THREADS - 1 - i];
  } else {
    values[THREADS - 1 - i] = 2 * i;
    __syncthreads();
    out[blockIdx.x * THREADS + i] = values[i];
  }
}

void show(const char* name, const int* out, int count) {
  const cudaError_t error = cudaDeviceSynchronize();
  long long sum = 0;
  for (int i = 0; i < count; ++i) sum += (i + 1LL) * out[i];
  printf("%s: %s, first %d, last %d, checksum %lld\n", name, cudaGetErrorName(error), out[0], out[count - 1], sum);
}

int main() {
  int* out;
  cudaMallocManaged(&out, 2 * THREADS * sizeof(int));
  after_exit<<<1, THREADS>>>(out, 37);
  show("after_exit", out, 37);
  leaving_one_by_one<<<1, THREADS>>>(out);
  show("leaving_one_by_one", out, THREADS);
  in_function<<<1, THREADS>>>(out, 20);
  show("in_function", out, THREADS);
  with_predicate<<<1, THREADS>>>(out);
  show("with_predicate", out, THREADS);
  two_arms<<<2, THREADS>>>(out);
  show("two_arms", out, 2 * THREADS);
}
