// Memory of every kind through every kind of pointer. Prints checksums that do not depend on the order of threads.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

using u32 = uint32_t;
using u64 = unsigned long long;

constexpr int kThreads = 192, kBlocks = 5, kAll = kThreads * kBlocks;

struct __align__(1) Packed {
  char tag;
  short half;
  int word;
  double wide;
} __attribute__((packed));

__device__ u32 mix(u32 x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  return x * 0x846ca68bu;
}

// Private arrays with an index that is only known at run time, and their addresses in other functions.
__device__ __noinline__ void fill(u64* values, int count, u32 seed) {
  for (int i = 0; i < count; ++i) values[i] = mix(seed + i) * u64{0x100000001};
}
__device__ __noinline__ u64 pick(const u64* values, int at) { return values[at]; }
__global__ void private_arrays(u64* out) {
  const u32 i = blockIdx.x * blockDim.x + threadIdx.x;
  u64 values[37];
  unsigned char bytes[64];
  fill(values, 37, i);
  for (int k = 0; k < 64; ++k) bytes[(k * 5 + i) % 64] = static_cast<unsigned char>(mix(k + i));
  u32 word;
  memcpy(&word, bytes + (i % 59) + 1, 4);
  double number;
  memcpy(&number, bytes + (i % 51) + 3, 8);
  u64 pattern;
  memcpy(&pattern, &number, 8);
  out[i] = pick(values, i % 37) + values[(i * 7) % 37] + word + pattern;
}

// One pointer, three kinds of memory.
__device__ __noinline__ int sum_of(const int* values, int count) {
  int sum = 0;
  for (int k = 0; k < count; ++k) sum += values[k] * (k + 1);
  return sum;
}
__global__ void generic_pointers(int* out, const int* global) {
  __shared__ int shared[kThreads];
  const u32 t = threadIdx.x, i = blockIdx.x * blockDim.x + t;
  int own[8];
  shared[t] = static_cast<int>(mix(i));
  for (int k = 0; k < 8; ++k) own[k] = static_cast<int>(mix(i + k)) >> 3;
  __syncthreads();
  const int* choice = i % 3 == 0 ? own : i % 3 == 1 ? shared + t % (kThreads - 8) : global + i % 100;
  out[i] = sum_of(choice, 8);
}

// Structures without alignment, 8 and 16 bits.
__global__ void unaligned(Packed* packed, u64* out) {
  const u32 i = blockIdx.x * blockDim.x + threadIdx.x;
  packed[i].tag = static_cast<char>(i);
  packed[i].half = static_cast<short>(mix(i));
  packed[i].word = static_cast<int>(mix(i + 1));
  packed[i].wide = i * 0.37;
  const Packed copy = packed[i];
  out[i] = static_cast<u64>(copy.tag + copy.half + copy.word) + static_cast<u64>(copy.wide * 1000);
}
__global__ void narrow(const signed char* a, const unsigned short* b, short* c, unsigned char* d) {
  const u32 i = blockIdx.x * blockDim.x + threadIdx.x;
  c[i] = static_cast<short>(a[i] * 3 + b[kAll - 1 - i]);
  d[kAll - 1 - i] = static_cast<unsigned char>(a[i] ^ b[i]);
}

