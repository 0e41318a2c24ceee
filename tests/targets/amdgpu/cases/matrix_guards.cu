// emit: gfx1100 CHECK
// A guard around products, and element-wise operations on what is loaded and on sums, leave a fragment in the unit's layout:
// nothing is converted anywhere.
#include "../../inputs/device.h"

struct Factor {
  unsigned r[8];
};
struct Sums {
  float x[8];
};

#define PLACES "{%0, %1, %2, %3, %4, %5, %6, %7}"
#define OUTPUTS(kind, v) \
  "=" kind(v[0]), "=" kind(v[1]), "=" kind(v[2]), "=" kind(v[3]), "=" kind(v[4]), "=" kind(v[5]), "=" kind(v[6]), "=" kind(v[7])
#define INPUTS(kind, v) kind(v[0]), kind(v[1]), kind(v[2]), kind(v[3]), kind(v[4]), kind(v[5]), kind(v[6]), kind(v[7])

extern "C" __global__ void guarded(const unsigned short* a, const unsigned short* b, const float* c, float* d, int m, int n,
                                   float f) {
  const int row = threadIdx_x / 32 * 16;
  Sums s = {};
  for (int i = 0; i < n; i += 16) {
    if (row < m) {
      Factor x, y;
      asm volatile("wmma.load.a.sync.aligned.row.m16n16k16.f16 " PLACES ", [%8], %9;"
                   : OUTPUTS("r", x.r)
                   : "l"(a + row * n + i), "r"(n));
      asm volatile("wmma.load.b.sync.aligned.col.m16n16k16.f16 " PLACES ", [%8], %9;" : OUTPUTS("r", y.r) : "l"(b + i), "r"(n));
      asm volatile("wmma.mma.sync.aligned.row.col.m16n16k16.f32.f32 " PLACES
                   ", {%8, %9, %10, %11, %12, %13, %14, %15}, {%16, %17, %18, %19, %20, %21, %22, %23}, " PLACES ";"
                   : "+f"(s.x[0]), "+f"(s.x[1]), "+f"(s.x[2]), "+f"(s.x[3]), "+f"(s.x[4]), "+f"(s.x[5]), "+f"(s.x[6]), "+f"(s.x[7])
                   : INPUTS("r", x.r), INPUTS("r", y.r));
    }
  }
  if (row < m) {
    Sums old;
    asm volatile("wmma.load.c.sync.aligned.row.m16n16k16.f32 " PLACES ", [%8], %9;" : OUTPUTS("f", old.x) : "l"(c + row), "r"(n));
    for (int e = 0; e < 8; ++e) old.x[e] = f * s.x[e] + 3 * old.x[e];
    asm volatile("wmma.store.d.sync.aligned.row.m16n16k16.f32 [%8], " PLACES ", %9;" ::INPUTS("f", old.x), "l"(d + row), "r"(n)
                 : "memory");
  }
}
// CHECK-LABEL: guarded:
// CHECK-NOT: {{permlane|bpermute|_dpp}}
// CHECK: v_wmma_f32_16x16x16_f16
// CHECK-NOT: {{permlane|bpermute|_dpp}}
// CHECK: s_endpgm
