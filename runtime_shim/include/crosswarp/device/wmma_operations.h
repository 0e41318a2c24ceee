// Functions of nvcuda::wmma, each an asm statement for every shape, type and layout that PTX has.
#ifndef CROSSWARP_DEVICE_WMMA_OPERATIONS_H
#define CROSSWARP_DEVICE_WMMA_OPERATIONS_H
#pragma GCC system_header

#include "wmma_fragments.h"

namespace nvcuda {
namespace wmma {

// Registers of an array `p` as text, and as operands of the constraint `c`.
#define CW_LIST1(p) "{%[" #p "0]}"
#define CW_LIST2(p) "{%[" #p "0], %[" #p "1]}"
#define CW_LIST4(p) "{%[" #p "0], %[" #p "1], %[" #p "2], %[" #p "3]}"
#define CW_LIST8(p) "{%[" #p "0], %[" #p "1], %[" #p "2], %[" #p "3], %[" #p "4], %[" #p "5], %[" #p "6], %[" #p "7]}"
#define CW_REGISTERS1(p, c) [p##0] c(p[0])
#define CW_REGISTERS2(p, c) CW_REGISTERS1(p, c), [p##1] c(p[1])
#define CW_REGISTERS4(p, c) CW_REGISTERS2(p, c), [p##2] c(p[2]), [p##3] c(p[3])
#define CW_REGISTERS8(p, c) CW_REGISTERS4(p, c), [p##4] c(p[4]), [p##5] c(p[5]), [p##6] c(p[6]), [p##7] c(p[7])

// Loads of A and B: `R` registers of the C++ type `W` and the constraint `c`; memory holds `M`s.
#define CW_LOAD(use, layout, m, n, k, T, M, name, W, c, R)                                                                       \
  CW_DEVICE void load_matrix_sync(fragment<matrix_##use, m, n, k, T, layout##_major>& f, const M* p, unsigned ldm) {             \
    W r[R];                                                                                                                      \
    asm volatile("wmma.load." #use ".sync.aligned." #layout ".m" #m "n" #n "k" #k "." name " " CW_LIST##R(r) ", [%[p]], %[ldm];" \
                 : CW_REGISTERS##R(r, "=" c)                                                                                     \
                 : [p] "l"(p), [ldm] "r"(ldm)                                                                                    \
                 : "memory");                                                                                                    \
    __builtin_memcpy(f.x, r, sizeof r);                                                                                          \
  }
#define CW_LOADS(m, n, k, T, M, name, W, c, A, B) \
  CW_LOAD(a, row, m, n, k, T, M, name, W, c, A)   \
  CW_LOAD(a, col, m, n, k, T, M, name, W, c, A)   \
  CW_LOAD(b, row, m, n, k, T, M, name, W, c, B)   \
  CW_LOAD(b, col, m, n, k, T, M, name, W, c, B)
#define CW_LOADS_BIG(T, name, A16, B16, A32, B32, A8, B8)   \
  CW_LOADS(16, 16, 16, T, T, name, unsigned, "r", A16, B16) \
  CW_LOADS(32, 8, 16, T, T, name, unsigned, "r", A32, B32)  \
  CW_LOADS(8, 32, 16, T, T, name, unsigned, "r", A8, B8)
#define CW_LOADS_ONE_WAY(k, T, name)                        \
  CW_LOAD(a, row, 8, 8, k, T, void, name, unsigned, "r", 1) \
  CW_LOAD(b, col, 8, 8, k, T, void, name, unsigned, "r", 1)
CW_LOADS_BIG(__half, "f16", 8, 8, 8, 8, 8, 8)
CW_LOADS_BIG(__nv_bfloat16, "bf16", 4, 4, 8, 2, 2, 8)
CW_LOADS_BIG(signed char, "s8", 2, 2, 4, 1, 1, 4)
CW_LOADS_BIG(unsigned char, "u8", 2, 2, 4, 1, 1, 4)
CW_LOADS(16, 16, 8, precision::tf32, float, "tf32", unsigned, "r", 4, 4)
CW_LOADS(8, 8, 4, double, double, "f64", double, "d", 1, 1)
CW_LOADS_ONE_WAY(32, experimental::precision::s4, "s4")
CW_LOADS_ONE_WAY(32, experimental::precision::u4, "u4")
CW_LOADS_ONE_WAY(128, experimental::precision::b1, "b1")

// Loads and stores of C and D.
#define CW_LOAD_C(layout, shape, name, c, R)                                                               \
  asm volatile("wmma.load.c.sync.aligned." layout "." shape "." name " " CW_LIST##R(r) ", [%[p]], %[ldm];" \
               : CW_REGISTERS##R(r, "=" c)                                                                 \
               : [p] "l"(p), [ldm] "r"(ldm)                                                                \
               : "memory")
#define CW_STORE_D(layout, shape, name, c, R)                                                               \
  asm volatile("wmma.store.d.sync.aligned." layout "." shape "." name " [%[p]], " CW_LIST##R(r) ", %[ldm];" \
               :                                                                                            \
               : CW_REGISTERS##R(r, c), [p] "l"(p), [ldm] "r"(ldm)                                          \
               : "memory")
#define CW_ACCUMULATOR(m, n, k, T, name, W, c, R)                                                                     \
  CW_DEVICE void load_matrix_sync(fragment<accumulator, m, n, k, T>& f, const T* p, unsigned ldm, layout_t layout) {  \
    W r[R];                                                                                                           \
    if (layout == mem_row_major)                                                                                      \
      CW_LOAD_C("row", "m" #m "n" #n "k" #k, name, c, R);                                                             \
    else                                                                                                              \
      CW_LOAD_C("col", "m" #m "n" #n "k" #k, name, c, R);                                                             \
    __builtin_memcpy(f.x, r, sizeof r);                                                                               \
  }                                                                                                                   \
  CW_DEVICE void store_matrix_sync(T* p, const fragment<accumulator, m, n, k, T>& f, unsigned ldm, layout_t layout) { \
    W r[R];                                                                                                           \
    __builtin_memcpy(r, f.x, sizeof r);                                                                               \
    if (layout == mem_row_major)                                                                                      \
      CW_STORE_D("row", "m" #m "n" #n "k" #k, name, c, R);                                                            \
    else                                                                                                              \
      CW_STORE_D("col", "m" #m "n" #n "k" #k, name, c, R);                                                            \
  }
#define CW_ACCUMULATORS(m, n, k)                           \
  CW_ACCUMULATOR(m, n, k, __half, "f16", unsigned, "r", 4) \
  CW_ACCUMULATOR(m, n, k, float, "f32", float, "f", 8)     \
  CW_ACCUMULATOR(m, n, k, int, "s32", int, "r", 8)
CW_ACCUMULATORS(16, 16, 16)
CW_ACCUMULATORS(32, 8, 16)
CW_ACCUMULATORS(8, 32, 16)
CW_ACCUMULATOR(16, 16, 8, float, "f32", float, "f", 8)
CW_ACCUMULATOR(8, 8, 4, double, "f64", double, "d", 2)
CW_ACCUMULATOR(8, 8, 32, int, "s32", int, "r", 2)
CW_ACCUMULATOR(8, 8, 128, int, "s32", int, "r", 2)

namespace __cw {
// `satf` of floats: infinities become the largest number, NaN zero.
template <typename __Fragment>
CW_DEVICE void clamp(__Fragment& f, float largest) {
  for (int i = 0; i < f.num_elements; ++i) {
    const float x = (float)f.x[i];
    if (!(x >= -largest && x <= largest)) f.x[i] = x > 0 ? largest : x < 0 ? -largest : 0.0f;
  }
}
template <int __m, int __n, int __k>
CW_DEVICE void finish(fragment<accumulator, __m, __n, __k, __half>& f) {
  clamp(f, 65504.0f);
}
template <int __m, int __n, int __k>
CW_DEVICE void finish(fragment<accumulator, __m, __n, __k, float>& f) {
  clamp(f, 3.402823466e+38f);
}
}  // namespace __cw

// Products: `op`, the layouts and the types make the mnemonic; A and B are `FW` registers, C `CW`, D `DW`.
#define CW_MULTIPLY(mnemonic, FW, fc, A, B, DW, dc, D, CW, cc, C)                                              \
  DW __d[D];                                                                                                   \
  FW __a[A], __b[B];                                                                                           \
  CW __c[C];                                                                                                   \
  __builtin_memcpy(__a, a.x, sizeof __a);                                                                      \
  __builtin_memcpy(__b, b.x, sizeof __b);                                                                      \
  __builtin_memcpy(__c, c.x, sizeof __c);                                                                      \
  asm volatile(mnemonic " " CW_LIST##D(__d) ", " CW_LIST##A(__a) ", " CW_LIST##B(__b) ", " CW_LIST##C(__c) ";" \
               : CW_REGISTERS##D(__d, "=" dc)                                                                  \
               : CW_REGISTERS##A(__a, fc), CW_REGISTERS##B(__b, fc), CW_REGISTERS##C(__c, cc));                \
  __builtin_memcpy(d.x, __d, sizeof __d)
#define CW_FLOATS(la, lb, m, n, k, T, types, FW, fc, A, B, TD, DW, dc, D, TC, CW, cc, C)                                    \
  CW_DEVICE void mma_sync(fragment<accumulator, m, n, k, TD>& d, const fragment<matrix_a, m, n, k, T, la##_major>& a,       \
                          const fragment<matrix_b, m, n, k, T, lb##_major>& b, const fragment<accumulator, m, n, k, TC>& c, \
                          bool satf = false) {                                                                              \
    CW_MULTIPLY("wmma.mma.sync.aligned." #la "." #lb ".m" #m "n" #n "k" #k "." types, FW, fc, A, B, DW, dc, D, CW, cc, C);  \
    if (satf) __cw::finish(d);                                                                                              \
  }
#define CW_FOUR_WAYS(form, ...) \
  form(row, col, __VA_ARGS__) form(row, row, __VA_ARGS__) form(col, row, __VA_ARGS__) form(col, col, __VA_ARGS__)
#define CW_HALVES(m, n)                                                                                                         \
  CW_FOUR_WAYS(CW_FLOATS, m, n, 16, __half, "f16.f16", unsigned, "r", 8, 8, __half, unsigned, "r", 4, __half, unsigned, "r", 4) \
  CW_FOUR_WAYS(CW_FLOATS, m, n, 16, __half, "f16.f32", unsigned, "r", 8, 8, __half, unsigned, "r", 4, float, float, "f", 8)     \
  CW_FOUR_WAYS(CW_FLOATS, m, n, 16, __half, "f32.f16", unsigned, "r", 8, 8, float, float, "f", 8, __half, unsigned, "r", 4)     \
  CW_FOUR_WAYS(CW_FLOATS, m, n, 16, __half, "f32.f32", unsigned, "r", 8, 8, float, float, "f", 8, float, float, "f", 8)
#define CW_SINGLES(m, n, k, T, name, A, B) \
  CW_FOUR_WAYS(CW_FLOATS, m, n, k, T, "f32." name "." name ".f32", unsigned, "r", A, B, float, float, "f", 8, float, float, "f", 8)
CW_HALVES(16, 16)
CW_HALVES(32, 8)
CW_HALVES(8, 32)
CW_SINGLES(16, 16, 16, __nv_bfloat16, "bf16", 4, 4)
CW_SINGLES(32, 8, 16, __nv_bfloat16, "bf16", 8, 2)
CW_SINGLES(8, 32, 16, __nv_bfloat16, "bf16", 2, 8)
CW_SINGLES(16, 16, 8, precision::tf32, "tf32", 4, 4)

#define CW_DOUBLES(la, lb, ...)                                                                                                 \
  CW_DEVICE void mma_sync(fragment<accumulator, 8, 8, 4, double>& d, const fragment<matrix_a, 8, 8, 4, double, la##_major>& a,  \
                          const fragment<matrix_b, 8, 8, 4, double, lb##_major>& b,                                             \
                          const fragment<accumulator, 8, 8, 4, double>& c) {                                                    \
    CW_MULTIPLY("wmma.mma.sync.aligned." #la "." #lb ".m8n8k4.f64.f64.f64.f64", double, "d", 1, 1, double, "d", 2, double, "d", \
                2);                                                                                                             \
  }
CW_FOUR_WAYS(CW_DOUBLES, )

#define CW_INTEGERS(la, lb, m, n, k, T, name, A, B, C)                                                                          \
  CW_DEVICE void mma_sync(fragment<accumulator, m, n, k, int>& d, const fragment<matrix_a, m, n, k, T, la##_major>& a,          \
                          const fragment<matrix_b, m, n, k, T, lb##_major>& b, const fragment<accumulator, m, n, k, int>& c,    \
                          bool satf = false) {                                                                                  \
    if (satf) {                                                                                                                 \
      CW_MULTIPLY("wmma.mma.sync.aligned." #la "." #lb ".m" #m "n" #n "k" #k ".s32." name "." name ".s32.satfinite", unsigned,  \
                  "r", A, B, int, "r", C, int, "r", C);                                                                         \
    } else {                                                                                                                    \
      CW_MULTIPLY("wmma.mma.sync.aligned." #la "." #lb ".m" #m "n" #n "k" #k ".s32." name "." name ".s32", unsigned, "r", A, B, \
                  int, "r", C, int, "r", C);                                                                                    \
    }                                                                                                                           \
  }
#define CW_BYTES(T, name)                                 \
  CW_FOUR_WAYS(CW_INTEGERS, 16, 16, 16, T, name, 2, 2, 8) \
  CW_FOUR_WAYS(CW_INTEGERS, 32, 8, 16, T, name, 4, 1, 8)  \
  CW_FOUR_WAYS(CW_INTEGERS, 8, 32, 16, T, name, 1, 4, 8)
CW_BYTES(signed char, "s8")
CW_BYTES(unsigned char, "u8")
CW_INTEGERS(row, col, 8, 8, 32, experimental::precision::s4, "s4", 1, 1, 2)
CW_INTEGERS(row, col, 8, 8, 32, experimental::precision::u4, "u4", 1, 1, 2)

CW_DEVICE void bmma_sync(fragment<accumulator, 8, 8, 128, int>& d,
                         const fragment<matrix_a, 8, 8, 128, experimental::precision::b1, row_major>& a,
                         const fragment<matrix_b, 8, 8, 128, experimental::precision::b1, col_major>& b,
                         const fragment<accumulator, 8, 8, 128, int>& c, experimental::bmmaBitOp op = experimental::bmmaBitOpXOR,
                         experimental::bmmaAccumulateOp = experimental::bmmaAccumulateOpPOPC) {
  if (op == experimental::bmmaBitOpAND) {
    CW_MULTIPLY("wmma.mma.and.popc.sync.aligned.row.col.m8n8k128.s32.b1.b1.s32", unsigned, "r", 1, 1, int, "r", 2, int, "r", 2);
  } else {
    CW_MULTIPLY("wmma.mma.xor.popc.sync.aligned.row.col.m8n8k128.s32.b1.b1.s32", unsigned, "r", 1, 1, int, "r", 2, int, "r", 2);
  }
}

CW_DEVICE float __float_to_tf32(float x) {
  unsigned rounded;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(rounded) : "f"(x));
  return __uint_as_float(rounded);
}

#undef CW_LIST1
#undef CW_LIST2
#undef CW_LIST4
#undef CW_LIST8
#undef CW_REGISTERS1
#undef CW_REGISTERS2
#undef CW_REGISTERS4
#undef CW_REGISTERS8
#undef CW_LOAD
#undef CW_LOADS
#undef CW_LOADS_BIG
#undef CW_LOADS_ONE_WAY
#undef CW_LOAD_C
#undef CW_STORE_D
#undef CW_ACCUMULATOR
#undef CW_ACCUMULATORS
#undef CW_MULTIPLY
#undef CW_FLOATS
#undef CW_FOUR_WAYS
#undef CW_HALVES
#undef CW_SINGLES
#undef CW_DOUBLES
#undef CW_INTEGERS
#undef CW_BYTES

}  // namespace wmma
}  // namespace nvcuda

#endif
