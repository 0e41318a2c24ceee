#include "device.h"

typedef unsigned short half_bits;
typedef unsigned half_registers[8];
typedef float sums[8];

#define EIGHT(c, r) c(r[0]), c(r[1]), c(r[2]), c(r[3]), c(r[4]), c(r[5]), c(r[6]), c(r[7])
#define LOAD(name, matrix, layout)                                                                                        \
  __device__ void name(half_registers& r, const half_bits* p, int pitch) {                                                \
    asm volatile("wmma.load." matrix ".sync.aligned." layout ".m16n16k16.f16 {%0, %1, %2, %3, %4, %5, %6, %7}, [%8], %9;" \
                 : EIGHT("=r", r)                                                                                         \
                 : "l"(p), "r"(pitch)                                                                                     \
                 : "memory");                                                                                             \
  }
LOAD(load_a, "a", "row")
LOAD(load_b, "b", "row")
LOAD(load_b_columns, "b", "col")

__device__ void load(sums& r, const float* p, int pitch) {
  asm volatile("wmma.load.c.sync.aligned.row.m16n16k16.f32 {%0, %1, %2, %3, %4, %5, %6, %7}, [%8], %9;"
               : EIGHT("=f", r)
               : "l"(p), "r"(pitch)
               : "memory");
}
__device__ void store(float* p, const sums& r, int pitch) {
  asm volatile("wmma.store.d.sync.aligned.row.m16n16k16.f32 [%8], {%0, %1, %2, %3, %4, %5, %6, %7}, %9;" ::EIGHT("f", r), "l"(p),
               "r"(pitch)
               : "memory");
}
__device__ void fill(sums& r, float value) {
  for (int i = 0; i < 8; ++i) r[i] = value;
}
__device__ void multiply(sums& d, const half_registers& a, const half_registers& b, const sums& c) {
  sums r;
  asm volatile(
      "wmma.mma.sync.aligned.row.row.m16n16k16.f32.f32 {%0, %1, %2, %3, %4, %5, %6, %7}, {%8, %9, %10, %11, %12, %13, %14, %15}, "
      "{%16, %17, %18, %19, %20, %21, %22, %23}, {%24, %25, %26, %27, %28, %29, %30, %31};"
      : EIGHT("=f", r)
      : EIGHT("r", a), EIGHT("r", b), EIGHT("f", c));
  for (int i = 0; i < 8; ++i) d[i] = r[i];
}

// D = A B, 16 by 16; A by rows, B by rows or columns.
KERNEL product(const half_bits* a, const half_bits* b, float* d, int depth, int by_columns) {
  half_registers x, y;
  sums total;
  fill(total, 0);
  for (int k = 0; k < depth; k += 16) {
    load_a(x, a + k, depth);
    if (by_columns)
      load_b_columns(y, b + k, depth);
    else
      load_b(y, b + k * 16, 16);
    multiply(total, x, y, total);
  }
  store(d, total, 16);
}

// D = scale A B + C, negative elements 0.
KERNEL scaled(const half_bits* a, const half_bits* b, const float* c, float* d, float scale) {
  half_registers x, y;
  sums total, other;
  fill(total, 0);
  load_a(x, a, 16);
  load_b(y, b, 16);
  multiply(total, x, y, total);
  load(other, c, 16);
  for (int i = 0; i < 8; ++i) {
    total[i] = scale * total[i] + other[i];
    total[i] = total[i] > 0 ? total[i] : 0;
  }
  store(d, total, 16);
}

// Each lane begins with a value of its own, or one that it chooses, and counts what it has in the end.
KERNEL by_lane(const half_bits* a, const half_bits* b, float* d, int* same) {
  half_registers x, y;
  sums own, chosen;
  for (int i = 0; i < 8; ++i) own[i] = threadIdx.x * 8 + i;
  if (threadIdx.x & 1)
    fill(chosen, 1);
  else
    fill(chosen, 0);
  load_a(x, a, 16);
  load_b(y, b, 16);
  multiply(own, x, y, own);
  multiply(chosen, x, y, chosen);
  int count = 0;
  for (int i = 0; i < 8; ++i) count += own[i] == threadIdx.x * 8 + i;
  same[threadIdx.x] = count;
  store(d, own, 16);
  store(d + 256, chosen, 16);
}

// Two sums change places in every turn.
KERNEL swapped(const half_bits* a, const half_bits* b, const float* c, float* d, int turns) {
  half_registers x, y;
  sums first, second;
  load_a(x, a, 16);
  load_b(y, b, 16);
  load(first, c, 16);
  load(second, c + 256, 16);
  for (int i = 0; i < turns; ++i) {
    sums old;
    for (int n = 0; n < 8; ++n) old[n] = first[n];
    multiply(first, x, y, second);
    for (int n = 0; n < 8; ++n) second[n] = old[n];
  }
  store(d, first, 16);
  store(d + 256, second, 16);
}

