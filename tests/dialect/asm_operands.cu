// Operands of asm statements without a comma between them.
#include "show.h"

__global__ void add(int* result, unsigned a, unsigned b) {
  asm volatile("{ .reg .u32 t; add.u32 t, %0, %1; st.global.u32 [%2], t; }" ::"r"(a) "r"(b), "l"(result) : "memory");
}

int main() {
  int* first;
  cudaGetSymbolAddress((void**)&first, out);
  add<<<1, 1>>>(first, 40, 2);
  show(1);
}
