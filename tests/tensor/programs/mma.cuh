// PTX that kernels with matrix products are made of.
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>

typedef __nv_bfloat16 bf16;
typedef signed char s8;

__device__ inline unsigned shared_address(const void* pointer) { return (unsigned)__cvta_generic_to_shared(pointer); }

__device__ inline void copy_async(void* to, const void* from, int bytes) {
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(shared_address(to)), "l"(from), "r"(bytes) : "memory");
}
__device__ inline void commit() { asm volatile("cp.async.commit_group;" ::: "memory"); }
template <int left>
__device__ void wait() {
  asm volatile("cp.async.wait_group %0;" ::"n"(left) : "memory");
}

template <bool transposed>
__device__ void load4(unsigned (&r)[4], const void* row) {
  if (transposed)
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
                 : "r"(shared_address(row))
                 : "memory");
  else
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
                 : "r"(shared_address(row))
                 : "memory");
}

// D = A B + D of 16 rows, 8 columns and 32 bytes of k.
#define MULTIPLY(T, S, constraint, mnemonic)                                                              \
  __device__ inline void multiply(T*, S(&d)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {       \
    asm volatile(mnemonic " {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"              \
                 : "+" constraint(d[0]), "+" constraint(d[1]), "+" constraint(d[2]), "+" constraint(d[3]) \
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));                         \
  }
MULTIPLY(half, float, "f", "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32")
MULTIPLY(bf16, float, "f", "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32")
MULTIPLY(s8, int, "r", "mma.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.s8.s32")
