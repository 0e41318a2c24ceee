// CUB's block and warp primitives: each kernel's result against the same by loops on the host.
#include <algorithm>
#include <cub/cub.cuh>
#include <numeric>

#include "support.h"

constexpr int THREADS = 128, ITEMS = 5, TILE = THREADS * ITEMS;

struct Plus {
  template <class T>
  __host__ __device__ T operator()(const T& a, const T& b) const {
    return static_cast<T>(a + b);
  }
};

struct Before {
  template <class T>
  __host__ __device__ bool operator()(const T& a, const T& b) const {
    return a < b;
  }
};

template <cub::BlockLoadAlgorithm LOAD, cub::BlockStoreAlgorithm STORE, cub::BlockScanAlgorithm SCAN, class T>
__global__ void scan_tile(const T* in, T* out, T* total, int valid, T zero) {
  using Load = cub::BlockLoad<T, THREADS, ITEMS, LOAD>;
  using Store = cub::BlockStore<T, THREADS, ITEMS, STORE>;
  using Scan = cub::BlockScan<T, THREADS, SCAN>;
  __shared__ union {
    typename Load::TempStorage load;
    typename Store::TempStorage store;
    typename Scan::TempStorage scan;
  } storage;
  T items[ITEMS], sum;
  Load(storage.load).Load(in, items, valid, zero);
  __syncthreads();
  Scan(storage.scan).ExclusiveScan(items, items, zero, Plus{}, sum);
  __syncthreads();
  Store(storage.store).Store(out, items, valid);
  if (threadIdx.x == 0) *total = sum;
}

template <cub::BlockLoadAlgorithm LOAD, cub::BlockStoreAlgorithm STORE, class T>
__global__ void copy_tile(const T* in, T* out, int valid) {
  using Load = cub::BlockLoad<T, THREADS, ITEMS, LOAD>;
  using Store = cub::BlockStore<T, THREADS, ITEMS, STORE>;
  __shared__ union {
    typename Load::TempStorage load;
    typename Store::TempStorage store;
  } storage;
  T items[ITEMS];
  if (valid == TILE) {
    Load(storage.load).Load(in, items);
    __syncthreads();
    Store(storage.store).Store(out, items);
  } else {
    Load(storage.load).Load(in, items, valid);
    __syncthreads();
    Store(storage.store).Store(out, items, valid);
  }
}

template <cub::BlockReduceAlgorithm REDUCE, class T>
__global__ void reduce_tile(const T* in, T* out, int valid) {
  using Reduce = cub::BlockReduce<T, THREADS, REDUCE>;
  __shared__ typename Reduce::TempStorage storage;
  T mine = threadIdx.x < valid ? in[threadIdx.x] : T{};
  T sum = Reduce(storage).Reduce(mine, Plus{}, valid);
  if (threadIdx.x == 0) *out = sum;
}

template <class T>
__global__ void sort_tile(const T* in, T* out, int* places) {
  using Sort = cub::BlockRadixSort<T, THREADS, ITEMS, int>;
  __shared__ typename Sort::TempStorage storage;
  T keys[ITEMS];
  int values[ITEMS];
  for (int i = 0; i < ITEMS; ++i) {
    values[i] = threadIdx.x * ITEMS + i;
    keys[i] = in[values[i]];
  }
  Sort(storage).SortDescending(keys, values);
  for (int i = 0; i < ITEMS; ++i) {
    out[threadIdx.x * ITEMS + i] = keys[i];
    places[threadIdx.x * ITEMS + i] = values[i];
  }
}

template <class T>
__global__ void merge_tile(const T* in, T* out) {
  using Sort = cub::BlockMergeSort<T, THREADS, ITEMS>;
  __shared__ typename Sort::TempStorage storage;
  T keys[ITEMS];
  for (int i = 0; i < ITEMS; ++i) keys[i] = in[threadIdx.x * ITEMS + i];
  Sort(storage).Sort(keys, Before{});
  for (int i = 0; i < ITEMS; ++i) out[threadIdx.x * ITEMS + i] = keys[i];
}

