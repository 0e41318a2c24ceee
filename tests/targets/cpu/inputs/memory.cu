#include "device.h"

__device__ int counter;
__device__ float table[4] = {1.5f, 2.5f, 3.5f, 4.5f};
__constant__ int scale = 3;
__device__ int* pointer = &counter;
static __device__ int hidden = 5;
namespace space {
__device__ long long wide = 1;
}

KERNEL globals(int* out) {
  int t = threadIdx.x;
  atomic_add(&counter, 1);
  out[t] = static_cast<int>(table[t % 4] * 2) * scale + hidden + (pointer == &counter);
  if (t == 0) space::wide = 1ll << 40;
}

KERNEL saxpy(float a, const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = a * x[i] + y[i];
}

// Sizes and alignments of all kinds of parameters.
struct Big {
  char c;
  double d[3];
  short s;
};
KERNEL parameters(char c, double d, short s, Big big, int* out, bool b, long long l) {
  out[0] = c;
  out[1] = static_cast<int>(d);
  out[2] = s;
  out[3] = big.c + static_cast<int>(big.d[2]) + big.s;
  out[4] = b;
  out[5] = static_cast<int>(l >> 32);
}

// A kernel may change its copy of a struct: every thread has its own.
KERNEL changed_parameter(Big big, int* out) {
  big.s += threadIdx.x;
  big.d[threadIdx.x % 3] = 100;
  double sum = 0;
  for (int i = 0; i < 3; ++i) sum += big.d[i];
  out[threadIdx.x] = big.s + static_cast<int>(sum);
}

KERNEL changed_parameter_behind_barrier(Big big, int* out) {
  big.s += threadIdx.x;
  big.d[threadIdx.x % 3] = 100;
  __syncthreads();
  double sum = 0;
  for (int i = 0; i < 3; ++i) sum += big.d[i];
  out[threadIdx.x] = big.s + static_cast<int>(sum);
}

template <int N>
__device__ int* scratch() {
  __shared__ int memory[N];
  return memory;
}

// Static shared memory of two functions, a template and dynamic shared memory seen with two types.
KERNEL shared_kinds(int* out, int n) {
  extern __shared__ double dynamic[];
  __shared__ char small[3];
  int t = threadIdx.x;
  int* ints = reinterpret_cast<int*>(dynamic + n);
  scratch<5>()[t % 5] = 1;
  scratch<64>()[t] = t;
  if (t < 3) small[t] = t + 1;
  dynamic[t] = t * 0.5;
  ints[t] = t * 3;
  __syncthreads();
  int next = (t + 1) % n;
  out[t] = scratch<5>()[t % 5] + scratch<64>()[next] * 10 + small[t % 3] * 1000 + static_cast<int>(dynamic[next] * 2) + ints[next];
}

KERNEL no_shared(int* out) { out[threadIdx.x] = 1; }

// A table in private memory, indexed at run time: no iteration of the thread loop may see another's.
KERNEL private_table(const int* in, int* out) {
  int t = blockIdx.x * blockDim.x + threadIdx.x;
  int values[8];
  for (int i = 0; i < 8; ++i) values[i] = t * i;
  values[in[t] & 7] += 1000;
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += values[(i + in[t]) & 7] * i;
  out[t] = sum;
}

KERNEL histogram(const unsigned char* in, int* out, int n) {
  __shared__ int bins[256];
  bins[threadIdx.x] = 0;
  __syncthreads();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += blockDim.x * gridDim.x) atomic_add(&bins[in[i]], 1);
  __syncthreads();
  atomic_add(&out[threadIdx.x], bins[threadIdx.x]);
}

KERNEL atomics(int* ints, unsigned* words, float* sum) {
  __shared__ int smallest;
  __shared__ unsigned largest, wrapped, down;
  __shared__ float total;
  int t = threadIdx.x;
  if (t == 0) {
    smallest = 1000;
    largest = wrapped = total = 0;
    down = 3;
  }
  __syncthreads();
  atomic_min(&smallest, 50 - t);
  atomic_max(&largest, 0x80000000u + t);
  atomic_inc(&wrapped, 6);
  atomic_dec(&down, 9);
  atomic_add_f32(&total, 0.5f);
  atomic_min(&ints[0], 50 - t);
  atomic_max(&words[0], 0x80000000u + t);
  atomic_inc(&words[1], 6);
  atomic_dec(&words[2], 9);
  atomic_add_f32(sum, 0.5f);
  __syncthreads();
  if (t == 0) {
    ints[1] = smallest;
    words[3] = largest;
    words[4] = wrapped;
    words[5] = down;
    sum[1] = total;
  }
}

// A compare-and-swap loop that retries with what it saw.
KERNEL cas_loop(int* total) {
  int seen = *total, assumed;
  do {
    assumed = seen;
    seen = atomic_cas(total, assumed, assumed + threadIdx.x);
  } while (seen != assumed);
}

KERNEL spaces(int* global, int* out) {
  __shared__ int shared;
  extern __shared__ int more[];
  int local = threadIdx.x;
  int* pointers[4] = {global, &shared, more, &local};
  int* p = pointers[threadIdx.x % 4];
  *p = 1;
  out[3 * threadIdx.x] = __nvvm_isspacep_shared(p);
  out[3 * threadIdx.x + 1] = __nvvm_isspacep_local(p);
  out[3 * threadIdx.x + 2] = __nvvm_isspacep_global(p);
}

KERNEL cached(const float* in, float* out) { out[threadIdx.x] = load_cached(in + threadIdx.x) * 2; }

KERNEL __launch_bounds__(128) bounded(int* out) { out[0] = 1; }

struct Weights {
  float values[4];
};
KERNEL weighted(Weights weights, const float* in, float* out) {
  int i = threadIdx.x;
  out[i] = in[i] * weights.values[0] + weights.values[i % 4];
}