// Every atomic on global, shared and generic memory.
struct Cells {
  u32 add, sub, low, high, all, any, odd, swap, inc, dec, cas;
  int signed_low, signed_high;
  u64 wide_add, wide_low, wide_high, wide_and, wide_or, wide_xor, wide_swap, wide_cas;
  float sum;
  double wide_sum;
};
__device__ void start(Cells* c) {
  memset(c, 0, sizeof *c);
  c->low = c->all = ~0u;
  c->wide_low = c->wide_and = ~0ull;
  c->signed_low = 0x7fffffff;
  c->signed_high = -0x7fffffff;
}
__device__ __noinline__ void touch(Cells* c, u32 i, u32* checks) {
  const u32 x = mix(i);
  const u64 wide = x * u64{0x123456789} + i;
  atomicAdd(&c->add, x);
  atomicSub(&c->sub, x);
  atomicMin(&c->low, x);
  atomicMax(&c->high, x);
  atomicAnd(&c->all, x | 0xff00ff);
  atomicOr(&c->any, x & 0x0f0f0f0f);
  atomicXor(&c->odd, x);
  atomicAdd(checks, atomicExch(&c->swap, x));
  atomicAdd(checks + 1, atomicInc(&c->inc, 100));
  atomicAdd(checks + 2, atomicDec(&c->dec, 77));
  u32 seen = c->cas, expected;
  do {
    expected = seen;
    seen = atomicCAS(&c->cas, expected, expected * 3 + 1);
  } while (seen != expected);
  atomicMin(&c->signed_low, static_cast<int>(x));
  atomicMax(&c->signed_high, static_cast<int>(x));
  atomicAdd(&c->wide_add, wide);
  atomicMin(&c->wide_low, wide);
  atomicMax(&c->wide_high, wide);
  atomicAnd(&c->wide_and, wide | 0xffff);
  atomicOr(&c->wide_or, wide & 0x0f0f0f0f0f0f);
  atomicXor(&c->wide_xor, wide);
  atomicExch(&c->wide_swap, u64{42});
  u64 now = c->wide_cas, before;
  do {
    before = now;
    now = atomicCAS(&c->wide_cas, before, before + (wide & 0xffff));
  } while (now != before);
  atomicAdd(&c->sum, static_cast<float>(x & 15));
  atomicAdd(&c->wide_sum, static_cast<double>(x & 1023));
}
__global__ void atomics(Cells* global, Cells* from_shared, u32* checks) {
  __shared__ Cells shared;
  __shared__ u32 shared_checks[3];
  const u32 i = blockIdx.x * blockDim.x + threadIdx.x;
  if (threadIdx.x == 0) start(&shared);
  if (threadIdx.x < 3) shared_checks[threadIdx.x] = 0;
  __syncthreads();
  touch(global, i, checks);
  touch(&shared, i, shared_checks);
  __syncthreads();
  if (threadIdx.x == 0) from_shared[blockIdx.x] = shared;
}
__global__ void begin(Cells* c) { start(c); }

u64 checksum(const void* bytes, size_t count) {
  u64 sum = 1469598103934665603ull;
  for (size_t i = 0; i < count; ++i) sum = (sum ^ static_cast<const unsigned char*>(bytes)[i]) * 1099511628211ull;
  return sum;
}

template <typename T>
struct Memory {
  T* device;
  size_t count;
  explicit Memory(size_t n) : count(n) {
    cudaMalloc(&device, n * sizeof(T));
    std::vector<unsigned char> start(n * sizeof(T));
    for (size_t i = 0; i < start.size(); ++i) start[i] = static_cast<unsigned char>(i * 37 + i / 251);
    cudaMemcpy(device, start.data(), start.size(), cudaMemcpyHostToDevice);
  }
  std::vector<T> get() const {
    std::vector<T> host(count);
    cudaMemcpy(host.data(), device, count * sizeof(T), cudaMemcpyDeviceToHost);
    return host;
  }
  void print(const char* name) const {
    const auto host = get();
    printf("%s %016llx\n", name, checksum(host.data(), count * sizeof(T)));
  }
};

void print_cells(const char* name, Cells c) {
  c.swap = 0;  // the last one wins: any
  printf("%s %016llx add %u cas %u wide %llx sum %g %g\n", name, checksum(&c, sizeof c), c.add, c.cas, c.wide_cas, c.sum,
         c.wide_sum);
}

int main() {
  Memory<u64> out(kAll);
  private_arrays<<<kBlocks, kThreads>>>(out.device);
  out.print("private arrays");
  Memory<int> words(kAll), more(256);
  generic_pointers<<<kBlocks, kThreads>>>(words.device, more.device);
  words.print("generic pointers");
  Memory<Packed> packed(kAll);
  unaligned<<<kBlocks, kThreads>>>(packed.device, out.device);
  packed.print("packed");
  out.print("unaligned");
  Memory<signed char> a(kAll);
  Memory<unsigned short> b(kAll);
  Memory<short> c(kAll);
  Memory<unsigned char> d(kAll);
  narrow<<<kBlocks, kThreads>>>(a.device, b.device, c.device, d.device);
  c.print("16 bits");
  d.print("8 bits");
  Memory<Cells> cells(1), blocks(kBlocks);
  Memory<u32> checks(3);
  cudaMemset(checks.device, 0, 12);
  begin<<<1, 1>>>(cells.device);
  atomics<<<kBlocks, kThreads>>>(cells.device, blocks.device, checks.device);
  print_cells("global atomics", cells.get()[0]);
  for (const Cells& block : blocks.get()) print_cells("shared atomics", block);
  printf("checks %u %u\n", checks.get()[1], checks.get()[2]);
  return cudaDeviceSynchronize();
}
