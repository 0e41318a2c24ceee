// Inline PTX: asynchronous copies to shared memory, groups of them, barriers in shared memory that count arrivals and bytes.
#include <cstdint>
#include <cstdio>

__device__ uint32_t shared_address(const void* pointer) { return static_cast<uint32_t>(__cvta_generic_to_shared(pointer)); }

__device__ void init(uint64_t* barrier, unsigned count) {
  asm volatile("mbarrier.init.shared::cta.b64 [%0], %1;" ::"r"(shared_address(barrier)), "r"(count) : "memory");
}

__device__ void wait_for_parity(uint64_t* barrier, unsigned parity) {
  asm volatile(
      "{\n\t"
      ".reg .pred done;\n\t"
      "WAIT:\n\t"
      "mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n\t"
      "@done bra DONE;\n\t"
      "bra WAIT;\n\t"
      "DONE:\n\t"
      "}" ::"r"(shared_address(barrier)),
      "r"(parity)
      : "memory");
}

// Each thread copies 16 bytes, of the last one only 4, and of one none; group by group.
__global__ void groups(const int* in, int* out) {
  __shared__ __align__(16) int tile[2][128];
  const unsigned t = threadIdx.x;
  const unsigned bytes = t == 31 ? 4 : 16, skip = t == 7;
  asm volatile("cp.async.cg.shared.global.L2::128B [%0], [%1], 16, %2;" ::"r"(shared_address(tile[0] + 4 * t)), "l"(in + 4 * t),
               "r"(bytes)
               : "memory");
  asm volatile("cp.async.commit_group;" ::: "memory");
  asm volatile(
      "{ .reg .pred none; setp.ne.u32 none, %2, 0;\n\t"
      "cp.async.ca.shared.global [%0], [%1], 8, none;\n\t"
      "cp.async.ca.shared::cta.global [%0+8], [%1+8], 4;\n\t"
      "cp.async.ca.shared.global [%0+12], [%1+12], 4; }" ::"r"(shared_address(tile[1] + 4 * t)),
      "l"(in + 128 + 4 * t), "r"(skip)
      : "memory");
  asm volatile("cp.async.commit_group; cp.async.wait_group 1; cp.async.wait_all;" ::: "memory");
  __syncthreads();
  for (int i = t; i < 256; i += 32) out[i] = tile[i / 128][i % 128];
}

// One thread asks for a block of bytes, all wait for it; then the result goes back the same way. Twice: both phases.
__global__ void bulk(const int* in, int* out) {
  __shared__ __align__(128) int tile[256];
  __shared__ uint64_t full;
  const unsigned t = threadIdx.x;
  if (t == 0) init(&full, 1);
  asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
  __syncthreads();
  for (unsigned phase = 0; phase < 2; ++phase) {
    if (t == 0) {
      asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(shared_address(&full)), "r"(1024) : "memory");
      for (int half = 0; half < 2; ++half) {
        asm volatile("cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1], %2, [%3];" ::"r"(
                         shared_address(tile + 128 * half)),
                     "l"(in + 256 * phase + 128 * half), "r"(512), "r"(shared_address(&full))
                     : "memory");
      }
    }
    wait_for_parity(&full, phase);
    tile[t] = tile[t] * 2 + static_cast<int>(phase);
    asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
    __syncthreads();
    if (t == 0) {
      asm volatile("cp.async.bulk.global.shared::cta.bulk_group [%0], [%1], %2;" ::"l"(out + 256 * phase),
                   "r"(shared_address(tile)), "r"(1024)
                   : "memory");
      asm volatile("cp.async.bulk.commit_group; cp.async.bulk.wait_group.read 0;" ::: "memory");
    }
    __syncthreads();
  }
}

// Tokens, several arrivals at once, the last arrivals of threads, copies that arrive; warps that wait for each other.
// Two warps of a wave of 64 lanes never do.
__global__ void arrivals(const int* in, int* out) {
  __shared__ uint64_t ready, copied;
  __shared__ int box[128];
  const unsigned t = threadIdx.x;
  if (t == 0) {
    init(&ready, 128 + 3);
    init(&copied, 128);
  }
  __syncthreads();
  asm volatile(
      "cp.async.ca.shared.global [%0], [%1], 4; cp.async.mbarrier.arrive.noinc.shared.b64 [%2];" ::"r"(shared_address(box + t)),
      "l"(in + t), "r"(shared_address(&copied))
      : "memory");
  wait_for_parity(&copied, 0);
  out[t] = box[127 - t];
  uint64_t token;
  if (t == 5) {
    asm volatile("mbarrier.arrive.release.cta.shared::cta.b64 %0, [%1], 4;" : "=l"(token) : "r"(shared_address(&ready)) : "memory");
  } else {
    asm volatile("mbarrier.arrive.b64 %0, [%1];" : "=l"(token) : "l"(&ready) : "memory");
  }
  unsigned done = 0;
  while (done == 0) {
    asm volatile("{ .reg .pred p; mbarrier.test_wait.acquire.cta.shared::cta.b64 p, [%1], %2; selp.u32 %0, 1, 0, p; }"
                 : "=r"(done)
                 : "r"(shared_address(&ready)), "l"(token)
                 : "memory");
  }
  if (t >= 64) {  // two warps leave: the next phase is for 67 arrivals
    asm volatile("mbarrier.arrive_drop.shared.b64 %0, [%1];" : "=l"(token) : "r"(shared_address(&ready)) : "memory");
    return;
  }
  if (t == 0) {
    unsigned missing;
    asm volatile("mbarrier.arrive.noComplete.shared.b64 %0, [%1], 4;" : "=l"(token) : "r"(shared_address(&ready)) : "memory");
    asm volatile("mbarrier.pending_count.b64 %0, %1;" : "=r"(missing) : "l"(token));
    out[128] = missing >= 4 && missing <= 131;
  } else {
    asm volatile("mbarrier.arrive.shared.b64 _, [%0];" ::"r"(shared_address(&ready)) : "memory");
  }
  wait_for_parity(&ready, 1);
  if (t < 63) asm volatile("mbarrier.arrive.shared.b64 _, [%0];" ::"r"(shared_address(&ready)) : "memory");
  if (t == 63) asm volatile("mbarrier.arrive.shared.b64 _, [%0], 4;" ::"r"(shared_address(&ready)) : "memory");
  wait_for_parity(&ready, 0);
  if (t == 0) {
    asm volatile("mbarrier.inval.shared.b64 [%0];" ::"r"(shared_address(&ready)) : "memory");
    out[129] = 1;
  }
}

int main() {
  int *in, *out;
  cudaMallocManaged(&in, 2048);
  cudaMallocManaged(&out, 2048);
  for (int i = 0; i < 512; ++i) in[i] = i + 1;
  groups<<<1, 32>>>(in, out);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 256; ++i) {
    const bool none = (i >= 125 && i < 128) || i == 128 + 28 || i == 128 + 29;
    wrong += out[i] != (none ? 0 : i + 1);
  }
  printf("groups: %d wrong\n", wrong);
  bulk<<<1, 256>>>(in, out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (int i = 0; i < 512; ++i) wrong += out[i] != 2 * (i + 1) + i / 256;
  printf("bulk: %d wrong\n", wrong);
  arrivals<<<1, 128>>>(in, out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (int i = 0; i < 128; ++i) wrong += out[i] != 128 - i;
  printf("arrivals: %d wrong, %d %d\n", wrong, out[128], out[129]);
  printf("%s\n", cudaGetErrorName(cudaGetLastError()));
}
