// Inline PTX: asynchronous reductions and stores with barriers that count their bytes, copies by mask, state spaces.
#include <cstdint>
#include <cstdio>

__device__ uint32_t shared_address(const void* pointer) { return static_cast<uint32_t>(__cvta_generic_to_shared(pointer)); }

__device__ void expect(uint64_t* barrier, unsigned bytes) {
  asm volatile("mbarrier.arrive.expect_tx.release.cta.shared::cta.b64 _, [%0], %1;" ::"r"(shared_address(barrier)), "r"(bytes)
               : "memory");
}

__device__ void wait(uint64_t* barrier, unsigned parity) {
  asm volatile(
      "{ .reg .pred done; AGAIN: mbarrier.test_wait.parity.acquire.cta.shared::cta.b64 done, [%0], %1;\n\t"
      "@!done bra AGAIN; }" ::"r"(shared_address(barrier)),
      "r"(parity)
      : "memory");
}

// Every block adds its numbers to those in global memory, and takes the greatest.
__global__ void to_global(unsigned* sums, float* floats, long long* greatest) {
  __shared__ __align__(16) unsigned mine[64];
  __shared__ __align__(16) float reals[64];
  __shared__ __align__(16) long long longs[64];
  const unsigned t = threadIdx.x, b = blockIdx.x;
  mine[t] = t * (b + 1);
  reals[t] = 0.25f * static_cast<float>(t);
  longs[t] = static_cast<long long>((t * 37 + b * 11) % 64) - 40;
  __syncthreads();
  if (t != 0) return;
  asm volatile("cp.reduce.async.bulk.global.shared::cta.bulk_group.add.u32 [%0], [%1], %2;" ::"l"(sums), "r"(shared_address(mine)),
               "r"(256)
               : "memory");
  asm volatile("cp.reduce.async.bulk.global.shared::cta.bulk_group.add.f32 [%0], [%1], 256;" ::"l"(floats),
               "r"(shared_address(reals))
               : "memory");
  asm volatile("cp.reduce.async.bulk.global.shared::cta.bulk_group.max.s64 [%0], [%1], 512;" ::"l"(greatest),
               "r"(shared_address(longs))
               : "memory");
  asm volatile("cp.async.bulk.commit_group; cp.async.bulk.wait_group 0;" ::: "memory");
}

// Each thread stores and reduces; one waits for the bytes.
__global__ void to_shared(unsigned* out) {
  __shared__ __align__(16) unsigned cells[64], total[4];
  __shared__ uint64_t barrier;
  const unsigned t = threadIdx.x;
  if (t < 4) total[t] = t == 2 ? 1000 : 0;
  if (t == 0) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], 1;" ::"r"(shared_address(&barrier)) : "memory");
    expect(&barrier, 32 * 8 + 32 * 12);
  }
  cells[t] = 0;
  cells[t + 32] = 0;
  __syncthreads();
  const uint32_t place = shared_address(cells + 2 * t), bell = shared_address(&barrier), sum = shared_address(total);
  asm volatile("st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v2.b32 [%0], {%1, %2}, [%3];" ::"r"(place), "r"(t),
               "r"(t + 100), "r"(bell)
               : "memory");
  asm volatile("red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.add.u32 [%0], %1, [%2];" ::"r"(sum), "r"(t),
               "r"(bell)
               : "memory");
  asm volatile("red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.or.b32 [%0+4], %1, [%2];" ::"r"(sum),
               "r"(1u << t), "r"(bell)
               : "memory");
  asm volatile("red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.min.s32 [%0+8], %1, [%2];" ::"r"(sum),
               "r"(-static_cast<int>(t)), "r"(bell)
               : "memory");
  wait(&barrier, 0);
  out[128 + t] = cells[2 * t] * 1000 + cells[2 * t + 1];
  if (t == 0) {
    for (int i = 0; i < 3; ++i) out[i] = total[i];
  }
}

