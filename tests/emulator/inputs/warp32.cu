// What warps of 32 lanes promise, kernel by kernel; every device must print the same. On wave64 processors two warps share a wave.
#include <cooperative_groups.h>

#include <cstdint>
#include <cstdio>

namespace cg = cooperative_groups;
constexpr int THREADS = 160, SLOTS = 64;
constexpr unsigned ALL = 0xffffffffu;
__device__ int lane() { return threadIdx.x % 32; }
__device__ int warp() { return threadIdx.x / 32; }

struct Sink {
  unsigned long long* slots;
  int used = 0;
  __device__ explicit Sink(unsigned long long* out) : slots(out + threadIdx.x * SLOTS) {}
  __device__ void put(unsigned long long value) { slots[used++] = value + 1; }
  __device__ void put_bits(float value) { put((unsigned long long)__float_as_uint(value)); }
};

// The shuffles whose distance is known: each has its own instructions.
template <int distance, int width>
__device__ void shuffle(Sink& sink, int value) {
  if (distance >= width) return;
  sink.put((unsigned)__shfl_xor_sync(ALL, value, distance, width));
  sink.put((unsigned)__shfl_down_sync(ALL, value, distance, width));
  sink.put((unsigned)__shfl_up_sync(ALL, value, distance, width));
  sink.put((unsigned)__shfl_sync(ALL, value, distance, width));
}
template <int width>
__global__ void constant_shuffles(unsigned long long* out) {
  Sink sink(out);
  int value = threadIdx.x * 7919 + 13;
  shuffle<1, width>(sink, value);
  shuffle<2, width>(sink, value);
  shuffle<4, width>(sink, value);
  shuffle<8, width>(sink, value);
  shuffle<16, width>(sink, value);
  shuffle<3, width>(sink, value);
  shuffle<13, width>(sink, value);
}

// A last warp that is not whole: lanes on the way of a value may be missing, its source is there.
template <int distance>
__device__ void shuffle_partially(Sink& sink, int value, int lanes) {
  const unsigned mask = lanes == 32 ? ALL : (1u << lanes) - 1;
  const int up = __shfl_up_sync(mask, value, distance), down = __shfl_down_sync(mask, value, distance);
  const int other = __shfl_xor_sync(mask, value, distance);
  sink.put(lane() >= distance ? (unsigned)up : 0);
  sink.put(lane() + distance < lanes ? (unsigned)down : 0);
  sink.put((lane() ^ distance) < lanes ? (unsigned)other : 0);
}
__global__ void partial_shuffles(unsigned long long* out) {
  Sink sink(out);
  const int value = threadIdx.x * 7919 + 13, lanes = min(32, (int)blockDim.x - warp() * 32);
  shuffle_partially<1>(sink, value, lanes);
  shuffle_partially<2>(sink, value, lanes);
  shuffle_partially<3>(sink, value, lanes);
  shuffle_partially<4>(sink, value, lanes);
  shuffle_partially<7>(sink, value, lanes);
  shuffle_partially<8>(sink, value, lanes);
  shuffle_partially<13>(sink, value, lanes);
  shuffle_partially<16>(sink, value, lanes);
}

__global__ void variable_shuffles(unsigned long long* out, int distance) {
  Sink sink(out);
  int value = threadIdx.x * 31 + 5;
  for (int d = distance; d < 32; d += 5) {
    sink.put((unsigned)__shfl_xor_sync(ALL, value, d));
    sink.put((unsigned)__shfl_down_sync(ALL, value, d));
    sink.put((unsigned)__shfl_up_sync(ALL, value, d));
    sink.put((unsigned)__shfl_sync(ALL, value, (lane() * d) % 32));
  }
  sink.put((unsigned long long)__shfl_xor_sync(ALL, value * 0x100000001ll, 16));
  sink.put_bits((float)__shfl_down_sync(ALL, value * 0.5, 4));
}

