// Streams, execution policies, memory resources, other vectors, complex numbers, random engines, and Thrust inside of kernels.
#include <thrust/complex.h>
#include <thrust/device_free.h>
#include <thrust/device_malloc.h>
#include <thrust/device_vector.h>
#include <thrust/execution_policy.h>
#include <thrust/host_vector.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/mr/allocator.h>
#include <thrust/mr/pool.h>
#include <thrust/random.h>
#include <thrust/reduce.h>
#include <thrust/scan.h>
#include <thrust/sequence.h>
#include <thrust/shuffle.h>
#include <thrust/sort.h>
#include <thrust/transform_reduce.h>
#include <thrust/universal_vector.h>

#include <algorithm>
#include <complex>
#include <cuda/std/functional>

#include "check.h"

bool on_streams(size_t n) {
  cudaStream_t stream;
  cudaStreamCreate(&stream);
  std::vector<Value> h = numbers(n), sorted = h;
  thrust::device_vector<Value> d = h, sums(n);
  thrust::sort(thrust::cuda::par.on(stream), d.begin(), d.end());
  thrust::inclusive_scan(thrust::cuda::par_nosync.on(stream), d.begin(), d.end(), sums.begin());
  Value total = thrust::reduce(thrust::cuda::par.on(stream), d.begin(), d.end());
  cudaStreamSynchronize(stream), cudaStreamDestroy(stream);
  std::sort(sorted.begin(), sorted.end());
  return host(d) == sorted && (!n || sums.back() == total);
}

/// Counts what Thrust asks for as temporary storage.
struct Counting {
  using value_type = char;
  int *held, *asked;
  char* allocate(std::ptrdiff_t bytes) {
    void* memory;
    cudaMalloc(&memory, bytes), ++*held, ++*asked;
    return static_cast<char*>(memory);
  }
  void deallocate(char* memory, size_t) { cudaFree(memory), --*held; }
};

bool with_allocators(size_t n) {
  int held = 0, asked = 0;
  std::vector<Value> h = numbers(n);
  thrust::device_vector<Value> d = h;
  Counting counting{&held, &asked};
  thrust::sort(thrust::cuda::par(counting), d.begin(), d.end());
  thrust::mr::unsynchronized_pool_resource<thrust::device_memory_resource> pool;
  thrust::mr::allocator<Value, decltype(pool)> from_pool(&pool);
  thrust::device_vector<Value, decltype(from_pool)> pooled(h.begin(), h.end(), from_pool);
  thrust::device_ptr<Value> raw = thrust::device_malloc<Value>(n + 1);
  thrust::copy(pooled.begin(), pooled.end(), raw);
  bool right = thrust::equal(raw, raw + n, pooled.begin());
  thrust::device_free(raw);
  return right && !held && (n < 2 || asked) && thrust::is_sorted(d.begin(), d.end());
}

bool universal(size_t n) {
  thrust::universal_vector<Value> u(n);
  for (size_t i = 0; i < n; i++) u[i] = n - i;
  thrust::sort(thrust::device, u.begin(), u.end());
  thrust::host_vector<Value> h(u.begin(), u.end());
  thrust::sort(thrust::host, h.begin(), h.end(), cuda::std::greater<Value>());
  return std::is_sorted(u.begin(), u.end()) && std::equal(h.rbegin(), h.rend(), u.begin());
}

__global__ void sort_rows(Value* rows, int length) {
  Value* row = rows + threadIdx.x * length;
  thrust::sort(thrust::seq, row, row + length);
  thrust::inclusive_scan(thrust::seq, row, row + length, row);
}

bool in_kernels(size_t n) {
  int length = n % 100, rows = 3;
  std::vector<Value> h = numbers(rows * length);
  thrust::device_vector<Value> d = h;
  if (length) sort_rows<<<1, rows>>>(thrust::raw_pointer_cast(d.data()), length);
  for (int i = 0; i < rows; i++) {
    std::sort(h.begin() + i * length, h.begin() + (i + 1) * length);
    for (int j = 1; j < length; j++) h[i * length + j] = h[i * length + j] + h[i * length + j - 1];
  }
  return host(d) == h;
}

struct Power {
  using Complex = thrust::complex<double>;
  __host__ __device__ Complex operator()(const Complex& z) const { return z * z + thrust::conj(z) * Complex(1, -1); }
};

bool complexes(size_t n) {
  thrust::host_vector<thrust::complex<double>> h(n);
  std::complex<double> expected = 0;
  for (size_t i = 0; i < n; i++) {
    std::complex<double> z(i % 8, i % 5);
    h[i] = z, expected += z * z + std::conj(z) * std::complex<double>(1, -1);
  }
  thrust::device_vector<thrust::complex<double>> d = h;
  thrust::complex<double> sum =
      thrust::transform_reduce(d.begin(), d.end(), Power(), thrust::complex<double>(0), cuda::std::plus<thrust::complex<double>>());
  return sum.real() == expected.real() && sum.imag() == expected.imag();
}

/// What the engine gives after as many numbers as the index says.
struct Draw {
  __host__ __device__ unsigned operator()(unsigned index) const {
    thrust::minstd_rand engine(11);
    engine.discard(index);
    thrust::uniform_int_distribution<unsigned> dice(1, 6);
    return engine() ^ dice(engine);
  }
};

bool randoms(size_t n) {
  thrust::device_vector<unsigned> d(n);
  thrust::transform(thrust::counting_iterator<unsigned>(0), thrust::counting_iterator<unsigned>(n), d.begin(), Draw());
  std::vector<unsigned> drawn = host(d);
  for (size_t i = 0; i < n; i += 97)
    if (drawn[i] != Draw()(i)) return false;
  thrust::sequence(d.begin(), d.end());
  thrust::shuffle(d.begin(), d.end(), thrust::default_random_engine(3));
  bool moved = n < 100 || !thrust::is_sorted(d.begin(), d.end());
  thrust::sort(d.begin(), d.end());
  return moved && thrust::equal(d.begin(), d.end(), thrust::counting_iterator<unsigned>(0));
}

int main() {
  over_sizes("streams", on_streams);
  over_sizes("allocators", with_allocators);
  over_sizes("universal and host vectors", universal);
  over_sizes("in kernels", in_kernels);
  over_sizes("complex", complexes);
  over_sizes("random", randoms);
  return wrong;
}
