// Reductions and scans of tiles and of coalesced groups with random members, against the host.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>

#include <cstdio>

namespace cg = cooperative_groups;
constexpr int THREADS = 128;

// Values that the operators treat exactly, whatever the order.
template <class T>
__host__ __device__ T value_of(unsigned i) {
  return (T)((i * 2654435761u >> 20) % 113);
}

template <class T, class Group, class Operator>
__device__ void collect(const Group& group, T* out, Operator op) {
  const unsigned i = threadIdx.x;
  const T mine = value_of<T>(i);
  out[i] = cg::reduce(group, mine, op);
  out[THREADS + i] = cg::inclusive_scan(group, mine, op);
  out[2 * THREADS + i] = cg::exclusive_scan(group, mine, op);
}

template <int Size, class T, class Operator>
__global__ void of_tiles(T* out, Operator op) {
  collect(cg::tiled_partition<Size>(cg::this_thread_block()), out, op);
}

template <class T, class Operator>
__global__ void of_some(T* out, Operator op, unsigned seed) {
  const unsigned i = threadIdx.x;
  if ((seed >> i % 32 & 1) != 0) collect(cg::coalesced_threads(), out, op);
}

template <class T>
struct HostOperator {
  int kind;
  T operator()(T a, T b) const {
    switch (kind) {
      case 0:
        return (T)(a + b);
      default:
        return a < b ? b : a;
    }
  }
};

// Members of a group are those with the same `group_of`, in order; negative: none.
template <class T, class GroupOf>
int wrong_results(const T* out, HostOperator<T> op, GroupOf group_of) {
  int wrong = 0;
  for (int i = 0; i < THREADS; ++i) {
    if (group_of(i) < 0) continue;
    T total{}, before{}, with{};
    bool any = false, earlier = false;
    for (int k = 0; k < THREADS; ++k) {
      if (group_of(k) != group_of(i)) continue;
      const T value = value_of<T>((unsigned)k);
      total = any ? op(total, value) : value;
      any = true;
      if (k < i) {
        before = earlier ? op(before, value) : value;
        earlier = true;
      }
      if (k == i) with = earlier ? op(before, value) : value;
    }
    wrong += out[i] != total || out[THREADS + i] != with || out[2 * THREADS + i] != (earlier ? before : T{});
  }
  return wrong;
}

template <int Size, class T, class Operator>
int check_tile(T* out, Operator op, int kind) {
  of_tiles<Size><<<1, THREADS>>>(out, op);
  if (cudaDeviceSynchronize() != cudaSuccess) return -1;
  return wrong_results(out, HostOperator<T>{kind}, [](int i) { return i / Size; });
}

template <class T, class Operator>
int check_all(T* out, Operator op, int kind) {
  int wrong = check_tile<2>(out, op, kind) + check_tile<32>(out, op, kind) + check_tile<128>(out, op, kind);
  for (unsigned seed : {1u, 0x80000000u, 0xdeadbeefu, 0x00ff00f0u, 0xfffffffeu, 0x12345678u, 0xffffffffu}) {
    of_some<<<1, THREADS>>>(out, op, seed);
    if (cudaDeviceSynchronize() != cudaSuccess) return -1;
    wrong += wrong_results(out, HostOperator<T>{kind}, [=](int i) { return (seed >> i % 32 & 1) != 0 ? i / 32 : -1; });
  }
  return wrong;
}

template <class T>
void check_type(const char* name) {
  T* out;
  cudaMallocManaged(&out, 3 * THREADS * sizeof(T));
  const int sums = check_all(out, cg::plus<T>(), 0), most = check_all(out, cg::greater<T>(), 2);
  printf("%s: %d %d wrong\n", name, sums, most);
  cudaFree(out);
}

int main() {
  check_type<int>("int");
  check_type<long long>("long long");
  check_type<double>("double");
}
