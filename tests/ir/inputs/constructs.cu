// C++ constructs that give unusual IR: address spaces, packed and nested structs, virtual calls, tables of functions,
// switch, vectors, inline assembly, atomics of all kinds, constant expressions, 128-bit integers, bit fields.
#include "device.h"

struct Plain {
  int a;
  double b;
  float c[4];
};
struct __attribute__((packed)) Packed {
  char a;
  double b;
};
struct Bits {
  u32 low : 3, high : 29;
  u64 wide : 40;
};
union Either {
  float f;
  int i;
  char bytes[8];
};
struct Empty {};
struct Nested {
  Plain inner[2];
  Packed tail;
  Empty nothing;
  Either either;
};
typedef float float4v __attribute__((ext_vector_type(4)));
typedef short short3v __attribute__((ext_vector_type(3)));

__constant__ float weights[4] = {1, 2, 3, 0.1f};
__device__ Plain plain = {1, 2.5, {1, 2, 3, 4}};
__device__ Packed packed;
__device__ Nested nested = {{{1, 2, {3}}, {4, 5, {6}}}, {'x', 7}, {}, {8.5f}};
__device__ const char* names[] = {"one", "two\n", "quote \" and \\ and \xff"};
__device__ double special[] = {1.0 / 3, -0.0, __builtin_inf(), __builtin_nan(""), 1e-320};
__device__ float specialf[] = {1.0f / 3, -0.0f, __builtin_inff(), 1e-42f};
__device__ _Float16 half = 1.1f;
__device__ __int128 huge = ((__int128)1 << 100) + 7;
__device__ long long* pointer_into = (long long*)((char*)&nested + 8);
extern __shared__ float dynamic[];

__device__ int twice(int x) { return 2 * x; }
__device__ int negated(int x) { return -x; }
typedef int (*Function)(int);
__device__ Function table[] = {twice, negated, nullptr};

struct Base {
  __device__ virtual int f(int) = 0;
  __device__ virtual ~Base() {}
  int z;
};
struct Left : virtual Base {
  __device__ int f(int x) override { return x + z; }
};
struct Right : Base {
  __device__ int f(int x) override { return x * z; }
  int w;
};

template <class T>
__device__ T choose(T x) {
  switch (x) {
    case 1:
      return 5;
    case 2:
      return 7;
    case -30:
      return 9;
    default:
      return T(x * 3);
  }
}
__device__ __attribute__((noinline)) Nested by_value(Nested n, float4v v, Packed p) {
  n.inner[0].a += p.a + v.x;
  return n;
}
__device__ bool flags(bool a, signed char b, unsigned short c) { return a && b < c; }
__device__ __attribute__((always_inline)) float fast(float a) { return a * a; }
__device__ void with_default(int* p, int n) {
  for (int i = 0; i < n; ++i) {
    if (i == 3) continue;
    if (p[i] == 7) break;
    p[i]++;
  }
}

KERNEL __attribute__((launch_bounds(256, 2))) constructs(float* out, Plain p, Nested n, int count, bool flag, __int128 big) {
  __shared__ float tile[32];
  __shared__ Plain shared_struct;
  int i = tid();
  tile[i] = out[i] * weights[i & 3];
  sync();
  float sum = 0;
  for (int j = 0; j < count; ++j) sum += tile[(i + j) & 31] + dynamic[j];
  float4v v = {sum, 1, 2, 3};
  v = v * 2.0f + v.wzyx;
  short3v s = {1, 2, (short)count};
  s += (short)3;
  Left left;
  left.z = count;
  Right right;
  right.z = i;
  Base* base = flag ? (Base*)&left : (Base*)&right;
  n = by_value(n, v, packed);
  shared_struct = p;
  Bits bits;
  bits.low = count;
  bits.wide = i;
  out[i] = n.inner[1].b + base->f(i) + table[count & 1](i) + plain.b + choose(count) + choose<short>(3) + s.z + bits.wide;
  int x, y;
  asm volatile("mov.u32 %0, %2; // @label %%p \"q\"" : "=r"(x), "=r"(y) : "r"(i) : "memory");
  asm("" : "+r"(x));
  out[1] += (float)(big >> 3) + x + y + flags(flag, count, i) + fast(sum);
  with_default((int*)out, count);
  out[2] = names[count][0] + special[1] + specialf[0] + (float)half + (double)*pointer_into + (float)huge + nested.tail.b;
  char buffer[40];
  __builtin_memcpy(buffer, out, count);
  __builtin_memset(buffer, 1, sizeof buffer);
  out[3] = buffer[i] + (__builtin_fmaf(sum, sum, 1) < 3 ? __builtin_sqrtf(sum) : __builtin_popcount(i));
  out[4] = __builtin_isnan(sum) || sum != sum || !(sum > 3);
  if (count < 0) __builtin_trap();
  if (count > 1000) __builtin_unreachable();
}

KERNEL atomics(int* a, float* f, u64* l, double* d) {
  __atomic_fetch_add(a, 3, __ATOMIC_RELAXED);
  __atomic_fetch_max(a, 3, __ATOMIC_ACQ_REL);
  __atomic_store_n(a, 4, __ATOMIC_RELEASE);
  int expected = __atomic_load_n(a, __ATOMIC_ACQUIRE);
  __atomic_compare_exchange_n(a, &expected, 5, true, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
  __nvvm_atom_add_gen_f(f, 1.0f);
  __nvvm_atom_inc_gen_ui((u32*)a, 7u);
  __nvvm_atom_cas_gen_ll((long long*)l, 1, 2);
  __nvvm_atom_xchg_gen_i(a, 1);
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  __nvvm_membar_gl();
  *(volatile double*)d = *(volatile double*)d + 1;
}
