// asm statements as nvcc takes them: operands of 128 bits, strings and numbers that become text, names with one percent sign.
#include <cstdio>

template <bool negative>
struct Mode {
  static constexpr char sign[] = "neg";
};
template <>
struct Mode<false> {
  static constexpr char sign[] = "abs";
};

template <bool negative>
__device__ int signed_as(int value) {
  int result;
  asm("%1.s32 %0, %2;" : "=r"(result) : "C"(Mode<negative>::sign), "r"(value));
  return result;
}

#define PASTED_LOAD(constraint) \
  asm("ld.global.b%2 %0, [%1+%3];" : "=r"(word) : "l"(words), "n"(32), "n"(sizeof(int)), constraint(none))

__device__ __constant__ const char none[] = "";

__global__ void kernel(const unsigned* words, unsigned long long* out) {
  unsigned word, lane, x;
  PASTED_LOAD("C");
  asm("mov.u32 %0, %laneid;"
      "add.u32 %0, %0, 1;"
      "mov.u32 %1, %tid.x;"
      : "=r"(lane), "=r"(x));
  unsigned __int128 wide, mixed;
  asm("mov.b128 %0, {%1, %2};" : "=q"(wide) : "l"(0x0123456789abcdefull), "l"(7ull + x));
  asm("{ .reg .b64 low, high; mov.b128 {low, high}, %1; add.u64 low, low, high; mov.b128 %0, {high, low}; }"
      : "=q"(mixed)
      : "q"(wide));
  asm("mov.b128 {%0, %1}, %2;" : "=l"(out[0]), "=l"(out[1]) : "q"(mixed));
  out[2] = word;
  out[3] = lane;
  out[4] = signed_as<true>(5);
  out[5] = signed_as<false>(-9);
}

int main() {
  unsigned* words;
  unsigned long long* out;
  cudaMallocManaged(&words, 8);
  cudaMallocManaged(&out, 48);
  words[0] = 11, words[1] = 22;
  kernel<<<1, 1>>>(words, out);
  if (cudaDeviceSynchronize() != cudaSuccess) return 1;
  for (int i = 0; i < 6; ++i) printf("%llx ", out[i]);
  printf("\n");
}
