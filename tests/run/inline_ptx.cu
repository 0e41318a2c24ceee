// Inline PTX as public programs write it: special registers, bit fields, wide products, predicates, memory.
#include <cstdio>

__device__ __forceinline__ unsigned lane_id() {
  unsigned lane;
  asm volatile("mov.u32 %0, %%laneid;" : "=r"(lane));
  return lane;
}

__device__ __forceinline__ unsigned bit_field(unsigned value, unsigned start, unsigned length) {
  unsigned field;
  asm("bfe.u32 %0, %1, %2, %3;" : "=r"(field) : "r"(value), "r"(start), "r"(length));
  return field;
}

__device__ __forceinline__ unsigned permute(unsigned a, unsigned b, unsigned selector) {
  unsigned bytes;
  asm("prmt.b32 %0, %1, %2, %3;" : "=r"(bytes) : "r"(a), "r"(b), "r"(selector));
  return bytes;
}

__device__ __forceinline__ unsigned majority(unsigned a, unsigned b, unsigned c) {
  unsigned result;
  asm("lop3.b32 %0, %1, %2, %3, 0xE8;" : "=r"(result) : "r"(a), "r"(b), "r"(c));
  return result;
}

__device__ __forceinline__ unsigned long long wide_product(unsigned a, unsigned b) {
  unsigned long long product;
  asm("mul.wide.u32 %0, %1, %2;" : "=l"(product) : "r"(a), "r"(b));
  return product;
}

__device__ __forceinline__ int clamp_to(int value, int limit) {
  asm("{\n\t"
      ".reg .pred above;\n\t"
      "setp.gt.s32 above, %0, %1;\n\t"
      "@above mov.s32 %0, %1;\n\t"
      "}"
      : "+r"(value)
      : "r"(limit));
  return value;
}

__global__ void arithmetic(unsigned long long* out, unsigned a, unsigned b) {
  unsigned sum, ones, low, high, reversed, zeros;
  float half;
  asm("mad.lo.u32 %0, %1, %2, %3;" : "=r"(sum) : "r"(a), "r"(b), "n"(7));
  asm("popc.b32 %0, %1;" : "=r"(ones) : "r"(a));
  asm("add.f32 %0, %1, 0f3F000000;" : "=f"(half) : "f"(static_cast<float>(b)));
  asm("mov.b64 {%0, %1}, %2;" : "=r"(low), "=r"(high) : "l"(wide_product(a, b)));
  asm("brev.b32 %0, %2; clz.b32 %1, %2;" : "=r"(reversed), "=r"(zeros) : "r"(a));
  out[0] = bit_field(a, 4, 8);
  out[1] = permute(a, b, 0x0123);
  out[2] = majority(a, b, 0x0F0F0F0F);
  out[3] = wide_product(a, b);
  out[4] = sum;
  out[5] = ones;
  out[6] = static_cast<unsigned long long>(half * 2);
  out[7] = low;
  out[8] = high;
  out[9] = reversed;
  out[10] = zeros;
  out[11] = clamp_to(50, 40) + 1000 * clamp_to(30, 40);
}

__global__ void memory(int* data, const int* source) {
  __shared__ int tile[64];
  const int i = threadIdx.x;
  int value, other;
  asm volatile("ld.global.nc.s32 %0, [%1];" : "=r"(value) : "l"(source + i));
  tile[i] = value;
  asm volatile("bar.sync 0;" ::: "memory");
  asm volatile("ld.volatile.s32 %0, [%1];" : "=r"(other) : "l"(&tile[63 - i]) : "memory");
  asm volatile(
      "{ .reg .pred even; .reg .b32 low; and.b32 low, %2, 1; setp.eq.u32 even, low, 0;\n"
      "  @even st.global.s32 [%0], %1; @!even st.global.s32 [%0], -1; }"
      :
      : "l"(data + i), "r"(other + static_cast<int>(lane_id())), "r"(i)
      : "memory");
}

int main() {
  unsigned long long* out;
  cudaMallocManaged(&out, 12 * sizeof(*out));
  arithmetic<<<1, 1>>>(out, 0xDEADBEEF, 0x12345678);
  cudaDeviceSynchronize();
  for (int n = 0; n < 12; ++n) printf("%d: %llx\n", n, out[n]);

  int *data, *source;
  cudaMallocManaged(&data, 64 * sizeof(int));
  cudaMallocManaged(&source, 64 * sizeof(int));
  for (int i = 0; i < 64; ++i) source[i] = 100 * i;
  memory<<<1, 64>>>(data, source);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 64; ++i) wrong += data[i] != (i % 2 ? -1 : 100 * (63 - i) + i % 32);
  printf("memory: %s, %d wrong\n", cudaGetErrorString(cudaGetLastError()), wrong);
}
