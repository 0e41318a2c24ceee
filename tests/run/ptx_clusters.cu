// flags: --targets=cpu
// Inline PTX between the blocks of a cluster: shared memory of another block, barriers there, copies to several blocks.
#include <cstdint>
#include <cstdio>

__device__ uint32_t shared_address(const void* pointer) { return static_cast<uint32_t>(__cvta_generic_to_shared(pointer)); }

__device__ uint32_t in_block(uint32_t address, unsigned rank) {
  uint32_t there;
  asm volatile("mapa.shared::cluster.u32 %0, %1, %2;" : "=r"(there) : "r"(address), "r"(rank));
  return there;
}

__device__ void wait(uint64_t* barrier, unsigned parity) {
  asm volatile(
      "{ .reg .pred done; AGAIN: mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 done, [%0], %1;\n\t"
      "@!done bra AGAIN; }" ::"r"(shared_address(barrier)),
      "r"(parity)
      : "memory");
}

// Each block sends a number to the next one, and the first one sends a block of bytes to those with odd numbers.
__global__ void __cluster_dims__(4, 1, 1) ring(const unsigned* in, unsigned* out) {
  __shared__ uint64_t received, filled;
  __shared__ unsigned box;
  __shared__ __align__(16) unsigned tile[32];
  unsigned rank, owner, is_mine, is_ours;
  asm volatile("mov.u32 %0, %%cluster_ctarank;" : "=r"(rank));
  const unsigned t = threadIdx.x, next = (rank + 1) % 4;
  if (t == 0) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], 2; mbarrier.init.shared::cta.b64 [%1], 1;" ::"r"(shared_address(&received)),
                 "r"(shared_address(&filled))
                 : "memory");
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], 4;" ::"r"(shared_address(&received)) : "memory");
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(shared_address(&filled)), "r"(rank % 2 * 128)
                 : "memory");
  }
  tile[t] = 0;
  asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
  asm volatile("barrier.cluster.arrive.aligned; barrier.cluster.wait.aligned;" ::: "memory");
  if (t == 0) {
    const uint32_t bell = in_block(shared_address(&received), next);
    asm volatile(
        "st.async.shared::cluster.mbarrier::complete_tx::bytes.u32 [%0], %1, [%2];" ::"r"(in_block(shared_address(&box), next)),
        "r"(rank * 10 + 1), "r"(bell)
        : "memory");
    asm volatile("mbarrier.arrive.release.cluster.shared::cluster.b64 _, [%0];" ::"r"(bell) : "memory");
  }
  if (t == 0 && rank == 0) {
    asm volatile(
        "{ .reg .b16 odd; mov.b16 odd, 10;\n\t"
        "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes.multicast::cluster [%0], [%1], 128, [%2], odd; }" ::"r"(
            shared_address(tile)),
        "l"(in), "r"(shared_address(&filled))
        : "memory");
  }
  wait(&received, 0);
  wait(&filled, 0);
  if (t == 1) {
    const uint32_t theirs = in_block(shared_address(&box), next);
    unsigned long long generic;
    asm volatile("cvta.shared::cluster.u64 %0, %1;" : "=l"(generic) : "l"(static_cast<unsigned long long>(theirs)));
    asm volatile("getctarank.shared::cluster.u32 %0, %1;" : "=r"(owner) : "r"(theirs));
    asm volatile("{ .reg .pred p; isspacep.shared::cta p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(is_mine) : "l"(generic));
    asm volatile("{ .reg .pred p; isspacep.shared::cluster p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(is_ours) : "l"(generic));
    unsigned* row = out + 5 * rank;
    row[0] = box;
    row[1] = tile[31];
    row[2] = owner;
    row[3] = is_mine;
    row[4] = is_ours;
  }
  asm volatile("barrier.cluster.arrive.release; barrier.cluster.wait.acquire;" ::: "memory");
}

int main() {
  unsigned *in, *out;
  cudaMallocManaged(&in, 128);
  cudaMallocManaged(&out, 128);
  for (unsigned i = 0; i < 32; ++i) in[i] = 100 + i;
  ring<<<4, 32>>>(in, out);
  printf("%s\n", cudaGetErrorName(cudaDeviceSynchronize()));
  for (int block = 0; block < 4; ++block) {
    for (int i = 0; i < 5; ++i) printf("%u ", out[5 * block + i]);
    printf("\n");
  }
}
