#include "device.h"

KERNEL block_sum(const float* in, float* out, int n) {
  __shared__ float partial[256];
  int t = threadIdx.x, i = blockIdx.x * blockDim.x + t;
  partial[t] = i < n ? in[i] : 0.0f;
  __syncthreads();
  for (int k = blockDim.x / 2; k > 0; k /= 2) {
    if (t < k) partial[t] += partial[t + k];
    __syncthreads();
  }
  if (t == 0) out[blockIdx.x] = partial[0];
}

// Threads that exit early do not count at later barriers.
KERNEL early_exit(int* out, int n) {
  __shared__ int sum;
  int t = threadIdx.x;
  if (t == 0) sum = 0;
  __syncthreads();
  if (t >= n) return;
  atomic_add(&sum, t);
  __syncthreads();
  out[t] = sum;
}

// Both arms of a divergent branch meet at barrier 0: it counts threads, not places.
KERNEL both_arms(int* out) {
  __shared__ int values[128];
  int t = threadIdx.x;
  values[t] = t;
  if (t % 2) {
    __syncthreads();
    out[t] = values[t - 1] * 10;
  } else {
    __syncthreads();
    out[t] = values[t + 1] * 100;
  }
}

// Every thread passes the same number of barriers, through loops with different trip counts.
KERNEL trip_counts(int* out) {
  __shared__ int total;
  int t = threadIdx.x;
  if (t == 0) total = 0;
  __syncthreads();
  int mine = t % 4;
  for (int i = 0; i < mine; ++i) {
    atomic_add(&total, 1);
    __syncthreads();
  }
  for (int i = mine; i < 4; ++i) __syncthreads();
  out[t] = total;
}

KERNEL reductions(const int* in, int* out) {
  int t = threadIdx.x;
  out[3 * t] = __nvvm_bar0_popc(in[t]);
  out[3 * t + 1] = __nvvm_bar0_and(in[t]);
  out[3 * t + 2] = __nvvm_bar0_or(in[t] == 7);
}

// Producer and consumer warps meet at named barriers with thread counts.
KERNEL named(int* out) {
  __shared__ int box[32];
  int t = threadIdx.x, lane = t % 32;
  if (t < 32) {
    box[lane] = lane + 1;
    __nvvm_barrier_sync_cnt(1, 64);
    __nvvm_barrier_sync_cnt(2, 64);
    out[lane] = box[lane];
  } else if (t < 64) {
    __nvvm_barrier_sync_cnt(1, 64);
    box[lane] *= 10;
    __nvvm_barrier_sync_cnt(2, 64);
  } else {
    out[t] = -1;
  }
}

__device__ __noinline__ int rotate(int* values, int value, int by) {
  __syncthreads();
  values[threadIdx.x] = value;
  __syncthreads();
  return values[(threadIdx.x + by) % blockDim.x];
}

template <int N>
__device__ int rotate_twice(int* values, int value) {
  return rotate(values, rotate(values, value, N), N + 1);
}

struct Pair {
  int first, second;
};

__device__ __noinline__ Pair exchange(int* values, Pair mine) {
  return Pair{rotate(values, mine.first, 1), rotate(values, mine.second, 2)};
}

KERNEL nested_calls(int* out) {
  extern __shared__ int values[];
  int t = threadIdx.x;
  Pair pair = exchange(values, Pair{t, 1000 + t});
  out[t] = rotate_twice<3>(values, t) + pair.first * 10000 + pair.second * 100000;
}

// A thread's own array lives across barriers.
KERNEL private_arrays(int* out) {
  __shared__ int turn;
  int mine[8];
  int t = threadIdx.x;
  for (int i = 0; i < 8; ++i) mine[(i + t) % 8] = i * t;
  for (int i = 0; i < 8; ++i) {
    if (t == i) turn = t;
    __syncthreads();
    mine[turn] += turn;
    __syncthreads();
  }
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum = sum * 3 + mine[i];
  out[t] = sum;
}

KERNEL two_dimensions(const int* in, int* out, int n) {
  __shared__ int tile[16][17];
  int x = blockIdx.x * 16 + threadIdx.x, y = blockIdx.y * 16 + threadIdx.y;
  tile[threadIdx.y][threadIdx.x] = in[y * n + x];
  __syncthreads();
  out[(blockIdx.x * 16 + threadIdx.y) * n + blockIdx.y * 16 + threadIdx.x] = tile[threadIdx.x][threadIdx.y];
}

KERNEL grid_barrier(int* counts, int* out) {
  int t = threadIdx.x;
  for (int step = 0; step < 3; ++step) {
    atomic_add(&counts[step], 1);
    grid_sync();
    if (t == 0) out[blockIdx.x * 3 + step] = counts[step];
    __syncthreads();
  }
}

// Half of a warp waits at a barrier of its own for threads that never come.
KERNEL deadlock(int* out) {
  if (threadIdx.x < 16) {
    __nvvm_barrier_sync_cnt(1, 64);
  } else {
    __nvvm_bar_warp_sync(FULL);
  }
  out[threadIdx.x] = 1;
}

__device__ int sum_down(int* values, int n) {
  if (n == 0) return 0;
  __syncthreads();
  values[threadIdx.x] += n;
  __syncthreads();
  return values[(threadIdx.x + 1) % blockDim.x] + sum_down(values, n - 1);
}

// Recursion through barriers: each thread needs a stack.
KERNEL recursion(int* out, int n) {
  __shared__ int values[64];
  values[threadIdx.x] = threadIdx.x;
  out[threadIdx.x] = sum_down(values, n);
}

typedef int (*Step)(int*, int);
__device__ int step_add(int* values, int by) {
  __syncthreads();
  values[threadIdx.x] += by;
  __syncthreads();
  return values[0];
}
__device__ int step_multiply(int* values, int by) {
  __syncthreads();
  values[threadIdx.x] *= by;
  __syncthreads();
  return values[1];
}
__device__ Step steps[2] = {step_add, step_multiply};

KERNEL indirect(int* out, int n) {
  __shared__ int values[64];
  values[threadIdx.x] = threadIdx.x + 1;
  int total = 0;
  for (int i = 0; i < n; ++i) total = total * 7 + steps[i % 2](values, i + 2);
  out[threadIdx.x] = total + values[threadIdx.x];
}

// Memory of variable size beside a barrier: the thread has a stack.
KERNEL variable_length(int* out, int n) {
  int t = threadIdx.x;
  int* mine = static_cast<int*>(__builtin_alloca(n * sizeof(int)));
  for (int i = 0; i < n; ++i) mine[i] = i * t;
  __syncthreads();
  out[t] = mine[n - 1] + mine[t % n];
}

template <class T>
__global__ void shifted(T* out) {
  __syncthreads();
  out[threadIdx.x] = threadIdx.x + sizeof(T);
}
template __global__ void shifted<int>(int*);
