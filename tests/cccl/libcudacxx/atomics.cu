// cuda::atomic and cuda::atomic_ref: every operation, order, scope and width, contended by all threads of several blocks.
#include <cstdio>
#include <cuda/atomic>
#include <cuda/std/atomic>

#define ORDERS(X, ...)                        \
  X(cuda::memory_order_relaxed, __VA_ARGS__); \
  X(cuda::memory_order_acquire, __VA_ARGS__); \
  X(cuda::memory_order_release, __VA_ARGS__); \
  X(cuda::memory_order_acq_rel, __VA_ARGS__); \
  X(cuda::memory_order_seq_cst, __VA_ARGS__)
constexpr int blocks = 3, threads = 70, orders = 5, count = blocks * threads;

/// What all threads together leave behind.
template <class T>
struct Results {
  T sum, difference, ands, ors, xors, low, high, swapped, exchanged, stored;
};

template <class T, cuda::thread_scope scope>
__global__ void contend(Results<T>* results, int* wrong) {
  T n = static_cast<T>(blockIdx.x * blockDim.x + threadIdx.x);
  auto ref = [](T& value) { return cuda::atomic_ref<T, scope>(value); };
#define ADD(order, type)                                                               \
  ref(results->sum).fetch_add(n, order), ref(results->difference).fetch_sub(n, order); \
  ref(results->low).fetch_min(static_cast<T>(n + 1), order), ref(results->high).fetch_max(n, order)
  ORDERS(ADD, T);
  // Each thread adds one for each order, however often another one comes between.
#define SWAP(order, type)                                                                                                  \
  for (T seen = ref(results->swapped).load(cuda::memory_order_relaxed);                                                    \
       !ref(results->swapped).compare_exchange_weak(seen, static_cast<T>(seen + 1), order, cuda::memory_order_relaxed);) { \
  }
  ORDERS(SWAP, T);
#define EXCHANGE(order, type) \
  if (ref(results->exchanged).exchange(T(5), order) > 5) atomicAdd(wrong, 1)
  ORDERS(EXCHANGE, T);
  ref(results->stored).store(T(3), cuda::memory_order_relaxed), ref(results->stored).store(T(3), cuda::memory_order_release);
  ref(results->stored).store(T(3));
  if (ref(results->exchanged).load(cuda::memory_order_acquire) != 5 || ref(results->exchanged).load() != 5) atomicAdd(wrong, 1);
  T expected = 77;
  if (ref(results->stored).compare_exchange_strong(expected, T(9)) || expected != 3) atomicAdd(wrong, 1);
}

template <class T, cuda::thread_scope scope>
__global__ void contend_bits(Results<T>* results) {
  unsigned n = blockIdx.x * blockDim.x + threadIdx.x;
  T bit = static_cast<T>(T(1) << n % (8 * sizeof(T)));
#define BITS(order, type)                                                                         \
  cuda::atomic_ref<T, scope>(results->ands).fetch_and(static_cast<T>(~(n % 8 ? 0 : bit)), order); \
  cuda::atomic_ref<T, scope>(results->ors).fetch_or(n % 2 ? bit : T(0), order);                   \
  cuda::atomic_ref<T, scope>(results->xors).fetch_xor(bit, order)
  ORDERS(BITS, T);
}

