// Kernels that use what a launch has to provide: stack, calls, shared memory, barriers, warps, atomics.
struct Shape {
  __device__ virtual int area() const = 0;
};
struct Square : Shape {
  int side;
  __device__ explicit Square(int s) : side(s) {}
  __device__ int area() const override { return side * side; }
};
struct Strip : Shape {
  int side;
  __device__ explicit Strip(int s) : side(s) {}
  __device__ int area() const override { return 10 * side; }
};

__device__ __noinline__ int ackermann(int m, int n) {
  if (m == 0) return n + 1;
  if (n == 0) return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}

// Each thread recurses to a depth of its own.
extern "C" __global__ void recursion(int* out) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  out[i] = ackermann(2, i % 7);
}

__device__ int twice(int x) { return 2 * x; }
__device__ int negated(int x) { return -x; }
__device__ int squared(int x) { return x * x; }
__device__ int (*const functions[])(int) = {twice, negated, squared};

// Neighbouring threads call different functions.
extern "C" __global__ void pointers(int* out) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  Square square(i);
  Strip strip(i);
  const Shape* shape = i % 2 != 0 ? static_cast<const Shape*>(&square) : &strip;
  out[i] = functions[i % 3](i) + shape->area();
}

// An array of each thread's own with indices that only the thread knows: counting sort of 16 digits.
extern "C" __global__ void local_array(const unsigned* in, unsigned* out) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  unsigned counts[16] = {};
  for (int n = 0; n < 8; ++n) ++counts[in[i] >> (4 * n) & 15];
  unsigned sorted = 0;
  for (unsigned digit = 0; digit < 16; ++digit) {
    for (unsigned n = 0; n < counts[digit]; ++n) sorted = sorted << 4 | digit;
  }
  out[i] = sorted;
}

// Inclusive sums over blocks of any size.
extern "C" __global__ void scan(const int* in, int* out) {
  extern __shared__ int partial[];
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  partial[threadIdx.x] = in[i];
  for (unsigned step = 1; step < blockDim.x; step *= 2) {
    __syncthreads();
    const int other = threadIdx.x >= step ? partial[threadIdx.x - step] : 0;
    __syncthreads();
    partial[threadIdx.x] += other;
  }
  out[i] = partial[threadIdx.x];
}

// Sums of each 32 threads by shuffles, and how many of them are odd.
extern "C" __global__ void warps(const int* in, int* sums, unsigned* odd) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  int sum = in[i];
  for (int step = 16; step > 0; step /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, step);
  sums[i] = sum;
  odd[i] = __ballot_sync(0xffffffffu, in[i] & 1);
}

// Counts by atomics on shared and global memory.
extern "C" __global__ void histogram(const unsigned* in, unsigned* counts, unsigned long long* total, int n) {
  __shared__ unsigned local[32];
  if (threadIdx.x < 32) local[threadIdx.x] = 0;
  __syncthreads();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    atomicAdd(&local[in[i] % 32], 1u);
    atomicAdd(total, static_cast<unsigned long long>(in[i]));
  }
  __syncthreads();
  if (threadIdx.x < 32) atomicAdd(&counts[threadIdx.x], local[threadIdx.x]);
}

// 64-bit integers and double precision.
extern "C" __global__ void wide(const long long* a, const long long* b, long long* quotient, long long* rest, double* root) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  quotient[i] = a[i] / b[i];
  rest[i] = a[i] % b[i];
  root[i] = sqrt(static_cast<double>(a[i] < 0 ? -a[i] : a[i])) / 3.0;
}

// Every block waits for the one before it, whose result it adds to its own.
__device__ volatile int chain[65];
extern "C" __global__ void chained(int* out) {
  if (threadIdx.x == 0) {
    while (blockIdx.x != 0 && chain[blockIdx.x] == 0) {
    }
    const int sum = (blockIdx.x != 0 ? chain[blockIdx.x] : 0) + static_cast<int>(blockIdx.x) + 1;
    chain[blockIdx.x + 1] = sum;
    out[blockIdx.x] = sum;
  }
}

// Blocks that wait for the host, or for another kernel, and say when they came and went.
extern "C" __global__ void wait_for(volatile int* flags) {
  if (threadIdx.x != 0) return;
  atomicAdd(const_cast<int*>(flags), 1);
  while (flags[1] == 0) {
  }
  atomicAdd(const_cast<int*>(flags), 1);
}
extern "C" __global__ void let_go(volatile int* flags) { flags[1] = 1; }