// The same with the bulk reduction's bytes, after which the barrier's phase ends.
__global__ void bulk_to_shared(unsigned* out, const unsigned* in) {
  __shared__ __align__(16) unsigned from[64], to[64];
  __shared__ uint64_t barrier;
  const unsigned t = threadIdx.x;
  if (t == 0) asm volatile("mbarrier.init.b64 [%0], 1;" ::"l"(&barrier) : "memory");
  from[t] = t;
  to[t] = 5;
  __syncthreads();
  if (t == 0) {
    expect(&barrier, 512);
    asm volatile(
        "cp.reduce.async.bulk.shared::cluster.shared::cta.mbarrier::complete_tx::bytes.add.u32 [%0], [%1], 256, [%2];" ::"r"(
            shared_address(to)),
        "r"(shared_address(from)), "r"(shared_address(&barrier))
        : "memory");
    asm volatile("mbarrier.complete_tx.shared::cluster.relaxed.cluster.b64 [%0], 256;" ::"r"(shared_address(&barrier)) : "memory");
  }
  wait(&barrier, 0);
  out[t] = to[t];
  __syncthreads();
  if (t == 0) {
    expect(&barrier, 256);
    asm volatile(
        "{ .reg .b16 one; mov.b16 one, 1;\n\t"
        "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes.multicast::cluster [%0], [%1], 256, [%2], one; }" ::"r"(
            shared_address(to)),
        "l"(in), "r"(shared_address(&barrier))
        : "memory");
  }
  wait(&barrier, 1);
  out[64 + t] = to[t];
}

__constant__ int table[4] = {3, 1, 4, 1};

