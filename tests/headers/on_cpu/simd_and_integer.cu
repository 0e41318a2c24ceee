// SIMD-in-a-word and integer intrinsics against their definitions, lane by lane.
#include "check.h"

// The result of a function on each byte, or each halfword.
template <class F>
__device__ unsigned lanes4(unsigned a, unsigned b, F f) {
  unsigned r = 0;
  for (int i = 0; i < 32; i += 8) {
    r |= (unsigned)(f((int)(a >> i & 255), (int)(b >> i & 255)) & 255) << i;
  }
  return r;
}
template <class F>
__device__ unsigned lanes2(unsigned a, unsigned b, F f) {
  unsigned r = 0;
  for (int i = 0; i < 32; i += 16) {
    r |= (unsigned)(f((int)(a >> i & 65535), (int)(b >> i & 65535)) & 65535) << i;
  }
  return r;
}
__device__ int s8(int x) { return (signed char)x; }
__device__ int s16(int x) { return (short)x; }
__device__ int cl(int x, int lo, int hi) { return x < lo ? lo : x > hi ? hi : x; }

__global__ void simd(int n) {
  unsigned st = threadIdx.x * 77777 + 1;
  for (int i = 0; i < n; i++) {
    st = st * 1664525u + 1013904223u;
    unsigned a = st ^ (st >> 7);
    st = st * 1664525u + 1013904223u;
    unsigned b = st ^ (st >> 9);
    if (i % 5 == 0) b = a;
    if (i % 7 == 0) a = 0x80808080;
    if (i % 11 == 0) a = 0x80008000;
    CHECK(__vadd4(a, b) == lanes4(a, b, [](int x, int y) { return x + y; }));
    CHECK(__vsub2(a, b) == lanes2(a, b, [](int x, int y) { return x - y; }));
    CHECK(__vaddss4(a, b) == lanes4(a, b, [](int x, int y) { return cl(s8(x) + s8(y), -128, 127); }));
    CHECK(__vsubss4(a, b) == lanes4(a, b, [](int x, int y) { return cl(s8(x) - s8(y), -128, 127); }));
    CHECK(__vaddus2(a, b) == lanes2(a, b, [](int x, int y) { return cl(x + y, 0, 65535); }));
    CHECK(__vsubus4(a, b) == lanes4(a, b, [](int x, int y) { return cl(x - y, 0, 255); }));
    CHECK(__vmaxs4(a, b) == lanes4(a, b, [](int x, int y) { return s8(x) > s8(y) ? x : y; }));
    CHECK(__vminu2(a, b) == lanes2(a, b, [](int x, int y) { return x < y ? x : y; }));
    CHECK(__vavgu4(a, b) == lanes4(a, b, [](int x, int y) { return (x + y + 1) >> 1; }));
    CHECK(__vhaddu2(a, b) == lanes2(a, b, [](int x, int y) { return (x + y) >> 1; }));
    CHECK(__vavgs2(a, b) == lanes2(a, b, [](int x, int y) {
            int t = s16(x) + s16(y);
            return (t + (t >= 0)) >> 1;
          }));
    CHECK(__vabsdiffu4(a, b) == lanes4(a, b, [](int x, int y) { return x > y ? x - y : y - x; }));
    CHECK(__vabsdiffs4(a, b) == lanes4(a, b, [](int x, int y) {
            int d = s8(x) - s8(y);
            return d < 0 ? -d : d;
          }));
    CHECK(__vabs4(a) == lanes4(a, b, [](int x, int) {
            x = s8(x);
            return x < 0 ? -x : x;
          }));
    CHECK(__vabsss2(a) == lanes2(a, b, [](int x, int) {
            x = s16(x);
            return cl(x < 0 ? -x : x, 0, 32767);
          }));
    CHECK(__vnegss4(a) == lanes4(a, b, [](int x, int) { return cl(-s8(x), -128, 127); }));
    CHECK(__vcmpeq4(a, b) == lanes4(a, b, [](int x, int y) { return x == y ? 255 : 0; }));
    CHECK(__vcmpgts2(a, b) == lanes2(a, b, [](int x, int y) { return s16(x) > s16(y) ? 65535 : 0; }));
    CHECK(__vsetleu4(a, b) == lanes4(a, b, [](int x, int y) { return x <= y; }));
    CHECK(__vcmpne4(a, b) == lanes4(a, b, [](int x, int y) { return x != y ? 255 : 0; }));
    unsigned s = 0;
    for (int k = 0; k < 4; k++) {
      int d = (int)(a >> 8 * k & 255) - (int)(b >> 8 * k & 255);
      s += d < 0 ? -d : d;
    }
    CHECK(__vsadu4(a, b) == s);
    CHECK(__byte_perm(a, b, 0x3210) == a);
    CHECK(__byte_perm(a, b, 0x7654) == b);
    CHECK(__byte_perm(a, b, 0x0123) == __builtin_bswap32(a));
    CHECK(__funnelshift_l(a, b, 0) == b);
    CHECK(__funnelshift_lc(a, b, 32) == a);
    CHECK(__funnelshift_lc(a, b, 40) == a);
    CHECK(__funnelshift_r(a, b, 4) == ((a >> 4) | (b << 28)));
    CHECK(__funnelshift_rc(a, b, 33) == b);
    CHECK(__mulhi((int)a, (int)b) == (int)((long long)(int)a * (int)b >> 32));
    CHECK(__dp4a((int)a, (int)b, 5) ==
          5 + s8(a) * s8(b) + s8(a >> 8) * s8(b >> 8) + s8(a >> 16) * s8(b >> 16) + s8(a >> 24) * s8(b >> 24));
    CHECK(__hadd((int)a, (int)b) == (int)(((long long)(int)a + (int)b) >> 1));
    CHECK(__clz((int)a) == __builtin_clz(a) || a == 0);
    CHECK(__ffs(0) == 0);
    CHECK(__clz(0) == 32);
    CHECK(__brev(1) == 0x80000000u);
    CHECK(__popcll(~0ull) == 64);
    CHECK(__fns(0xb, 0, 2) == 1);
    CHECK(__fns(0xb, 0, 3) == 3);
    CHECK(__mul24(0xffffff, 2) == -2);
    CHECK(__umul24(0x1ffffff, 2) == 0x1fffffe);
    CHECK(__sad(-5, 7, 1) == 13);
    CHECK(__double2hiint(1.0) == 0x3ff00000);
    CHECK(__hiloint2double(0x3ff00000, 0) == 1.0);
  }
}
int main() {
  simd<<<1, 32>>>(200);
  return finish();
}