template <class T, cuda::thread_scope scope>
int check(const char* name) {
  Results<T>* r;
  int* wrong;
  cudaMallocManaged(&r, sizeof *r), cudaMallocManaged(&wrong, sizeof *wrong);
  *r = {}, *wrong = 0, r->low = 100;
  const int grid = scope == cuda::thread_scope_block ? 1 : blocks, all = grid * threads;
  contend<T, scope><<<grid, threads>>>(r, wrong);
  T low = 100, high = 0;
  for (int n = 0; n < all; n++) low = min(low, static_cast<T>(n + 1)), high = max(high, static_cast<T>(n));
  T total = static_cast<T>(orders * (all * (all - 1) / 2)), negative = static_cast<T>(-orders * (all * (all - 1) / 2));
  bool right = cudaDeviceSynchronize() == cudaSuccess && r->sum == total && r->difference == negative && r->low == low && !*wrong &&
               r->high == high && r->swapped == static_cast<T>(orders * all) && r->exchanged == 5 && r->stored == 3;
  if constexpr (T(0.5) == 0) {
    r->ands = static_cast<T>(~0ull);
    contend_bits<T, scope><<<grid, threads>>>(r);
    T ands = static_cast<T>(~0ull), ors = 0, xors = 0;
    for (int n = 0; n < all; n++) {
      T bit = static_cast<T>(T(1) << n % (8 * sizeof(T)));
      if (n % 8 == 0) ands &= ~bit;
      if (n % 2) ors |= bit;
      xors ^= bit;  // an odd number of orders
    }
    right = cudaDeviceSynchronize() == cudaSuccess && right && r->ands == ands && r->ors == ors && r->xors == xors;
  }
  printf("%s %s\n", name, right ? "ok" : "WRONG");
  cudaFree(r), cudaFree(wrong);
  return !right;
}

template <class T>
int scopes(const char* name) {
  return check<T, cuda::thread_scope_system>(name) + check<T, cuda::thread_scope_device>(name) +
         check<T, cuda::thread_scope_block>(name);
}

struct Pair {
  int a, b;
};

/// Whole objects, flags, pointers, fences, waiting, and cuda::std::atomic.
__global__ void others(int* wrong) {
  __shared__ cuda::atomic<Pair, cuda::thread_scope_block> pair;
  __shared__ cuda::std::atomic_flag flag;
  __shared__ cuda::atomic<int*, cuda::thread_scope_block> pointer;
  __shared__ cuda::atomic<int, cuda::thread_scope_block> turn;
  __shared__ int data, guarded;
  if (!threadIdx.x) {
    new (&pair) cuda::atomic<Pair, cuda::thread_scope_block>(Pair{0, 0});
    pointer = wrong, turn = 0, data = guarded = 0, flag.clear();
  }
  __syncthreads();
  for (Pair seen = pair.load(); !pair.compare_exchange_strong(seen, Pair{seen.a + 1, seen.b - 2});) {
  }
  pointer.fetch_add(1), pointer--;
  // One lane of a warp: on AMD the lanes of a wave are not each other's threads to wait for.
  if (threadIdx.x % 32 == 5) {
    while (flag.test_and_set(cuda::std::memory_order_acquire)) {
    }
    guarded = guarded + 1;
    flag.clear(cuda::std::memory_order_release);
  }
  // A message: written plainly, then announced by an order, then by a fence.
  if (threadIdx.x == 32) data = 42, turn.store(1, cuda::memory_order_release), turn.notify_all();
  turn.wait(0, cuda::memory_order_acquire);
  if (data != 42) atomicAdd(wrong, 1);
  __syncthreads();
  if (threadIdx.x == 32) {
    data = 43;
    cuda::atomic_thread_fence(cuda::memory_order_release, cuda::thread_scope_block);
    turn.store(2, cuda::memory_order_relaxed);
  }
  while (turn.load(cuda::memory_order_relaxed) != 2) {
  }
  cuda::atomic_thread_fence(cuda::memory_order_acquire, cuda::thread_scope_block);
  if (data != 43) atomicAdd(wrong, 1);
  __syncthreads();
  Pair end = pair.load();
  int n = blockDim.x;
  if (end.a != n || end.b != -2 * n || guarded != n / 32 || pointer.load() != wrong) atomicAdd(wrong, 1);
}

int main() {
  int failures = scopes<int>("int") + scopes<unsigned>("unsigned") + scopes<long long>("long long") +
                 scopes<unsigned long long>("unsigned long long") + scopes<float>("float") + scopes<double>("double");
  failures += check<signed char, cuda::thread_scope_device>("signed char") +
              check<unsigned short, cuda::thread_scope_device>("unsigned short");
  int* wrong;
  cudaMallocManaged(&wrong, sizeof *wrong);
  *wrong = 0;
  others<<<1, 64>>>(wrong);
  bool right = cudaDeviceSynchronize() == cudaSuccess && !*wrong;
  printf("others %s %d\n", right ? "ok" : "WRONG", *wrong);
  return failures + !right;
}