// Blocked to striped and back gives a permutation, then its inverse.
template <class T>
__global__ void exchange_tile(const T* in, T* striped, T* again) {
  using Exchange = cub::BlockExchange<T, THREADS, ITEMS>;
  __shared__ typename Exchange::TempStorage storage;
  T items[ITEMS];
  for (int i = 0; i < ITEMS; ++i) items[i] = in[threadIdx.x * ITEMS + i];
  Exchange(storage).BlockedToStriped(items, items);
  for (int i = 0; i < ITEMS; ++i) striped[i * THREADS + threadIdx.x] = items[i];
  __syncthreads();
  Exchange(storage).StripedToBlocked(items, items);
  for (int i = 0; i < ITEMS; ++i) again[threadIdx.x * ITEMS + i] = items[i];
}

template <int WIDTH, class T>
__global__ void warps(const T* in, T* sums, T* scans, T* sorted) {
  using Reduce = cub::WarpReduce<T, WIDTH>;
  using Scan = cub::WarpScan<T, WIDTH>;
  using Sort = cub::WarpMergeSort<T, 2, WIDTH>;
  constexpr int COUNT = THREADS / WIDTH;
  __shared__ typename Reduce::TempStorage reduce[COUNT];
  __shared__ typename Scan::TempStorage scan[COUNT];
  __shared__ typename Sort::TempStorage sort[COUNT];
  int warp = threadIdx.x / WIDTH;
  T mine = in[threadIdx.x], inclusive;
  T sum = Reduce(reduce[warp]).Reduce(mine, Plus{});
  if (threadIdx.x % WIDTH == 0) sums[warp] = sum;
  Scan(scan[warp]).InclusiveScan(mine, inclusive, Plus{});
  scans[threadIdx.x] = inclusive;
  T keys[2] = {in[2 * threadIdx.x], in[2 * threadIdx.x + 1]};
  Sort(sort[warp]).Sort(keys, Before{});
  sorted[2 * threadIdx.x] = keys[0];
  sorted[2 * threadIdx.x + 1] = keys[1];
}

template <class T>
std::vector<T> exclusive(const std::vector<T>& values, size_t valid, T zero) {
  std::vector<T> out(valid);
  std::exclusive_scan(values.begin(), values.begin() + valid, out.begin(), zero, Plus{});
  return out;
}

template <cub::BlockLoadAlgorithm LOAD, cub::BlockStoreAlgorithm STORE, cub::BlockScanAlgorithm SCAN, class T>
void block_scan(const char* what) {
  auto values = random_values<T>(TILE, 8, 43);
  Device<T> in(values), out(TILE), total(1);
  T zero{};
  for (int valid : {TILE, TILE - 1, 77, 1}) {
    scan_tile<LOAD, STORE, SCAN><<<1, THREADS>>>(in.data, out.data, total.data, valid, zero);
    expect(what, valid, out.get(valid), exclusive(values, valid, zero));
    expect("total", valid, total.get(), {std::accumulate(values.begin(), values.begin() + valid, zero, Plus{})});
  }
}