__global__ void reductions(unsigned long long* out) {
  Sink sink(out);
  float sum = threadIdx.x * 0.37f;
  for (int d = 16; d > 0; d /= 2) sum += __shfl_xor_sync(ALL, sum, d);
  sink.put_bits(sum);
  sum = threadIdx.x * 1.7f;
  for (int d = 16; d > 0; d /= 2) sum += __shfl_down_sync(ALL, sum, d);
  sink.put_bits(sum);  // of every lane, not of the first only
  int scan = threadIdx.x % 11;
  for (int d = 1; d < 32; d *= 2) {
    int left = __shfl_up_sync(ALL, scan, d);
    if (lane() >= d) scan += left;
  }
  sink.put((unsigned)scan);
  unsigned value = threadIdx.x * 2654435761u;
  sink.put(__reduce_add_sync(ALL, value));
  sink.put(__reduce_xor_sync(ALL, value));
  sink.put(__reduce_max_sync(ALL, value));
  sink.put((unsigned)__reduce_min_sync(ALL, (int)value));
  unsigned own = lane() % 3 == 0 ? 0x49249249u : lane() % 3 == 1 ? 0x92492492u : 0x24924924u;
  sink.put(__reduce_add_sync(own, value));
  sink.put(__reduce_and_sync(own, value | 0xff));
}

__global__ void votes(unsigned long long* out) {
  Sink sink(out);
  bool third = threadIdx.x % 3 == 0;
  sink.put(__ballot_sync(ALL, third));
  sink.put(__any_sync(ALL, threadIdx.x == 70));
  sink.put(__all_sync(ALL, threadIdx.x < 96));
  sink.put(__match_any_sync(ALL, threadIdx.x % 5));
  int all = 0;
  sink.put(__match_all_sync(ALL, warp() == 3 ? threadIdx.x : 9, &all));
  sink.put(all);
  sink.put(__activemask());
  sink.put((unsigned)__nvvm_read_ptx_sreg_lanemask_lt());
  sink.put((unsigned)__nvvm_read_ptx_sreg_lanemask_le());
  sink.put((unsigned)__nvvm_read_ptx_sreg_lanemask_eq());
  sink.put((unsigned)__nvvm_read_ptx_sreg_lanemask_ge());
  sink.put((unsigned)__nvvm_read_ptx_sreg_lanemask_gt());
  sink.put((unsigned)__nvvm_read_ptx_sreg_laneid());
}

// Arms that split warps, and arms that split the two warps of a wave64.
__global__ void divergent(unsigned long long* out) {
  Sink sink(out);
  int value = threadIdx.x * 3 + 1;
  if (warp() % 2 == 0) {
    sink.put((unsigned)__shfl_xor_sync(ALL, value, 16));
    sink.put(__ballot_sync(ALL, value & 4));
    sink.put(__activemask());
  } else {
    sink.put((unsigned)__shfl_down_sync(ALL, value, 1));
    sink.put(__reduce_add_sync(ALL, (unsigned)value));
    sink.put(__match_any_sync(ALL, value % 7));
  }
  if (lane() < 16) {
    sink.put((unsigned)__shfl_xor_sync(0xffffu, value, 8, 16));
    sink.put((unsigned)__shfl_up_sync(0xffffu, value, 4, 16));
    sink.put(__ballot_sync(0xffffu, value & 8));
    sink.put(__reduce_max_sync(0xffffu, (unsigned)value));
  } else {
    sink.put((unsigned)__shfl_sync(0xffff0000u, value, 16 + lane() / 2));
    sink.put(__any_sync(0xffff0000u, value == 100));
    sink.put(__all_sync(0xffff0000u, value > 3));
  }
  __syncwarp();
  sink.put(__ballot_sync(ALL, true));
}