// The memory of a matrix is written, read and written again by all lanes, which nothing but the operations keeps together.
KERNEL ordered(const half_bits* a, const half_bits* b, const float* c, float* d) {
  __shared__ __attribute__((aligned(32))) half_bits memory[256];
  __shared__ __attribute__((aligned(32))) float result[256];
  const int t = threadIdx.x;
  half_registers x, y;
  sums total;
  float seen = 0;
  for (int i = t; i < 256; i += 32) memory[i] = a[i];
  for (int i = t; i < 256; i += 32) result[i] = c[i];
  load_a(x, memory, 16);
  for (int i = t; i < 256; i += 32) memory[i] = b[i];
  load_b(y, memory, 16);
  load(total, result, 16);
  multiply(total, x, y, total);
  for (int i = t; i < 256; i += 32) seen += result[255 - i];
  store(result, total, 16);
  for (int i = t; i < 256; i += 32) d[i] = result[255 - i];
  d[256 + t] = seen;
}

// Registers of documented places, used behind the loop that makes them.
KERNEL handed_out(const unsigned* a, const unsigned* b, float* d, int turns) {
  float c[4] = {0, 0, 0, 0};
  unsigned x[4], y[2];
  for (int i = 0; i < 4; ++i) x[i] = a[threadIdx.x * 4 + i];
  for (int i = 0; i < 2; ++i) y[i] = b[threadIdx.x * 2 + i];
  for (int i = 0; i < turns; ++i) {
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
                 : "r"(x[0]), "r"(x[1]), "r"(x[2]), "r"(x[3]), "r"(y[0]), "r"(y[1]));
  }
  for (int i = 0; i < 4; ++i) d[threadIdx.x * 4 + i] = c[i];
}

// A from 16 rows of memory; B from rows of its own, and from rows that are its columns. Registers of A are seen by lanes too.
KERNEL from_rows(const half_bits* a, const half_bits* b, const half_bits* columns, float* d, unsigned* seen) {
  __shared__ __attribute__((aligned(16))) half_bits left[16][16], right[16][8], turned[8][16];
  const int t = threadIdx.x;
  for (int i = t; i < 256; i += 32) left[i / 16][i % 16] = a[i];
  for (int i = t; i < 128; i += 32) right[i / 8][i % 8] = b[i];
  for (int i = t; i < 128; i += 32) turned[i / 16][i % 16] = columns[i];
  __nvvm_bar_warp_sync(FULL);
  float c[2][4] = {};
  unsigned x[4], y[2][2];
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(x[0]), "=r"(x[1]), "=r"(x[2]), "=r"(x[3])
               : "l"(&left[t % 16][t / 16 * 8])
               : "memory");
  asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.b16 {%0, %1}, [%2];"
               : "=r"(y[0][0]), "=r"(y[0][1])
               : "l"(&right[t % 16][0])
               : "memory");
  asm volatile("ldmatrix.sync.aligned.m8n8.x2.b16 {%0, %1}, [%2];"
               : "=r"(y[1][0]), "=r"(y[1][1])
               : "l"(&turned[t % 8][t / 8 % 2 * 8])
               : "memory");
  for (int i = 0; i < 2; ++i) {
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(c[i][0]), "+f"(c[i][1]), "+f"(c[i][2]), "+f"(c[i][3])
                 : "r"(x[0]), "r"(x[1]), "r"(x[2]), "r"(x[3]), "r"(y[i][0]), "r"(y[i][1]));
    for (int n = 0; n < 4; ++n) d[i * 128 + t * 4 + n] = c[i][n];
  }
  seen[t] = x[0];
}

// Two products of one A, each with eight columns of B: rows of all three are loaded one behind the other.
KERNEL side_by_side(const half_bits* a, const half_bits* b, float* d) {
  __shared__ __attribute__((aligned(16))) half_bits left[16][16], right[16][16];
  const int t = threadIdx.x;
  for (int i = t; i < 256; i += 32) left[i / 16][i % 16] = a[i], right[i / 16][i % 16] = b[i];
  __nvvm_bar_warp_sync(FULL);
  float c[2][4] = {};
  unsigned x[4], y[2][2];
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(x[0]), "=r"(x[1]), "=r"(x[2]), "=r"(x[3])
               : "l"(&left[t % 16][t / 16 * 8]));
  for (int i = 0; i < 2; ++i)
    asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.b16 {%0, %1}, [%2];"
                 : "=r"(y[i][0]), "=r"(y[i][1])
                 : "l"(&right[t % 16][i * 8]));
  for (int i = 0; i < 2; ++i)
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(c[i][0]), "+f"(c[i][1]), "+f"(c[i][2]), "+f"(c[i][3])
                 : "r"(x[0]), "r"(x[1]), "r"(x[2]), "r"(x[3]), "r"(y[i][0]), "r"(y[i][1]));
  for (int i = 0; i < 8; ++i) d[i / 4 * 128 + t * 4 + i % 4] = c[i / 4][i % 4];
}