template <class T>
void block() {
  using namespace cub;
  block_scan<BLOCK_LOAD_DIRECT, BLOCK_STORE_DIRECT, BLOCK_SCAN_RAKING, T>("BlockScan, raking, direct loads");
  block_scan<BLOCK_LOAD_TRANSPOSE, BLOCK_STORE_TRANSPOSE, BLOCK_SCAN_WARP_SCANS, T>("BlockScan, warp scans, transposed loads");
  block_scan<BLOCK_LOAD_WARP_TRANSPOSE, BLOCK_STORE_WARP_TRANSPOSE, BLOCK_SCAN_RAKING_MEMOIZE, T>("BlockScan, memoized");
  auto values = random_values<T>(TILE, 16, 47);
  Device<T> in(values), out(TILE), again(TILE);
  for (int valid : {THREADS, THREADS - 1, 33, 32, 1}) {
    std::vector<T> sum{std::accumulate(values.begin() + 1, values.begin() + valid, values[0], Plus{})};
    reduce_tile<BLOCK_REDUCE_RAKING><<<1, THREADS>>>(in.data, out.data, valid);
    expect("BlockReduce, raking", valid, out.get(1), sum);
    reduce_tile<BLOCK_REDUCE_RAKING_COMMUTATIVE_ONLY><<<1, THREADS>>>(in.data, out.data, valid);
    expect("BlockReduce, commutative", valid, out.get(1), sum);
    reduce_tile<BLOCK_REDUCE_WARP_REDUCTIONS><<<1, THREADS>>>(in.data, out.data, valid);
    expect("BlockReduce, warp reductions", valid, out.get(1), sum);
  }
  copy_tile<BLOCK_LOAD_STRIPED, BLOCK_STORE_STRIPED><<<1, THREADS>>>(in.data, out.data, TILE - 9);
  expect("BlockLoad, BlockStore, striped", TILE - 9, out.get(TILE - 9), {values.begin(), values.end() - 9});
  copy_tile<BLOCK_LOAD_VECTORIZE, BLOCK_STORE_VECTORIZE><<<1, THREADS>>>(in.data, out.data, TILE);
  expect("BlockLoad, BlockStore, vectors", TILE, out.get(), values);
  exchange_tile<<<1, THREADS>>>(in.data, out.data, again.data);
  expect("BlockExchange, there", TILE, out.get(), values);
  expect("BlockExchange, and back", TILE, again.get(), values);
}

template <class T>
void block_sort() {
  auto keys = random_values<T>(TILE, 100, 53);
  Device<T> in(keys), out(TILE);
  auto sorted = keys;
  std::stable_sort(sorted.begin(), sorted.end());
  merge_tile<<<1, THREADS>>>(in.data, out.data);
  expect("BlockMergeSort", TILE, out.get(), sorted);
  if constexpr (std::is_arithmetic_v<T>) {
    Device<int> places(TILE);
    std::vector<int> wanted(TILE);
    std::iota(wanted.begin(), wanted.end(), 0);
    std::stable_sort(wanted.begin(), wanted.end(), [&](int a, int b) { return keys[b] < keys[a]; });
    sort_tile<<<1, THREADS>>>(in.data, out.data, places.data);
    expect("BlockRadixSort::SortDescending", TILE, places.get(), wanted);
  }
}

template <int WIDTH, class T>
void warp() {
  auto values = random_values<T>(2 * THREADS, 16, 59);
  Device<T> in(values), sums(THREADS / WIDTH), scans(THREADS), sorted(2 * THREADS);
  warps<WIDTH><<<1, THREADS>>>(in.data, sums.data, scans.data, sorted.data);
  std::vector<T> sum, scan(THREADS);
  for (int i = 0; i < THREADS; i += WIDTH) {
    std::inclusive_scan(values.begin() + i, values.begin() + i + WIDTH, scan.begin() + i, Plus{});
    sum.push_back(scan[i + WIDTH - 1]);
  }
  auto ordered = values;
  for (int i = 0; i < 2 * THREADS; i += 2 * WIDTH) std::stable_sort(ordered.begin() + i, ordered.begin() + i + 2 * WIDTH);
  expect("WarpReduce", WIDTH, sums.get(), sum);
  expect("WarpScan", WIDTH, scans.get(), scan);
  expect("WarpMergeSort", WIDTH, sorted.get(), ordered);
}

template <class T>
void everything() {
  block<T>();
  block_sort<T>();
  warp<32, T>();
  warp<8, T>();
}

int main() { return check<TYPES>("block, warp"); }
