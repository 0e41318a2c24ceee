// Atomic read-modify-write: `__cw.atom.<op>.<order>.<scope>.<type>` on generic pointers; the old value is returned.
//
// At block and device scope the memory is promised to be this device's own, which lets LLVM use the native instructions
// (float addition, wrapping increments) on every processor that has them, and compare-and-swap loops on the others. At system
// scope nothing is promised. 128-bit atomics do not exist on AMD processors and are not defined.
#include "vectors.h"
#include "wave.h"

#define CW_OWN_MEMORY [[clang::atomic(no_remote_memory, no_fine_grained_memory, ignore_denormal_mode)]]
#define CW_ANY_MEMORY [[clang::atomic(remote_memory, fine_grained_memory, no_ignore_denormal_mode)]]

#define CW_FETCH(op, builtin, MEMORY, order, ORDER, scope, SCOPE, type, T)                                            \
  CW_DEFINE("__cw.atom." #op "." #order "." #scope "." #type, T, op##_##order##_##scope##_##type, (T * p, T value)) { \
    MEMORY { return builtin(p, value, __ATOMIC_##ORDER, __MEMORY_SCOPE_##SCOPE); }                                    \
  }

// Wrapping increment and decrement have no scoped builtin; the clang builtin wants the scope by LLVM's name.
#define CW_WRAP(op, MEMORY, order, ORDER, scope, LLVM_SCOPE)                                       \
  CW_DEFINE("__cw.atom." #op "." #order "." #scope ".u32", uint32_t, op##_##order##_##scope##_u32, \
            (uint32_t* p, uint32_t value)) {                                                       \
    MEMORY { return __builtin_amdgcn_atomic_##op##32(p, value, __ATOMIC_##ORDER, LLVM_SCOPE); }    \
  }

// A failed compare-and-swap only loads: its order is the success order without the release part.
#define CW_CAS(MEMORY, order, ORDER, FAILURE, scope, SCOPE, type, T)                                                           \
  CW_DEFINE("__cw.atom.cas." #order "." #scope "." #type, T, cas_##order##_##scope##_##type, (T * p, T expected, T desired)) { \
    MEMORY {                                                                                                                   \
      __scoped_atomic_compare_exchange_n(p, &expected, desired, false, __ATOMIC_##ORDER, __ATOMIC_##FAILURE,                   \
                                         __MEMORY_SCOPE_##SCOPE);                                                              \
      return expected;                                                                                                         \
    }                                                                                                                          \
  }

// Two 16-bit floats at once: a loop, since not every processor of a family has the packed instructions.
#define CW_PACKED_ADD(MEMORY, order, ORDER, FAILURE, scope, SCOPE, type)                                                       \
  CW_DEFINE("__cw.atom.add." #order "." #scope "." #type, CW_##type, add_##order##_##scope##_##type,                           \
            (CW_##type * p, CW_##type value)) {                                                                                \
    auto* word = reinterpret_cast<uint32_t*>(p);                                                                               \
    uint32_t old = __scoped_atomic_load_n(word, __ATOMIC_RELAXED, __MEMORY_SCOPE_##SCOPE);                                     \
    while (!__scoped_atomic_compare_exchange_n(word, &old, cw::bit_cast<uint32_t>(cw::bit_cast<CW_##type>(old) + value), true, \
                                               __ATOMIC_##ORDER, __ATOMIC_##FAILURE, __MEMORY_SCOPE_##SCOPE)) {                \
    }                                                                                                                          \
    return cw::bit_cast<CW_##type>(old);                                                                                       \
  }

#define CW_ADD(...) CW_FETCH(add, __scoped_atomic_fetch_add, __VA_ARGS__)
#define CW_SUB(...) CW_FETCH(sub, __scoped_atomic_fetch_sub, __VA_ARGS__)
#define CW_EXCH(...) CW_FETCH(exch, __scoped_atomic_exchange_n, __VA_ARGS__)
#define CW_MIN(...) CW_FETCH(min, __scoped_atomic_fetch_min, __VA_ARGS__)
#define CW_MAX(...) CW_FETCH(max, __scoped_atomic_fetch_max, __VA_ARGS__)
#define CW_AND(...) CW_FETCH(and, __scoped_atomic_fetch_and, __VA_ARGS__)
#define CW_OR(...) CW_FETCH(or, __scoped_atomic_fetch_or, __VA_ARGS__)
#define CW_XOR(...) CW_FETCH(xor, __scoped_atomic_fetch_xor, __VA_ARGS__)

#define CW_BITS(FORM, ...)        \
  FORM(__VA_ARGS__, i32, int32_t) \
  FORM(__VA_ARGS__, i64, int64_t)
#define CW_ORDERED(FORM, ...)      \
  CW_BITS(FORM, __VA_ARGS__)       \
  FORM(__VA_ARGS__, u32, uint32_t) \
  FORM(__VA_ARGS__, u64, uint64_t)

#define CW_ATOMICS(MEMORY, order, ORDER, FAILURE, scope, SCOPE, LLVM_SCOPE) \
  CW_BITS(CW_ADD, MEMORY, order, ORDER, scope, SCOPE)                       \
  CW_ADD(MEMORY, order, ORDER, scope, SCOPE, f16, _Float16)                 \
  CW_ADD(MEMORY, order, ORDER, scope, SCOPE, bf16, __bf16)                  \
  CW_ADD(MEMORY, order, ORDER, scope, SCOPE, f32, float)                    \
  CW_ADD(MEMORY, order, ORDER, scope, SCOPE, f64, double)                   \
  CW_PACKED_ADD(MEMORY, order, ORDER, FAILURE, scope, SCOPE, v2f16)         \
  CW_PACKED_ADD(MEMORY, order, ORDER, FAILURE, scope, SCOPE, v2bf16)        \
  CW_BITS(CW_SUB, MEMORY, order, ORDER, scope, SCOPE)                       \
  CW_BITS(CW_EXCH, MEMORY, order, ORDER, scope, SCOPE)                      \
  CW_ORDERED(CW_MIN, MEMORY, order, ORDER, scope, SCOPE)                    \
  CW_ORDERED(CW_MAX, MEMORY, order, ORDER, scope, SCOPE)                    \
  CW_WRAP(inc, MEMORY, order, ORDER, scope, LLVM_SCOPE)                     \
  CW_WRAP(dec, MEMORY, order, ORDER, scope, LLVM_SCOPE)                     \
  CW_BITS(CW_AND, MEMORY, order, ORDER, scope, SCOPE)                       \
  CW_BITS(CW_OR, MEMORY, order, ORDER, scope, SCOPE)                        \
  CW_BITS(CW_XOR, MEMORY, order, ORDER, scope, SCOPE)                       \
  CW_CAS(MEMORY, order, ORDER, FAILURE, scope, SCOPE, i16, int16_t)         \
  CW_CAS(MEMORY, order, ORDER, FAILURE, scope, SCOPE, i32, int32_t)         \
  CW_CAS(MEMORY, order, ORDER, FAILURE, scope, SCOPE, i64, int64_t)

#define CW_SCOPES(order, ORDER, FAILURE)                                     \
  CW_ATOMICS(CW_OWN_MEMORY, order, ORDER, FAILURE, cta, WRKGRP, "workgroup") \
  CW_ATOMICS(CW_OWN_MEMORY, order, ORDER, FAILURE, gpu, DEVICE, "agent")     \
  CW_ATOMICS(CW_ANY_MEMORY, order, ORDER, FAILURE, sys, SYSTEM, "")

CW_SCOPES(relaxed, RELAXED, RELAXED)
CW_SCOPES(acquire, ACQUIRE, ACQUIRE)
CW_SCOPES(release, RELEASE, RELAXED)
CW_SCOPES(acq_rel, ACQ_REL, ACQUIRE)
CW_SCOPES(seq_cst, SEQ_CST, SEQ_CST)
