#include <cstdio>
__global__ void k(int* p) {
  int r;
  asm volatile("{ .reg .u32 t;\n\t"
               "wgmma.fence.sync.aligned;\n\t"
               "mov.u32 %0, 3; }" : "=r"(r));
  *p = r;
}
int main() { k<<<1,1>>>(nullptr); }