__global__ void spaces(unsigned* out, unsigned* global) {
  __shared__ unsigned word;
  unsigned long long shared_number, back, there;
  unsigned local = 7, is_shared, is_global, is_local, shared_is_global, mapped, rank;
  word = 41;
  asm volatile("cvta.to.shared.u64 %0, %1;" : "=l"(shared_number) : "l"(&word));
  asm volatile("st.shared.u32 [%0], 42;" ::"l"(shared_number) : "memory");
  asm volatile("cvta.shared.u64 %0, %1;" : "=l"(back) : "l"(shared_number));
  asm volatile("cvta.to.global.u64 %0, %1; cvta.global.u64 %0, %0;" : "=l"(there) : "l"(global));
  asm volatile("{ .reg .pred p; isspacep.shared::cta p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(is_shared) : "l"(&word));
  asm volatile("{ .reg .pred p; isspacep.global p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(is_global) : "l"(global));
  asm volatile("{ .reg .pred p; isspacep.local p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(is_local) : "l"(&local));
  asm volatile("{ .reg .pred p; isspacep.global p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(shared_is_global) : "l"(&word));
  asm volatile("{ .reg .b32 a; mapa.shared::cluster.u32 a, %1, 0; ld.shared::cluster.u32 %0, [a]; }"
               : "=r"(mapped)
               : "r"(static_cast<unsigned>(shared_number)));
  asm volatile("getctarank.shared::cluster.u32 %0, %1;" : "=r"(rank) : "r"(static_cast<unsigned>(shared_number)));
  unsigned constant, from_local;
  asm volatile("{ .reg .b64 a; cvta.to.const.u64 a, %1; ld.const.u32 %0, [a+8]; }" : "=r"(constant) : "l"(table));
  asm volatile("{ .reg .b64 a; cvta.to.local.u64 a, %1; st.local.u32 [a], 8; ld.local.u32 %0, [a]; }"
               : "=r"(from_local)
               : "l"(&local)
               : "memory");
  const unsigned found[] = {*reinterpret_cast<unsigned*>(back),
                            reinterpret_cast<unsigned*>(there) == global,
                            is_shared,
                            is_global,
                            is_local,
                            shared_is_global,
                            mapped,
                            rank,
                            constant,
                            from_local,
                            local};
  for (unsigned i = 0; i < 11; ++i) out[i] = found[i];
}

__global__ void masked(unsigned char* out) {
  __shared__ __align__(16) unsigned char bytes[32];
  for (int i = 0; i < 32; ++i) bytes[i] = static_cast<unsigned char>(i + 1);
  asm volatile(
      "{ .reg .b16 mask; mov.b16 mask, 0x0f05;\n\t"
      "cp.async.bulk.global.shared::cta.bulk_group.cp_mask [%0], [%1], 32, mask; }" ::"l"(out),
      "r"(shared_address(bytes))
      : "memory");
  asm volatile("cp.async.bulk.commit_group; cp.async.bulk.wait_group 0; nanosleep.u32 10; griddepcontrol.wait;" ::: "memory");
}

// Memory of a thread's frame, of a size that only the thread knows, given back in each round.
__global__ void frames(unsigned* out) {
  const unsigned t = threadIdx.x;
  unsigned sum = 0;
  for (unsigned round = 0; round < 100; ++round) {
    unsigned long long mark, local, generic;
    asm volatile("stacksave.u64 %0;" : "=l"(mark)::"memory");
    asm volatile("alloca.u64 %0, %2, 16; cvta.local.u64 %1, %0;"
                 : "=&l"(local), "=&l"(generic)
                 : "l"(4096ull * (1 + t % 3))
                 : "memory");
    unsigned* words = reinterpret_cast<unsigned*>(generic);
    words[1023] = round + t;
    words[0] = 1;
    asm volatile("ld.local.u32 %0, [%1+4092];" : "=r"(words[1]) : "l"(local) : "memory");
    sum += words[0] + words[1] - round;
    asm volatile("stackrestore.u64 %0;" ::"l"(mark) : "memory");
  }
  out[t] = sum;
}

int main() {
  unsigned* out;
  float* floats;
  long long* longs;
  cudaMallocManaged(&out, 4096);
  cudaMallocManaged(&floats, 4096);
  cudaMallocManaged(&longs, 4096);
  for (int i = 0; i < 64; ++i) out[i] = floats[i] = longs[i] = 0;
  to_global<<<4, 64>>>(out, floats, longs);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 64; ++i) {
    long long most = 0;
    for (int b = 0; b < 4; ++b) most = most > (i * 37 + b * 11) % 64 - 40 ? most : (i * 37 + b * 11) % 64 - 40;
    wrong += out[i] != 10u * i || floats[i] != static_cast<float>(i) || longs[i] != most;
  }
  printf("to global: %d wrong\n", wrong);
  to_shared<<<1, 32>>>(out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (unsigned i = 0; i < 32; ++i) wrong += out[128 + i] != 1001 * i + 100;
  printf("to shared: %d %x %d, %d wrong\n", out[0], out[1], static_cast<int>(out[2]), wrong);
  printf("%s\n", cudaGetErrorName(cudaGetLastError()));
  for (unsigned i = 0; i < 64; ++i) out[256 + i] = i * i;
  bulk_to_shared<<<1, 64>>>(out, out + 256);
  cudaDeviceSynchronize();
  wrong = 0;
  for (unsigned i = 0; i < 64; ++i) wrong += out[i] != i + 5 || out[64 + i] != i * i;
  printf("bulk: %d wrong\n", wrong);
  spaces<<<1, 1>>>(out, out);
  cudaDeviceSynchronize();
  for (int i = 0; i < 11; ++i) printf("%u ", out[i]);
  for (int i = 0; i < 8; ++i) out[i] = 0;
  masked<<<1, 1>>>(reinterpret_cast<unsigned char*>(out));
  printf("\n%s\n", cudaGetErrorName(cudaDeviceSynchronize()));
  for (int i = 0; i < 8; ++i) printf("%08x ", out[i]);
  printf("\n");
  frames<<<1, 32>>>(out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (unsigned i = 0; i < 32; ++i) wrong += out[i] != 100 * (i + 1);
  printf("frames: %d wrong\n", wrong);
}