// Half of each wave64 is gone, then half of a warp.
__global__ void early_exit(unsigned long long* out) {
  Sink sink(out);
  __shared__ int sums[THREADS];
  sums[threadIdx.x] = threadIdx.x;
  if (warp() % 2 == 1) return;
  __syncthreads();
  int value = sums[threadIdx.x] + 100;
  sink.put((unsigned)__shfl_xor_sync(ALL, value, 1));
  sink.put((unsigned)__shfl_down_sync(ALL, value, 8));
  sink.put(__ballot_sync(ALL, lane() != 3));
  if (lane() >= 16) return;
  sink.put(__ballot_sync(0xffffu, lane() != 5));
  sink.put(__reduce_add_sync(0xffffu, (unsigned)value));
  sink.put((unsigned)__shfl_xor_sync(0xffffu, value, 4));
  sums[threadIdx.x] = value;
  __syncthreads();
  sink.put((unsigned)sums[threadIdx.x ^ 7]);
  sink.put(__activemask());
}

// Each warp its own number of rounds, with exchanges through shared memory between.
__global__ void rounds(unsigned long long* out) {
  Sink sink(out);
  __shared__ int values[THREADS];
  int value = threadIdx.x;
  for (int round = 0; round <= warp() * 2; ++round) {
    values[threadIdx.x] = value;
    __syncwarp();
    value += values[warp() * 32 + (lane() + 5) % 32];
    __syncwarp();
    value ^= __shfl_xor_sync(ALL, value, 2);
    if (__any_sync(ALL, value % 97 == 0)) value += __popc(__ballot_sync(ALL, value & 1));
  }
  sink.put((unsigned)value);
}

__global__ void groups(unsigned long long* out) {
  Sink sink(out);
  auto block = cg::this_thread_block();
  auto warp = cg::tiled_partition<32>(block);
  auto eight = cg::tiled_partition<8>(warp);
  int value = threadIdx.x * 5;
  sink.put((unsigned)warp.shfl_xor(value, 8));
  sink.put((unsigned)eight.shfl_down(value, 2));
  sink.put(eight.ballot(value % 3 == 1));
  sink.put(warp.meta_group_rank() * 100 + eight.meta_group_rank() * 10 + eight.thread_rank());
  if (threadIdx.x % 3 != 1) {
    auto active = cg::coalesced_threads();
    sink.put(active.size() * 100 + active.thread_rank());
    sink.put((unsigned)active.shfl(value, 1));
    sink.put((unsigned)active.shfl_up(value, 1));
    sink.put(active.any(value == 50));
  }
  block.sync();
  sink.put(warp.match_any(value % 4));
}

unsigned long long* memory;

template <class... Arguments>
void show(const char* name, void (*kernel)(unsigned long long*, Arguments...), int threads, Arguments... arguments) {
  for (int i = 0; i < 2 * THREADS * SLOTS; ++i) memory[i] = 0;
  kernel<<<1, threads>>>(memory, arguments...);
  cudaError_t error = cudaDeviceSynchronize();
  std::printf("%s<%d>: %s", name, threads, cudaGetErrorName(error));
  // One sum a slot, so that a difference says which operation it is.
  for (int slot = 0; slot < SLOTS; ++slot) {
    unsigned long long sum = 0;
    for (int i = 0; i < threads; ++i) sum = sum * 1000003 + memory[i * SLOTS + slot];
    if (sum) std::printf(" %d:%08llx", slot, (sum ^ sum >> 32) & 0xffffffff);
  }
  std::printf("\n");
}

int main() {
  cudaMallocManaged(&memory, 2 * THREADS * SLOTS * sizeof(*memory));
  for (int threads : {THREADS, 96, 32}) {
    show("constant_shuffles_32", constant_shuffles<32>, threads);
    show("constant_shuffles_16", constant_shuffles<16>, threads);
    show("constant_shuffles_8", constant_shuffles<8>, threads);
    show("constant_shuffles_4", constant_shuffles<4>, threads);
    show("constant_shuffles_2", constant_shuffles<2>, threads);
    show("variable_shuffles", variable_shuffles, threads, 1);
    show("reductions", reductions, threads);
    show("votes", votes, threads);
    show("divergent", divergent, threads);
    show("early_exit", early_exit, threads);
    show("rounds", rounds, threads);
    show("groups", groups, threads);
  }
  for (int threads : {1, 15, 17, 31, 45, 63, 77, 111}) show("partial_shuffles", partial_shuffles, threads);
}
